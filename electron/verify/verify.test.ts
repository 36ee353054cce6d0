/** Comparisons of practice hosts: what is equal, and that nothing is where nothing was compared. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DatasetName } from '../../shared/model/names.ts';
import { wireCommand } from '../../shared/zfs/wire.ts';
import { probeHost } from '../hosts/probe.ts';
import type { Reached } from '../hosts/reached.ts';
import { type Bench, startBench } from '../practice/testing/shells.ts';
import { askNobody, type Shell } from '../ssh/index.ts';
import { Verification } from './verify.ts';
import { VerifyNotes } from './verify-notes.ts';

let bench: Bench;
let laptop: Shell;
let stateDir: string;
beforeEach(async () => {
  stateDir = mkdtempSync(join(tmpdir(), 'sluice-verify-'));
  bench = await startBench();
  laptop = await bench.connect('laptop');
});
afterEach(async () => {
  await bench.stop();
  rmSync(stateDir, { recursive: true, force: true });
});

const zfs = async (...argv: string[]) =>
  expect(await laptop.collect(wireCommand(['zfs', ...argv]))).toMatchObject({ status: 0 });

/** Both sides are on the laptop. */
function verify(source: string, destination: string, content = false) {
  const reach = async (name: string): Promise<Reached> => {
    const host = bench.host(name);
    return { host, shell: laptop, tools: await probeHost(laptop, host), target: null, ask: askNobody };
  };
  const request = {
    source: { host: 'laptop', dataset: source as DatasetName, snapshot: null },
    destination: { host: 'laptop', dataset: destination as DatasetName },
    content,
  };
  const parts = { reach, notes: new VerifyNotes(stateDir), signal: new AbortController().signal, tell: () => {} };
  return new Verification(request, parts).run();
}

test('a tree is equal to itself, but its content only where that was read', async () => {
  expect(await verify('tank/home', 'tank/home')).toMatchObject({ equal: true, datasets: [{ common: 8 }] });
  // The files of practice hosts are simulated.
  expect(await verify('tank/home', 'tank/home', true)).toMatchObject({ equal: false, content: [{ state: 'unread' }] });
});

test('a dataset without snapshots is equal to nothing', async () => {
  await zfs('create', 'tank/nosnaps');
  for (const copy of ['backup/does-not-exist', 'tank/home', 'tank/nosnaps'])
    await expect(verify('tank/nosnaps', copy)).rejects.toMatchObject({
      failure: {
        code: 'nothing-to-compare',
        message: 'tank/nosnaps on laptop has no snapshot, so there is nothing to compare.',
      },
    });
});

test('nor is one whose snapshots were all pruned', async () => {
  await zfs('create', 'tank/pruned');
  await zfs('snapshot', 'tank/pruned@a');
  await zfs('destroy', 'tank/pruned@a');
  await expect(verify('tank/pruned', 'tank/home')).rejects.toMatchObject({ failure: { code: 'nothing-to-compare' } });
});

test('of a tree whose top has no snapshot, the top was not compared; a child without any is passed over', async () => {
  await zfs('create', 'tank/home/child');
  expect(await verify('tank/home', 'tank/home')).toMatchObject({ equal: true });
  expect(await verify('tank', 'tank')).toMatchObject({
    equal: false,
    differences: [{ kind: 'no-common', counts: true, dataset: 'tank', source: '0', destination: '0' }],
  });
});
