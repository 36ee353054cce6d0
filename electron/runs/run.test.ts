/** Runs on the practice hosts, through the engine, as the window and the command line carry them out. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DatasetName } from '../../shared/model/names.ts';
import { defaultOptions, plainSource, type ReplicationRequest } from '../../shared/model/request.ts';
import type { RunEvent } from '../../shared/model/run.ts';
import { wireCommand } from '../../shared/zfs/wire.ts';
import { createEngine, type Engine } from '../engine.ts';
import { connectSsh } from '../ssh/index.ts';

let stateDir: string;
let engine: Engine;
beforeEach(async () => {
  stateDir = mkdtempSync(join(tmpdir(), 'sluice-run-'));
  engine = await createEngine({ stateDir, practice: true, shell: 'browser' });
});
afterEach(async () => {
  await engine.close();
  rmSync(stateDir, { recursive: true, force: true });
});

const request = (
  source: string,
  destination: string,
  options: Partial<ReplicationRequest> = {},
): ReplicationRequest => ({
  ...defaultOptions,
  source: { ...plainSource, host: 'laptop', dataset: source as DatasetName, snapshot: null },
  destination: { host: 'backupbox', dataset: destination as DatasetName, naming: 'exact' },
  ...options,
});

async function start(asked: ReplicationRequest) {
  const { id, plan } = await engine.plan(asked);
  expect(plan.findings.filter(({ severity }) => severity === 'blocks')).toEqual([]);
  const run = await engine.start(id, null);
  const events: RunEvent[] = [];
  const ended = (async () => {
    for await (const event of engine.runs.watch(run)) events.push(event);
    return events.at(-1);
  })();
  const bytes = () =>
    events.reduce((most, event) => (event.event === 'progress' ? Math.max(most, event.bytes) : most), 0);
  return { run, plan, events, ended, bytes };
}

/** What somebody does there meanwhile. */
async function atBackupbox(...argv: readonly string[]): Promise<void> {
  const target = await engine.hosts.target('backupbox');
  if (target === null) throw new Error('backupbox is reached over SSH');
  const shell = await connectSsh(target);
  expect(await shell.collect(wireCommand(['sudo', '-n', ...argv]))).toMatchObject({ status: 0 });
  await shell.close();
}

describe('a run on the practice hosts', { timeout: 120_000 }, () => {
  test('paused nothing moves, and it goes on at another limit to its proof', async () => {
    const { run, ended, bytes, events } = await start(request('tank/home', 'backup/new', { limit: 2_000_000 }));
    await vi.waitUntil(() => bytes() > 500_000, { timeout: 60_000 });
    engine.runs.pause(run);
    expect(engine.runs.get(run)).toMatchObject({ paused: true, limit: 2_000_000 });
    // What was on its way may still arrive; then nothing does.
    let before = -1;
    await vi.waitUntil(
      () => {
        const still = bytes() === before;
        before = bytes();
        return still;
      },
      { timeout: 60_000, interval: 500 },
    );
    const stopped = bytes();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(bytes()).toBe(stopped);
    engine.runs.setLimit(run, null);
    engine.runs.goOn(run);
    expect(await ended).toMatchObject({ event: 'finished', status: 'done', receipt: { proved: true } });
    expect(events.flatMap((event) => (event.event === 'control' ? [[event.paused, event.limit]] : []))).toEqual([
      [true, 2_000_000],
      [true, null],
      [false, null],
    ]);
    expect(engine.runs.get(run).paused).toBe(false);
  });

  test('a paused run can be cancelled, and says so', async () => {
    const { run, ended, bytes } = await start(request('tank/home', 'backup/new', { limit: 2_000_000 }));
    await vi.waitUntil(() => bytes() > 500_000, { timeout: 60_000 });
    engine.runs.pause(run);
    await engine.runs.cancel(run);
    expect(await ended).toMatchObject({ status: 'cancelled', receipt: null });
    expect(() => engine.runs.pause(run)).toThrow('nothing is under way');
  });

  test('a second run into the same copy is kept out while the first goes on, and let in afterwards', async () => {
    const { run, ended, bytes } = await start(request('tank/home', 'backup/new', { limit: 2_000_000 }));
    const second = await engine.plan(request('tank/photos', 'backup/new'));
    await vi.waitUntil(() => bytes() > 0, { timeout: 60_000 });
    expect(engine.runs.underWay).toBe(1);
    expect(() => engine.runs.start(second.plan)).toThrow(`Run ${run} is bringing streams into backup/new`);
    await engine.runs.cancel(run);
    expect(await ended).toMatchObject({ status: 'cancelled' });
    expect(engine.runs.underWay).toBe(0);
    engine.runs.resume(run);
    expect(engine.runs.underWay).toBe(1);
    await engine.runs.cancel(run);
  });

  test('several members at once, never more than asked, and the whole is proved', async () => {
    const asked = request('tank/home', 'backup', { package: 'replication', concurrency: 2, limit: 40_000_000 });
    const { ended, events, plan } = await start({
      ...asked,
      source: { ...asked.source, also: ['tank/photos', 'tank/projects'] as DatasetName[] },
      destination: { ...asked.destination, dataset: 'backup/all' as DatasetName, naming: 'last-name' },
    });
    expect(plan.members).toHaveLength(3);
    expect(await ended).toMatchObject({ status: 'done', receipt: { proved: true } });
    let under = 0;
    const most = events.reduce((max, event) => {
      if (event.event !== 'step' || event.kind !== 'send-receive') return max;
      under += event.state === 'begun' ? 1 : -1;
      return Math.max(max, under);
    }, 0);
    expect(most).toBe(2);
  });

  /** Three members, one after the other; the copy of the second appears at the destination while the first is under way. */
  async function disturbed(onFailure: ReplicationRequest['onFailure']) {
    const asked = request('tank/home', 'backup', {
      package: 'replication',
      concurrency: 1,
      limit: 2_000_000,
      onFailure,
    });
    const { ended, events, plan, run, bytes } = await start({
      ...asked,
      source: { ...asked.source, also: ['tank/photos', 'tank/projects'] as DatasetName[] },
      destination: { ...asked.destination, dataset: 'backup/all' as DatasetName, naming: 'last-name' },
    });
    const [first, second, third] = plan.members.map(({ copy }) => copy);
    await vi.waitUntil(() => bytes() > 0, { timeout: 60_000 });
    await atBackupbox('zfs', 'create', String(second));
    engine.runs.setLimit(run, null);
    const end = await ended;
    const streamed = (copy: DatasetName | undefined) => {
      const step = plan.steps.findIndex((one) => one.kind === 'send-receive' && one.copy === copy);
      return events.flatMap((event) => (event.event === 'step' && event.index === step ? [event.state] : [])).at(-1);
    };
    return { end, streams: [first, second, third].map(streamed) };
  }

  test('a member that fails for good ends the run where that was asked for, and nothing else is begun', async () => {
    expect(await disturbed('stop')).toMatchObject({
      end: { status: 'failed', receipt: null, error: { code: 'destination-exists' } },
      streams: ['done', 'failed', undefined],
    });
  });

  test('a member that fails for good is left out where that was asked for; the rest arrives, and it is said', async () => {
    expect(await disturbed('skip-subtree')).toMatchObject({
      end: { status: 'failed', receipt: { proved: false }, error: { code: 'destination-exists' } },
      streams: ['done', 'failed', 'done'],
    });
  });
});
