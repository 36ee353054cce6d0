import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DatasetName } from '../../shared/model/names.ts';
import { authorize, keyMark, revoke } from '../../shared/transfer/direct.ts';
import { localShell } from '../ssh/index.ts';
import { DirectKeys } from './direct-keys.ts';

const RUN = '20261122-045514-dtm3';
const mark = keyMark('nas', 'tank/x' as DatasetName);
const command = authorize('dst', [['zfs', 'receive', 'tank/x']], mark);
const back = revoke('dst', mark);
const shellOf = async () => localShell();

describe.skipIf(process.platform === 'win32')('the keys of the direct route', () => {
  let folder: string;
  let home: string | undefined;
  const file = () => join(folder, '.ssh', 'authorized_keys');
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-keys-'));
    home = process.env.HOME;
    process.env.HOME = folder;
  });
  afterEach(() => {
    process.env.HOME = home;
    rmSync(folder, { recursive: true, force: true });
  });

  test('one is let in and taken out again, and nothing is left', async () => {
    const keys = new DirectKeys(folder);
    const agent = await keys.letIn(RUN, command, mark, shellOf);
    expect(readFileSync(file(), 'utf8')).toContain(agent.publicKey);
    await keys.takeOut(back, shellOf);
    expect(existsSync(file())).toBe(false);
    expect(readdirSync(join(folder, 'direct-keys'))).toEqual([]);
  });

  test('what a killed process has left is known to the next one', async () => {
    await new DirectKeys(folder).letIn(RUN, command, mark, shellOf);
    const next = new DirectKeys(folder);
    expect(next.left(() => false)).toEqual([]);
    expect(next.left((run) => run === RUN)).toEqual([back]);
    await next.takeOutLeft(() => true, shellOf);
    expect(existsSync(file())).toBe(false);
    expect(next.left(() => true)).toEqual([]);
  });

  test('killed again and again, one that ends takes out all', async () => {
    for (let killed = 0; killed < 3; killed++) await new DirectKeys(folder).letIn(RUN, command, mark, shellOf);
    await new DirectKeys(folder).takeOut(back, shellOf);
    expect(existsSync(file())).toBe(false);
    expect(readdirSync(join(folder, 'direct-keys'))).toEqual([]);
  });

  test('the key of a run under way is not taken out for one that is gone', async () => {
    await new DirectKeys(folder).letIn(RUN, command, mark, shellOf);
    const keys = new DirectKeys(folder);
    const isGone = (run: string) => run === RUN;
    // Its turn comes after the other run has left its note.
    const tidying = keys.takeOutLeft(isGone, async () => {
      throw new Error('nothing is to be taken out');
    });
    const { publicKey } = await keys.letIn('20261122-050000-wxyz', command, mark, shellOf);
    await tidying;
    expect(readFileSync(file(), 'utf8')).toContain(publicKey);
    expect(keys.left(() => true)).toEqual([back]);
  });

  test('the note on disk holds no private key', async () => {
    await new DirectKeys(folder).letIn(RUN, command, mark, shellOf);
    const notes = readdirSync(join(folder, 'direct-keys')).map((name) =>
      readFileSync(join(folder, 'direct-keys', name), 'utf8'),
    );
    expect(notes).toHaveLength(1);
    expect(JSON.parse(notes[0] ?? '')).toEqual({ run: RUN, command: back });
  });

  test('a second key for the same target takes the first one’s place', async () => {
    const keys = new DirectKeys(folder);
    const first = await keys.letIn(RUN, command, mark, shellOf);
    const second = await keys.letIn(RUN, command, mark, shellOf);
    const text = readFileSync(file(), 'utf8');
    expect([text.includes(first.publicKey), text.includes(second.publicKey)]).toEqual([false, true]);
  });

  test('a host that refuses is told, and the note stays for the next time', async () => {
    const keys = new DirectKeys(folder);
    const refused = { host: 'dst', argv: ['sh', '-c', 'echo read-only file system >&2; exit 1', 'sh', mark] };
    await expect(keys.letIn(RUN, refused, mark, shellOf)).rejects.toMatchObject({
      failure: { code: 'key-not-let-in', cause: 'read-only file system' },
    });
    expect(keys.left(() => true)).toEqual([back]);
  });
});
