import { describe, expect, it } from 'vitest';
import type { DatasetName } from '../../shared/model/names.ts';
import type { Member, Step } from '../../shared/model/plan.ts';
import { step } from '../../shared/planning/step.ts';
import { type Chain, type ChainsEnd, runChains, scheduleOf, type Turn } from './schedule.ts';

const name = (text: string) => text as DatasetName;
const one = (kind: Step['kind'], copy: string | null): Step =>
  step({
    kind,
    host: 'dst',
    title: kind,
    commands: [],
    copy: copy === null ? null : name(copy),
    essential: !['hold', 'bookmark', 'release'].includes(kind),
  });
const member = (copy: string, ...after: string[]): Member => ({
  source: name(copy),
  copy: name(copy),
  kind: 'filesystem',
  state: 'new',
  after: after.map(name),
  bytes: null,
});
const target = name('t');
const alone = (index: number): Turn => ({ kind: 'step', index });
const bookkeeping = (...indexes: number[]): Turn => ({ kind: 'bookkeeping', indexes });

describe('the schedule of a plan', () => {
  it('holds first, a chain for each copy, the proof last', () => {
    const steps = [
      one('create-parent', 't'),
      one('hold', 't/a'),
      one('hold', 't/b'),
      one('authorize', 't/a'),
      one('send-receive', 't/a'),
      one('revoke', 't/a'),
      one('set-property', 't/a'),
      one('send-receive', 't/b'),
      one('bookmark', 't/b'),
      one('verify', null),
    ];
    expect(scheduleOf({ steps, members: [member('t/a'), member('t/b', 't/a')], target })).toEqual({
      before: [alone(0), bookkeeping(1, 2)],
      chains: [
        { copy: 't/a', turns: [alone(3), alone(4), alone(5), alone(6)], after: [] },
        { copy: 't/b', turns: [alone(7), bookkeeping(8)], after: ['t/a'] },
      ],
      afterwards: [alone(9)],
    });
  });

  it('bookkeeping that follows each other has one turn, in the order of the plan', () => {
    const kinds = ['send-receive', 'bookmark', 'hold', 'release', 'release', 'set-property', 'hold'] as const;
    const steps = kinds.map((kind) => one(kind, 't'));
    expect(scheduleOf({ steps, members: [member('t')], target }).chains[0]?.turns).toEqual([
      alone(0),
      bookkeeping(1, 2, 3, 4),
      alone(5),
      bookkeeping(6),
    ]);
  });

  it('a hold that the run cannot do without has its own turn', () => {
    const steps = [{ ...one('hold', 't'), essential: true }, one('hold', 't'), one('send-receive', 't')];
    expect(scheduleOf({ steps, members: [member('t')], target }).before).toEqual([alone(0), bookkeeping(1)]);
  });

  it('what lies below a copy waits for it even if the plan does not say so', () => {
    const steps = [one('send-receive', 't'), one('create-parent', 't/x/y'), one('send-receive', 't/x/y')];
    expect(scheduleOf({ steps, members: [member('t'), member('t/x/y')], target }).chains[1]).toMatchObject({
      copy: 't/x/y',
      after: ['t'],
    });
  });

  it('a copy that gets no stream is not waited for', () => {
    const steps = [one('send-receive', 't/b')];
    expect(scheduleOf({ steps, members: [member('t'), member('t/b', 't')], target }).chains[0]?.after).toEqual([]);
  });

  it('a native package is one chain, and a plan without streams is a list', () => {
    const native = [one('hold', 't'), one('send-receive', null), one('set-property', 't'), one('verify', null)];
    expect(scheduleOf({ steps: native, members: [], target })).toEqual({
      before: [bookkeeping(0)],
      chains: [{ copy: 't', turns: [alone(1), alone(2)], after: [] }],
      afterwards: [alone(3)],
    });
    expect(scheduleOf({ steps: [one('roll-back', 't'), one('verify', null)], members: [], target })).toEqual({
      before: [alone(0), alone(1)],
      chains: [],
      afterwards: [],
    });
  });
});

describe('carrying chains out', () => {
  /** Steps that end when the test says so. */
  function workshop(chains: Chain[], concurrency: number, leavesOut: (thrown: unknown) => boolean = () => false) {
    const open = new Map<number, { resolve: () => void; reject: (why: Error) => void }>();
    const begun: number[] = [];
    let stopped = false;
    let told: ChainsEnd | null = null;
    const ended = runChains(chains, {
      concurrency,
      leavesOut,
      isStream: () => true,
      perform: (turn) => {
        const index = turn.kind === 'step' ? turn.index : -1;
        begun.push(index);
        return new Promise((resolve, reject) => open.set(index, { resolve, reject }));
      },
      stopAll: () => {
        stopped = true;
        for (const { reject } of open.values()) reject(new Error('stopped'));
      },
      onEnd: (end) => {
        told = end;
      },
    });
    ended.catch(() => undefined);
    const settle = () => new Promise((resolve) => setImmediate(resolve));
    return {
      ended,
      begun,
      stopped: () => stopped,
      told: () => told,
      async end(index: number, why?: Error) {
        const waiting = open.get(index);
        open.delete(index);
        if (why === undefined) waiting?.resolve();
        else waiting?.reject(why);
        await settle();
      },
    };
  }
  const chain = (copy: string, steps: number[], ...after: string[]): Chain => ({
    copy: name(copy),
    turns: steps.map(alone),
    after: after.map(name),
  });

  it('no more at once than allowed, and a child only after its parent’s first stream', async () => {
    const work = workshop([chain('a', [0, 1]), chain('a/b', [2], 'a'), chain('c', [3]), chain('d', [4])], 2);
    expect(work.begun).toEqual([0, 3]);
    await work.end(0);
    expect(work.begun).toEqual([0, 3, 1]);
    await work.end(3);
    expect(work.begun).toEqual([0, 3, 1, 2]);
    await work.end(2);
    expect(work.begun).toEqual([0, 3, 1, 2, 4]);
    await work.end(1);
    await work.end(4);
    await work.ended;
    expect(work.told()).toEqual({ failed: [], leftOut: [] });
  });

  it('a failure ends all, and is told once everything has ended', async () => {
    const work = workshop([chain('a', [0]), chain('b', [1]), chain('c', [2])], 2);
    await work.end(0, new Error('no space'));
    expect(work.stopped()).toBe(true);
    await expect(work.ended).rejects.toThrow('no space');
    expect(work.begun).toEqual([0, 1]);
  });

  it('with subtrees left out, the rest goes on', async () => {
    const chains = [chain('a', [0]), chain('a/b', [1], 'a'), chain('a/b/c', [2], 'a/b'), chain('d', [3])];
    const work = workshop(chains, 1, () => true);
    await work.end(0, new Error('cannot'));
    expect(work.begun).toEqual([0, 3]);
    await work.end(3);
    await work.ended;
    expect(work.told()).toMatchObject({ failed: [{ copy: 'a' }], leftOut: ['a/b', 'a/b/c'] });
  });

  it('what was left out is known, too, when a fault ends the rest', async () => {
    const chains = [chain('a', [0]), chain('a/b', [1], 'a'), chain('d', [2]), chain('e', [3])];
    const work = workshop(chains, 1, (thrown) => String(thrown).includes('cannot'));
    await work.end(0, new Error('cannot'));
    await work.end(2, new Error('the line was lost'));
    await expect(work.ended).rejects.toThrow('the line was lost');
    expect(work.told()).toMatchObject({ failed: [{ copy: 'a' }], leftOut: ['a/b'] });
    expect(work.begun).toEqual([0, 2]);
  });

  it('chains that wait for each other are a fault, not a hang', async () => {
    await expect(workshop([chain('a', [0], 'b'), chain('b', [1], 'a')], 2).ended).rejects.toThrow(
      'wait for each other',
    );
  });
});
