import { describe, expect, it } from 'vitest';
import { installReason } from './install.mjs';

const locked = {
  packages: {
    '': {},
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/b': { version: '2.0.0', optional: true },
  },
};

describe('installReason', () => {
  it('wants an install where nothing is installed', () => {
    expect(installReason(locked, null)).toContain('no dependencies');
  });

  it('is content with what package-lock.json says, optional packages left out', () => {
    expect(
      installReason(locked, { packages: { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } } }),
    ).toBeNull();
  });

  it('wants an install for a missing package', () => {
    expect(installReason(locked, { packages: {} })).toBe('node_modules/a is missing');
  });

  it('wants an install for another version', () => {
    const installed = { packages: { 'node_modules/a': { version: '0.9.0' } } };
    expect(installReason(locked, installed)).toBe('node_modules/a is 0.9.0, package-lock.json says 1.0.0');
  });

  it('wants an install for the same version with other contents', () => {
    const installed = { packages: { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-other' } } };
    expect(installReason(locked, installed)).not.toBeNull();
  });

  it('looks at optional packages that are there', () => {
    const installed = {
      packages: { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0' } },
    };
    expect(installReason(locked, installed)).toContain('node_modules/b');
  });
});
