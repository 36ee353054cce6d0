/** The script that reads a snapshot, run on folders of this computer as it is on a host. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Dataset } from '../../shared/model/inventory.ts';
import type { SnapshotName } from '../../shared/model/names.ts';
import { filesystem } from '../../shared/planning/testing/inventories.ts';
import type { Reached } from '../hosts/reached.ts';
import { localShell } from '../ssh/index.ts';
import { compareContent } from './compare-content.ts';
import type { Standing } from './compare-lines.ts';

const REFUSING = 'echo "sha256sum: ./secret: Permission denied" >&2; exit 1';
/** The host's own, from a tool that stands before it. */
const REAL = `PATH=${process.env.PATH} sha256sum "$@"`;

/** Root may read everything: it becomes somebody else. */
const NOBODY = process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--'] : [];

describe.skipIf(process.platform !== 'linux')('the content of two folders', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-proof-'));
    chmodSync(folder, 0o755);
    for (const side of ['here', 'there']) snapshot(side);
  });
  afterEach(() => {
    for (const side of ['here', 'there']) chmodSync(join(top(side), 'private'), 0o755);
    rmSync(folder, { recursive: true, force: true });
  });

  const top = (side: string) => join(folder, side, '.zfs', 'snapshot', 'one');
  function put(side: string, name: string, content: string, mode = 0o644): void {
    writeFileSync(join(top(side), name), content);
    chmodSync(join(top(side), name), mode);
    for (const one of [name, 'private', '.']) utimesSync(join(top(side), one), 1e9, 1e9);
  }
  function snapshot(side: string): void {
    mkdirSync(join(top(side), 'private'), { recursive: true });
    for (const name of ['a', 'b', 'line\nend', 'secret', 'tab\there', 'private/inner']) put(side, name, `of ${name}`);
  }
  /** A folder of tools that stand before the host's own. */
  function tools(all: Readonly<Record<string, string>>): string[] {
    const bin = join(folder, 'bin');
    mkdirSync(bin, { recursive: true });
    for (const [name, script] of Object.entries(all))
      writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return ['env', `PATH=${bin}${delimiter}${process.env.PATH}`];
  }

  const dataset = (side: string): Dataset => ({
    ...filesystem('tank/x'),
    mounted: true,
    mountpoint: join(folder, side),
  });
  const standings: Standing[] = [];
  async function prove(elevation: readonly string[] = [], from: Standing | null = null) {
    const reached = { host: { name: 'nas' }, shell: localShell(), tools: { elevation } } as unknown as Reached;
    const name = 'tank/x@one' as SnapshotName;
    const stop = new AbortController();
    standings.length = 0;
    const pair = {
      kind: 'filesystem',
      newest: { source: name, copy: name, guid: '7' },
      original: dataset('here'),
      copy: dataset('there'),
    } as const;
    const { proof } = await compareContent(pair, from, {
      reachBoth: () => Promise.resolve([reached, reached]),
      signal: stop.signal,
      onProgress: () => {},
      onWaiting: () => stop.abort(),
      onStanding: (standing) => standings.push(structuredClone(standing)),
    });
    return proof;
  }

  test('read whole and equal is equal, whatever a login says', async () => {
    expect(await prove()).toMatchObject({ state: 'equal', files: 6, entries: 8 });
    const banner = ['sh', '-c', 'echo "find: a banner: Permission denied" >&2; exec "$@"', 'sh'];
    expect(await prove(banner)).toMatchObject({ state: 'equal', files: 6 });
  });

  test('a file that could not be read is no proof, and is named', async () => {
    put('here', 'secret', 'one', 0o600);
    put('there', 'secret', 'two', 0o600);
    const { state, remarks } = await prove(NOBODY.length > 0 ? NOBODY : tools({ sha256sum: REFUSING }));
    expect(state).toBe('unread');
    expect(remarks[0]).toBe('It could not be read on nas: sha256sum: ./secret: Permission denied.');
  });

  test.skipIf(NOBODY.length === 0)('a folder that could not be listed is no proof, and ends the reading', async () => {
    for (const side of ['here', 'there']) chmodSync(join(top(side), 'private'), 0o700);
    const { state, remarks } = await prove(NOBODY);
    expect(state).toBe('unread');
    expect(remarks[0]).toMatch(/^It could not be read on nas: find: .\.\/private.: Permission denied\.$/);
    expect(standings.map(({ part }) => part)).toEqual(['entries']);
  });

  test.each([
    ['sort', 'cat; echo "sort: write failed: /tmp/x: No space left on device" >&2; exit 2', 'sort: write failed'],
    ['tail', 'cat; echo "tail: error" >&2; exit 1', 'tail: error'],
    ['xargs', 'cat >/dev/null; echo "xargs: sha256sum: No such file or directory" >&2; exit 127', 'xargs: sha256sum'],
    ['tr', `PATH=${process.env.PATH} tr "$@"; exit 3`, 'the reading command ended with status 3'],
  ])('a fault of %s is not lost in the pipe', async (tool, script, said) => {
    const { state, remarks } = await prove(tools({ [tool]: script }));
    expect(state).toBe('unread');
    expect(remarks[0]).toContain(said);
  });

  test('fewer digests than files are no proof, though nothing was said', async () => {
    const { state, remarks } = await prove(tools({ sha256sum: `${REAL} | grep -zv secret` }));
    expect(state).toBe('unread');
    expect(remarks).toEqual(['Only 5 of 6 files were read on nas.', 'Only 5 of 6 files were read on nas.']);
  });

  test('what could not be read before a cut is not forgotten behind it', async () => {
    // The last file but one is where the line was lost.
    await prove();
    const begun = standings.find(({ part }) => part === 'files');
    if (begun === undefined) throw new Error('no files');
    const files = { regular: 6, digests: 3, last: './private/inner' };
    const cut: Standing = { ...begun, source: 3, destination: 3, sourceFiles: files, destinationFiles: { ...files } };
    // ./a, ./b, ./line…, ./private/inner: one of the first three had no digest.
    expect(await prove([], cut)).toMatchObject({
      state: 'unread',
      remarks: [expect.stringContaining('Only 5 of 6'), {}],
    });
    const whole = { ...files, digests: 4 };
    expect(
      await prove([], { ...cut, source: 4, destination: 4, sourceFiles: whole, destinationFiles: { ...whole } }),
    ).toMatchObject({ state: 'equal' });
  });

  describe('attributes', () => {
    const NONE = 'for one; do [ "$one" != ./a ] || echo "getfattr: ./a: Operation not supported" >&2; done; exit 1';
    test('that the dataset does not have are no fault', async () => {
      expect(await prove(tools({ getfattr: NONE }))).toMatchObject({ state: 'equal', files: 6, remarks: [] });
    });

    test.each([
      ['echo "getfattr: ./a: Input/output error" >&2; exit 1', 'getfattr: ./a: Input/output error'],
      // As getfattr leaves it where it may list an attribute and not read it.
      ['echo "./a: user.x: Permission denied" >&2; exit 0', './a: user.x: Permission denied'],
    ])('that could not be read are no proof: %s', async (script, said) => {
      const { state, remarks } = await prove(tools({ getfattr: script }));
      expect(state).toBe('unread');
      expect(remarks[0]).toBe(`It could not be read on nas: ${said}.`);
    });

    test('are read past what is said', async () => {
      const told =
        'for one; do case $one in .*) printf "# file: %s\\nuser.x=0x00\\n\\n" "$one";; esac; done; echo noise >&2';
      expect(await prove(tools({ getfattr: told }))).toMatchObject({ state: 'equal', remarks: [] });
    });
  });

  // (Not busybox, whose shell takes its own find for the host's, and that find cannot tell what is asked: no proof, as it should be.)
  const SHELLS = (process.env.SLUICE_SHELLS ?? '/bin/sh:/bin/dash:/bin/bash:/bin/ksh93').split(':');
  test.each(SHELLS.filter((shell) => existsSync(shell)))('%s reads it, and carries the status out', async (shell) => {
    const whole = tools({});
    symlinkSync(shell, join(folder, 'bin', 'sh'));
    expect(await prove(whole)).toMatchObject({ state: 'equal', files: 6 });
    const { state, remarks } = await prove(tools({ sort: 'cat; exit 2' }));
    expect(state).toBe('unread');
    expect(remarks[0]).toBe('It could not be read on nas: the reading command ended with status 2.');
  });
});
