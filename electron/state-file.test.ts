import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isDamage, openStateFile, type WhenDamaged } from './state-file.ts';

describe('a file of the state folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-state-file-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const file = () => join(folder, 'some.json');
  const open = (whenDamaged: WhenDamaged = 'begin-anew') => openStateFile(folder, 'some', { kept: [] }, whenDamaged);

  it('is made with its version, for its owner only', () => {
    open();
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual({
      kept: [],
      __internal__: { migrations: { version: '1.0.0' } },
    });
    if (process.platform !== 'win32') expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('has what was written, under names with dots', () => {
    open().set('kept', ['a']);
    open().set('nas.lan', 1);
    expect([open().get('kept'), open().get('nas.lan')]).toEqual([['a'], 1]);
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({ kept: ['a'], 'nas.lan': 1 });
  });

  it('is begun anew when damaged, or stays as it is and is told, as its owner wants', () => {
    writeFileSync(file(), '{ not json');
    const told = (() => {
      try {
        return open('throw').get('kept');
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(isDamage(told)).toBe(true);
    expect(readFileSync(file(), 'utf8')).toBe('{ not json');
    expect(open('begin-anew').get('kept')).toEqual([]);
  });
});
