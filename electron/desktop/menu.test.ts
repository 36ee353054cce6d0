import { describe, expect, it } from 'vitest';
import { menuTemplate } from './menu.ts';

describe('menuTemplate', () => {
  it('has the developer tools only outside a package', () => {
    expect(JSON.stringify(menuTemplate('linux', false))).not.toContain('toggleDevTools');
    expect(JSON.stringify(menuTemplate('linux', true))).toContain('toggleDevTools');
  });

  it('begins as the platform expects', () => {
    expect(menuTemplate('darwin', false)[0]).toEqual({ role: 'appMenu' });
    expect(menuTemplate('win32', false)[0]).toEqual({ role: 'fileMenu' });
  });
});
