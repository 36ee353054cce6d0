/** Runs on the practice hosts, through the engine, as the window and the command line carry them out. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DatasetName, Label } from '../../shared/model/names.ts';
import type { Plan } from '../../shared/model/plan.ts';
import type { ReplicationRequest } from '../../shared/model/request.ts';
import type { RunDetail, RunEvent } from '../../shared/model/run.ts';
import { wireCommand } from '../../shared/zfs/wire.ts';
import { createEngine, type Engine } from '../engine.ts';
import { connectSsh } from '../ssh/index.ts';
import { gather, practiceRequest } from './testing/practice-run.ts';

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

async function start(asked: ReplicationRequest) {
  const { id, plan } = await engine.plan(asked);
  expect(plan.findings.filter(({ severity }) => severity === 'blocks')).toEqual([]);
  const run = await engine.start(id, { typedTarget: null, replan: true });
  return { run, plan, ...gather(engine, run) };
}

/** What somebody does there meanwhile. @returns what it prints */
async function at(host: 'laptop' | 'backupbox', ...argv: readonly string[]): Promise<string> {
  const target = await engine.hosts.target(host);
  if (target === null) throw new Error(`${host} is reached over SSH`);
  const shell = await connectSsh(target);
  const said = await shell.collect(wireCommand(['sudo', '-n', ...argv]));
  expect(said).toMatchObject({ status: 0 });
  await shell.close();
  return said.stdout;
}

describe('a run on the practice hosts', { timeout: 120_000 }, () => {
  test('paused nothing moves, and it goes on at another limit to its proof', async () => {
    const { run, ended, bytes, events } = await start(practiceRequest('tank/home', 'backup/new', { limit: 2_000_000 }));
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

  test('a limit that was set meanwhile is planned with when the run is gone on with', async () => {
    const { run, ended, bytes } = await start(practiceRequest('tank/home', 'backup/new', { limit: 2_000_000 }));
    await vi.waitUntil(() => bytes() > 500_000, { timeout: 60_000 });
    engine.runs.setLimit(run, 3_000_000);
    await engine.runs.cancel(run);
    await ended;
    engine.runs.resume(run);
    const { events } = gather(engine, run);
    await vi.waitUntil(() => events.some(({ event }) => event === 'started'), { timeout: 60_000 });
    await engine.runs.cancel(run);
    expect(events.find(({ event }) => event === 'started')).toMatchObject({ plan: { request: { limit: 3_000_000 } } });
    expect(engine.runs.get(run).limit).toBe(3_000_000);
  });

  test('a paused run can be cancelled, and says so', async () => {
    const { run, ended, bytes } = await start(practiceRequest('tank/home', 'backup/new', { limit: 2_000_000 }));
    await vi.waitUntil(() => bytes() > 500_000, { timeout: 60_000 });
    engine.runs.pause(run);
    await engine.runs.cancel(run);
    expect(await ended).toMatchObject({ status: 'cancelled', receipt: null });
    expect(() => engine.runs.pause(run)).toThrow('nothing is under way');
  });

  test('the receipt of a run that was gone on with counts what went over the wire before', async () => {
    const { run, ended, bytes } = await start(practiceRequest('tank/home', 'backup/new', { limit: 8_000_000 }));
    await vi.waitUntil(() => bytes() > 4_000_000, { timeout: 60_000 });
    await engine.runs.cancel(run);
    await ended;
    const before = engine.runs.get(run).progress?.sent.bytes ?? 0;
    expect(before).toBeGreaterThan(4_000_000);
    engine.runs.resume(run);
    const again = gather(engine, run);
    const [kept = 0] = again.events.flatMap((one) => (one.event === 'progress' ? [one.bytes] : []));
    const end = await again.ended;
    const receipt = end?.event === 'finished' ? end.receipt : null;
    expect(receipt?.bytes).toBeGreaterThanOrEqual(Math.max(before, again.bytes() - kept));
    expect(receipt?.bytes).toBeGreaterThanOrEqual(again.bytes());
  });

  test('a second run into the same copy is kept out while the first goes on, and let in afterwards', async () => {
    const { run, ended, bytes } = await start(practiceRequest('tank/home', 'backup/new', { limit: 2_000_000 }));
    const second = await engine.plan(practiceRequest('tank/photos', 'backup/new'));
    await vi.waitUntil(() => bytes() > 0, { timeout: 60_000 });
    expect(engine.runs.underWay).toBe(1);
    expect(() => engine.runs.start(second.plan)).toThrow(`Run ${run} is sending streams into backup/new`);
    await engine.runs.cancel(run);
    expect(await ended).toMatchObject({ status: 'cancelled' });
    expect(engine.runs.underWay).toBe(0);
    engine.runs.resume(run);
    expect(engine.runs.underWay).toBe(1);
    await engine.runs.cancel(run);
  });

  test('several members at once, never more than asked, and the whole is proved', async () => {
    const asked = practiceRequest('tank/home', 'backup', { package: 'replication', concurrency: 2, limit: 40_000_000 });
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
    const asked = practiceRequest('tank/home', 'backup', {
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
    await at('backupbox', 'zfs', 'create', String(second));
    const streamed = (copy: DatasetName | undefined) => {
      const step = plan.steps.findIndex((one) => one.kind === 'send-receive' && one.copy === copy);
      return events.flatMap((event) => (event.event === 'step' && event.index === step ? [event.state] : [])).at(-1);
    };
    return { run, ended, streams: () => [first, second, third].map(streamed) };
  }

  async function disturbedToTheEnd(onFailure: ReplicationRequest['onFailure']) {
    const { run, ended, streams } = await disturbed(onFailure);
    engine.runs.setLimit(run, null);
    return { end: await ended, streams: streams() };
  }

  test('single datasets whose newest snapshots have different names are gone on with', async () => {
    for (const dataset of ['tank/projects', 'tank/photos'])
      await at('laptop', 'sudo', 'zfs', 'snapshot', `${dataset}@only-${dataset.slice(5)}`);
    const asked = practiceRequest('tank/projects', 'backup/all', { limit: 3_000_000 });
    const { run, ended, bytes, plan } = await start({
      ...asked,
      source: { ...asked.source, also: ['tank/photos'] as DatasetName[] },
      destination: { ...asked.destination, naming: 'last-name' },
    });
    await vi.waitUntil(() => bytes() > 500_000, { timeout: 60_000 });
    await engine.runs.cancel(run);
    await ended;
    engine.runs.resume(run);
    engine.runs.setLimit(run, null);
    expect(await gather(engine, run).ended).toMatchObject({ status: 'done', receipt: { proved: true } });
    expect(engine.runs.receipt(run).snapshots).toHaveLength(plan.streams.length);
  });

  test('a run that was cut while it made its snapshots makes those that are not there yet', async () => {
    const asked = practiceRequest('tank/projects', 'backup/all', { package: 'recursive' });
    const { run, ended, plan } = await start({
      ...asked,
      source: {
        ...asked.source,
        also: ['tank/photos'] as DatasetName[],
        snapshot: 'mine' as Label,
        take: true,
      },
      destination: { ...asked.destination, naming: 'last-name' },
    });
    const { events } = gather(engine, run);
    await vi.waitUntil(() => events.some((one) => one.event === 'step' && one.kind === 'snapshot'), { interval: 1 });
    await engine.runs.cancel(run);
    await ended;
    // As if the line had gone before the last of the step's commands.
    await at(
      'laptop',
      'sudo',
      'sh',
      '-c',
      'zfs destroy tank/photos@mine 2>/dev/null; zfs snapshot tank/projects@mine 2>/dev/null; true',
    );
    engine.runs.resume(run);
    expect(await gather(engine, run).ended).toMatchObject({ status: 'done', receipt: { proved: true } });
    expect(
      engine.runs
        .receipt(run)
        .snapshots.map(({ name }) => name)
        .sort(),
    ).toEqual(plan.streams.map(({ snapshot }) => snapshot).sort());
  });

  test('a member that failed for good is not tried again by whoever goes on with the run', async () => {
    const { run, ended, streams } = await disturbed('skip-subtree');
    engine.runs.setLimit(run, 8_000_000);
    await vi.waitUntil(() => streams()[1] === 'failed' && streams()[2] === 'begun', { timeout: 60_000, interval: 20 });
    await engine.runs.cancel(run);
    expect(await ended).toMatchObject({ status: 'cancelled' });
    engine.runs.resume(run);
    engine.runs.setLimit(run, null);
    const again = gather(engine, run);
    expect(await again.ended).toMatchObject({
      status: 'failed',
      error: { code: 'left-out' },
      receipt: { proved: false },
    });
    const brought = again.events.flatMap((one) => (one.event === 'step' && one.kind === 'send-receive' ? [one] : []));
    expect(brought.at(-1)?.state).toBe('done');
    expect(brought.filter(({ title }) => !title.includes('backup/all/projects'))).toEqual([]);
  });

  test('a member that fails for good ends the run where that was asked for, and nothing else is begun', async () => {
    expect(await disturbedToTheEnd('stop')).toMatchObject({
      end: { status: 'failed', receipt: null, error: { code: 'destination-exists' } },
      streams: ['done', 'failed', undefined],
    });
  });

  test('a member that fails for good is left out where that was asked for; the rest arrives, and it is said', async () => {
    expect(await disturbedToTheEnd('skip-subtree')).toMatchObject({
      end: { status: 'failed', receipt: { proved: false }, error: { code: 'destination-exists' } },
      streams: ['done', 'failed', 'done'],
    });
  });

  test('a yes is about what was listed: what was written to the copy since is not rolled back', async () => {
    const asked = practiceRequest('tank/projects', 'backup/new');
    expect(await (await start(asked)).ended).toMatchObject({ status: 'done' });
    await at('laptop', 'sudo', 'zfs', 'snapshot', 'tank/projects@later');
    await engine.practice.break('modify-destination', 'backupbox');
    const { id, plan } = await engine.plan({ ...asked, onDivergence: 'rollback' });
    expect(plan.losses).toMatchObject([{ what: 'changes', name: 'backup/new' }]);
    await engine.practice.break('modify-destination', 'backupbox');
    await expect(engine.start(id, { typedTarget: plan.target, replan: true })).rejects.toMatchObject({
      failure: { code: 'plan-changed' },
    });
    expect(engine.runs.underWay).toBe(0);
  });

  /** Two copies that somebody wrote to, an increment for each, and a run that is paused at the first of the two roll-backs. */
  async function pausedAtRollBack() {
    const asked = practiceRequest('tank/home', 'backup', { package: 'replication' });
    const package2 = {
      ...asked,
      source: { ...asked.source, also: ['tank/photos'] as DatasetName[] },
      destination: { ...asked.destination, dataset: 'backup/all' as DatasetName, naming: 'last-name' as const },
    };
    expect(await (await start(package2)).ended).toMatchObject({ status: 'done' });
    for (const dataset of ['tank/home', 'tank/photos'])
      await at('laptop', 'sudo', 'zfs', 'snapshot', `${dataset}@later`);
    await engine.practice.break('modify-destination', 'backupbox');

    const { id, plan } = await engine.plan({ ...package2, onDivergence: 'rollback' });
    expect(plan.steps.filter(({ kind }) => kind === 'roll-back')).toHaveLength(2);
    const run = await engine.start(id, { typedTarget: plan.target, replan: true });
    const firstRollBack = plan.steps.findIndex(({ kind }) => kind === 'roll-back');
    const { events, ended } = gather(engine, run);
    const isAt = (state: string) =>
      events.some((one) => one.event === 'step' && one.index === firstRollBack && one.state === state);
    await vi.waitUntil(() => isAt('begun'), { interval: 1, timeout: 20_000 });
    engine.runs.pause(run);
    // What is a single command is not interrupted.
    await vi.waitUntil(() => isAt('done'), { timeout: 20_000 });
    return { run, plan, ended };
  }

  async function endedBetweenRollBacks() {
    const { run, plan } = await pausedAtRollBack();
    await engine.runs.cancel(run);
    const rolledBack = engine.runs.get(run).steps.filter(({ kind, state }) => kind === 'roll-back' && state === 'done');
    expect(rolledBack).toHaveLength(1);
    return { run, plan };
  }

  const rollBacks = (events: readonly RunEvent[]) =>
    events.flatMap((one) =>
      one.event === 'step' && one.kind === 'roll-back' && one.state === 'done' ? one.title : [],
    );
  const titleOf = ({ steps }: Plan, nth: number) => steps.filter(({ kind }) => kind === 'roll-back')[nth]?.title;

  test('what came to a copy during a pause is not rolled back', async () => {
    const { run, plan, ended } = await pausedAtRollBack();
    const next = plan.steps.filter(({ kind }) => kind === 'roll-back')[1]?.copy;
    await at('backupbox', 'sudo', 'zfs', 'snapshot', `${next}@precious`);
    engine.runs.goOn(run);
    expect(await ended).toMatchObject({
      status: 'failed',
      error: { code: 'losses-changed', message: expect.stringContaining(`${next}@precious`) },
    });
    await at('backupbox', 'sudo', 'zfs', 'list', `${next}@precious`);
  });

  test('a run that ended between two roll-backs makes the second when it goes on, and not the first', async () => {
    const { run, plan } = await endedBetweenRollBacks();
    engine.runs.resume(run);
    const { ended, events } = gather(engine, run);
    expect(await ended).toMatchObject({ status: 'done', receipt: { proved: true } });
    expect(rollBacks(events)).toEqual([titleOf(plan, 1)]);
  });

  test('what came to a copy after it was rolled back is not rolled back by a later attempt: nobody confirmed that', async () => {
    const { run, plan } = await endedBetweenRollBacks();
    await engine.practice.break('modify-destination', 'backupbox');
    engine.runs.resume(run);
    const { ended, events } = gather(engine, run);
    const first = plan.steps.find(({ kind }) => kind === 'roll-back')?.copy;
    expect(await ended).toMatchObject({
      status: 'failed',
      error: { code: 'losses-changed', message: expect.stringContaining(String(first)) },
    });
    expect(rollBacks(events)).toEqual([]);
  });

  test('a native package that is cut gives its children what is theirs when it goes on', async () => {
    const dialects = { laptop: 'solaris-11.4', backupbox: 'solaris-11.4' } as const;
    await engine.close();
    rmSync(stateDir, { recursive: true, force: true });
    engine = await createEngine({ stateDir, practice: true, practiceDialects: dialects, shell: 'browser' });
    await at('laptop', 'zfs', 'create', 'tank/projects/child');
    await at('laptop', 'zfs', 'snapshot', '-r', 'tank/projects@all');
    const { id, plan } = await engine.plan(practiceRequest('tank/projects', 'backup/native', { package: 'recursive' }));
    expect(plan.steps.filter(({ kind }) => kind === 'send-receive')).toHaveLength(1);
    const run = await engine.start(id, { typedTarget: null, replan: true });
    for await (const event of engine.runs.watch(run))
      if (event.event === 'step' && event.kind === 'send-receive' && event.state === 'done') engine.runs.cancel(run);
    const left = (steps: RunDetail['steps']) =>
      steps.filter(({ kind, state }) => kind === 'set-property' && state !== 'done');
    expect(left(engine.runs.get(run).steps)).not.toEqual([]);
    engine.runs.resume(run);
    expect(await gather(engine, run).ended).toMatchObject({ status: 'done', receipt: { proved: true } });
    const given = await at('backupbox', 'zfs', 'get', '-H', '-o', 'value', 'readonly,canmount', 'backup/native/child');
    expect(given).toBe('on\nnoauto\n');
    expect(await at('backupbox', 'zfs', 'holds', '-H', 'backup/native/child@all')).toContain('sluice:from:');
  });

  /** Two updates; then the source goes back behind the second, and on another way. */
  async function rolledBackSource() {
    const asked = practiceRequest('tank/home', 'backup/new');
    const upTo = (label: string) => ({ ...asked, source: { ...asked.source, snapshot: label as Label } });
    for (const label of ['auto-007', 'auto-008'])
      expect(await (await start(upTo(label))).ended).toMatchObject({ status: 'done' });
    for (const line of (await at('laptop', 'zfs', 'holds', '-H', 'tank/home@auto-008')).trim().split('\n'))
      await at('laptop', 'zfs', 'release', line.split('\t')[1] ?? '', 'tank/home@auto-008');
    await at('laptop', 'zfs', 'rollback', '-r', 'tank/home@auto-007');
    await at('laptop', 'zfs', 'snapshot', 'tank/home@three');
    expect(await at('backupbox', 'zfs', 'holds', '-H', 'backup/new@auto-008')).toContain('sluice:from:tank/home:');
    return asked;
  }

  test('a roll-back that is offered is not forbidden by our own hold, only by those of others, who are named', async () => {
    const asked = { ...(await rolledBackSource()), onDivergence: 'rollback' as const };
    await at('backupbox', 'zfs', 'hold', 'of somebody', 'backup/new@auto-008');
    const [held] = (await engine.plan(asked)).plan.findings.filter(({ code }) => code === 'rollback-held');
    expect(held?.message).toContain('backup/new@auto-008 is held by of somebody.');
    expect(held?.fixes.at(-1)?.command?.argv.slice(-3)).toEqual(['release', 'of somebody', 'backup/new@auto-008']);
    await at('backupbox', 'zfs', 'release', 'of somebody', 'backup/new@auto-008');

    const { id, plan } = await engine.plan(asked);
    expect(plan.steps.slice(0, 2).map(({ kind }) => kind)).toEqual(['release', 'roll-back']);
    const run = await engine.start(id, { typedTarget: plan.target, replan: true });
    expect(await gather(engine, run).ended).toMatchObject({ status: 'done', receipt: { proved: true } });
    expect(await at('backupbox', 'zfs', 'holds', '-H', 'backup/new@three')).toContain('sluice:from:tank/home:');
  });

  test('a copy that was set aside can be destroyed once the new one is there', async () => {
    const { ended, plan } = await start({ ...(await rolledBackSource()), onDivergence: 'set-aside' });
    expect(await ended).toMatchObject({ status: 'done', receipt: { proved: true } });
    const old = plan.steps.find(({ kind }) => kind === 'set-aside')?.commands[0]?.argv.at(-1) ?? '';
    await at('backupbox', 'zfs', 'destroy', '-r', old);
    expect(await at('backupbox', 'zfs', 'holds', '-H', 'backup/new@three')).toContain('sluice:from:tank/home:');
  });
});
