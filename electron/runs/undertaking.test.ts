import { describe, expect, it } from 'vitest';
import { failure } from '../../shared/model/failure.ts';
import type { Plan } from '../../shared/model/plan.ts';
import type { RunDetail, RunEvent } from '../../shared/model/run.ts';
import { foldRun } from '../../shared/model/run-state.ts';
import { ds, emptyNas, laptop, nas, planOf } from '../../shared/planning/testing/inventories.ts';
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
      'another snapshot than the one this run was planned for',
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
