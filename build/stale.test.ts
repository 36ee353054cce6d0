import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forgetStamp, isStale, sourceDigest, writeStamp } from './stale.mjs';

let root = '';
const source = (name: string) => path.join(root, 'shared', name);

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'sluice-stale-'));
  mkdirSync(path.join(root, 'shared'));
  writeFileSync(source('a.ts'), 'a');
  writeStamp(root, 'main', sourceDigest(root, 'main'));
});
afterEach(() => rmSync(root, { recursive: true }));

describe('isStale', () => {
  it('is false right after a build', () => {
    expect(isStale(root, 'main')).toBe(false);
  });

  it('is true for a part that was never built', () => {
    expect(isStale(root, 'window')).toBe(true);
  });

  it('is true after a build that did not end', () => {
    forgetStamp(root, 'main');
    expect(isStale(root, 'main')).toBe(true);
  });

  it('sees a new file, a removed file and a file restored from an older time', () => {
    writeFileSync(source('b.ts'), 'b');
    expect(isStale(root, 'main')).toBe(true);
    writeStamp(root, 'main', sourceDigest(root, 'main'));
    rmSync(source('b.ts'));
    expect(isStale(root, 'main')).toBe(true);
    writeStamp(root, 'main', sourceDigest(root, 'main'));
    utimesSync(source('a.ts'), 1, 1);
    expect(isStale(root, 'main')).toBe(true);
  });

  it('does not care about tests and about the other part', () => {
    writeFileSync(source('a.test.ts'), 'test');
    mkdirSync(path.join(root, 'renderer'));
    writeFileSync(path.join(root, 'renderer', 'main.tsx'), 'window');
    expect(isStale(root, 'main')).toBe(false);
  });
});
