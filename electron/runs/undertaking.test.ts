import { describe, expect, it } from 'vitest';
import { failure } from '../../shared/model/failure.ts';
import type { Plan } from '../../shared/model/plan.ts';
import type { RunDetail, RunEvent } from '../../shared/model/run.ts';
import { foldRun } from '../../shared/model/run-state.ts';
import {
  ds,
  emptyNas,
  filesystem,
  inventory,
  label,
  laptop,
  nas,
  planOf,
  pool,
  snapshots,
  solaris,
} from '../../shared/planning/testing/inventories.ts';
import { StepFault } from './step-fault.ts';
import { Undertaking } from './undertaking.ts';

const source = laptop(['a', 'b']);
const plan = planOf({ source, destination: nas(['a']) });
const kinds = ({ steps }: Pick<Plan, 'steps'>) => steps.map(({ kind }) => kind);

/** What the journal of a killed process knows. */
function journalOf(begun: number): RunDetail {
  const at = '2026-11-22T00:00:00.000Z';
  const steps = plan.steps
    .slice(0, begun)
    .map(({ kind, title }, index): RunEvent => ({ event: 'step', run: 'r', at, index, kind, title, state: 'begun' }));
  const started: RunEvent = { event: 'started', run: 'r', at, attempt: 1, request: plan.request, plan };
  const detail = [started, ...steps].reduce<RunDetail | null>(foldRun, null);
  if (detail === null) throw new Error('no journal');
  return detail;
}

describe('what a run is after', () => {
  it('stays the snapshot that was the newest when it was planned', () => {
    expect(plan.request.source.snapshot).toBeNull();
    expect(new Undertaking(plan, null).request.source.snapshot).toBe('b');
    expect(new Undertaking(plan, journalOf(2)).request.source.snapshot).toBe('b');
  });

  it('is never another snapshot of the same name', () => {
    const replaced = laptop(['a', { label: 'b', guid: '77' }]);
    const undertaking = new Undertaking(plan, null);
    expect(() => undertaking.checkGoal(planOf({ source: replaced, destination: nas(['a']) }))).toThrow(
      'no longer the snapshot this run was planned for',
    );
    expect(() => undertaking.checkGoal(plan)).not.toThrow();
  });

  it('is adopted as planned while the data is still to come', () => {
    expect(kinds(new Undertaking(plan, null).adopt(plan))).toEqual(kinds(plan));
  });

  it('includes what comes after the data, for a process that finds the data there', () => {
    const there = planOf({ source, destination: nas(['a', 'b']) });
    const adopted = new Undertaking(plan, journalOf(plan.steps.length)).adopt(there);
    const afterwards = kinds(plan).slice(kinds(plan).lastIndexOf('send-receive') + 1);
    expect(afterwards).toContain('bookmark');
    expect(kinds(adopted)).toEqual(afterwards);
  });

  it('includes that for every copy of a native package, which one stream has brought', () => {
    const tree = (top: string) => ({
      zfs: solaris,
      datasets: [top.split('/')[0] ?? '', top, `${top}/a`].map((name) => filesystem(name)),
      snapshots: [...snapshots(top, ['x']), ...snapshots(`${top}/a`, [{ label: 'x', guid: '7' }])],
    });
    const from = inventory('laptop', { pools: [pool('tank')], ...tree('tank/home') });
    const request = { package: 'recursive' } as const;
    const native = planOf({ source: from, destination: emptyNas({ zfs: solaris }), request });
    expect(kinds(native).filter((kind) => kind === 'send-receive')).toHaveLength(1);
    const there = planOf({ source: from, destination: emptyNas(tree('backup/home')), request });
    const sent = native.steps.findIndex(({ kind }) => kind === 'send-receive');
    const undertaking = new Undertaking(native, null);
    for (const step of native.steps.slice(0, sent + 1)) undertaking.hasDone(step);
    expect(undertaking.adopt(there).steps.map(({ title }) => title)).toEqual(
      native.steps.slice(sent + 1).map(({ title }) => title),
    );
  });

  it('includes letting go of what was set aside, also while more of the copy is to come', () => {
    const old = nas(['x', { label: 'y', holds: 1 }]);
    const request = { onDivergence: 'set-aside' } as const;
    const first = planOf({ source, destination: old, request });
    const ofOld = first.steps.filter(({ title }) => title.includes('which was set aside'));
    expect(ofOld).toHaveLength(1);
    const undertaking = new Undertaking(first, null);
    for (const step of first.steps.filter(({ kind }) => kind === 'set-aside')) undertaking.hasDone(step);
    const half = planOf({ source, destination: emptyNas() });
    expect(undertaking.adopt(half).steps).toEqual([...half.steps.slice(0, -1), ...ofOld, ...half.steps.slice(-1)]);
    // Where it is still to be set aside, perhaps under another name, the new plan says what is let go of.
    expect(new Undertaking(first, null).adopt(first).steps).toEqual(first.steps);
  });

  it('is still all of it for a third process, for which the second found nothing left to send', () => {
    const there = planOf({ source, destination: nas(['a', 'b']) });
    const earlier = { ...journalOf(plan.steps.length), plan: there };
    const undertaking = new Undertaking(plan, earlier);
    expect(undertaking.streams).toEqual(plan.streams);
    expect(kinds(undertaking.adopt(there))).toContain('bookmark');
  });

  it('leaves out what an earlier process gave up, and says so in the end', () => {
    const journal = journalOf(plan.steps.length);
    const exclude = [plan.request.source.dataset];
    const request = { ...plan.request, source: { ...plan.request.source, exclude } };
    const undertaking = new Undertaking(plan, { ...journal, plan: { ...journal.plan, request } });
    expect(undertaking.streams).toEqual([]);
    expect(undertaking.failures).toMatchObject([{ code: 'left-out' }]);
  });

  it('leaves out what the process before it gave up last, which no plan of the journal knows', () => {
    const two = planOf({
      source: inventory('laptop', {
        pools: [pool('tank')],
        datasets: ['tank', 'tank/home', 'tank/home/a', 'tank/home/b'].map((name) => filesystem(name)),
        snapshots: ['tank/home', 'tank/home/a', 'tank/home/b'].flatMap((name) => snapshots(name, ['x'])),
      }),
      destination: emptyNas(),
      request: { package: 'recursive', onFailure: 'skip-subtree' },
    });
    const at = '2026-11-22T00:00:00.000Z';
    const index = two.steps.findIndex((one) => one.kind === 'send-receive' && one.copy === 'backup/home/a');
    const events: RunEvent[] = [
      { event: 'started', run: 'r', at, attempt: 1, request: two.request, plan: two },
      { event: 'step', run: 'r', at, index, kind: 'send-receive', title: '', state: 'failed', leftOut: true },
    ];
    const undertaking = new Undertaking(two, events.reduce<RunDetail | null>(foldRun, null));
    expect(undertaking.request.source.exclude).toEqual(['tank/home/a']);
    expect(undertaking.streams.map(({ target }) => target)).toEqual(['backup/home', 'backup/home/b']);
    expect(undertaking.failures).toMatchObject([{ code: 'left-out' }]);
  });

  it('leaves out what this process has done already', () => {
    const undertaking = new Undertaking(plan, null);
    const bookmark = plan.steps.find(({ kind }) => kind === 'bookmark');
    if (bookmark === undefined) throw new Error('no bookmark step');
    undertaking.hasDone(bookmark);
    expect(kinds(undertaking.adopt(planOf({ source, destination: nas(['a', 'b']) })))).not.toContain('bookmark');
  });

  it('never clears twice: what stands there after that is its own', () => {
    const diverged = { source, destination: nas(['a', 'mine'], { written: 5 }) };
    const clearing = planOf({ ...diverged, request: { onDivergence: 'set-aside' } });
    const undertaking = new Undertaking(clearing, null);
    const clear = clearing.steps.find(({ kind }) => kind === 'set-aside');
    if (clear === undefined) throw new Error('nothing is set aside');
    expect(undertaking.request.onDivergence).toBe('set-aside');
    undertaking.hasDone(clear);
    expect(undertaking.request.onDivergence).toBe('stop');
  });

  it('no longer includes members that failed, and what waits for them', () => {
    const full = planOf({ source, destination: emptyNas() });
    const undertaking = new Undertaking(full, null);
    const thrown = new StepFault(failure({ code: 'no-space', message: 'Full.' }), false);
    undertaking.leaveOut(full, { failed: [{ copy: ds('backup/home'), thrown }], leftOut: [] });
    expect(undertaking.request.source.exclude).toEqual(['tank/home']);
    expect(undertaking.failures.map(({ code }) => code)).toEqual(['no-space']);
    expect(kinds(undertaking.adopt({ ...full, steps: [] }))).toEqual(['verify']);
  });
});

describe('a snapshot that is taken first', () => {
  const take = planOf({
    source,
    destination: nas(['a']),
    change: { source: { ...plan.request.source, snapshot: label('now'), take: true } },
  });
  const at = '2026-11-22T00:00:00.000Z';
  const journal = (state: 'begun' | 'failed' | 'done'): RunDetail => {
    const index = take.steps.findIndex(({ kind }) => kind === 'snapshot');
    const events: RunEvent[] = [
      { event: 'started', run: 'r', at, attempt: 1, request: take.request, plan: take },
      { event: 'step', run: 'r', at, index, kind: 'snapshot', title: '', state },
    ];
    return events.reduce<RunDetail | null>(foldRun, null) as RunDetail;
  };

  it.each(['begun', 'failed'] as const)('may be there or not once it was %s: the source is asked', (state) => {
    const undertaking = new Undertaking(take, journal(state));
    expect([undertaking.isTaking, undertaking.request.source.take]).toEqual([true, true]);
    undertaking.hasTaken();
    expect([undertaking.isTaking, undertaking.request.source.take]).toEqual([false, false]);
  });

  it('is not taken again once it is done', () => {
    const undertaking = new Undertaking(take, journal('done'));
    expect([undertaking.isTaking, undertaking.request.source.take]).toEqual([false, false]);
  });
});
