import { describe, expect, it } from 'vitest';
import type { ReplicationRequest } from '../model/request.ts';
import { beyondConfirmed, clearingsOf, clearNoMore, nextRequest } from './next-attempt.ts';
import { label, laptop, nas, partial, planOf, type RequestParts, request } from './testing/inventories.ts';

const source = laptop(['a', 'b', 'c', 'd']);
const picked = { kind: 'snapshot', label: label('a') } as const;

/** As the run asks again: everything but the two ends. */
function againAs(parts: RequestParts, kinds: readonly string[], isCleared = false): RequestParts {
  const again = nextRequest(request(parts), kinds);
  const { source: _source, destination: _destination, ...options } = isCleared ? clearNoMore(again) : again;
  return options satisfies Partial<ReplicationRequest>;
}

describe('asking again', () => {
  it('the same, as long as nothing was begun that matters', () => {
    const asked = request({ base: picked, onDivergence: 'rollback', partial: 'discard' });
    expect(nextRequest(asked, [])).toBe(asked);
    expect(nextRequest(asked, ['create-parent', 'hold'])).toBe(asked);
  });

  it.each(['set-aside', 'roll-back', 'discard-partial'] as const)('after %s the base is looked up', (kind) => {
    const asked = request({ base: picked, onDivergence: 'rollback', limit: 5 });
    expect(nextRequest(asked, ['hold', kind])).toEqual({ ...asked, base: { kind: 'auto' } });
  });

  it('after streams were begun the base is looked up, nothing else changes', () => {
    const asked = request({ base: picked, onDivergence: 'rollback', partial: 'discard' });
    expect(nextRequest(asked, ['send-receive'])).toEqual({ ...asked, base: { kind: 'auto' } });
  });
});

describe('a run that was cut', () => {
  it('in the middle of a chain from a base that was picked goes on with it', () => {
    const parts: RequestParts = { base: picked };
    expect(planOf({ source, destination: nas(['a']), request: parts }).ready).toBe(true);
    const cut = nas(['a', 'b'], { partial: partial('tank/home@c', 'b') });
    expect(planOf({ source, destination: cut, request: parts }).ready).toBe(false);
    const plan = planOf({ source, destination: cut, request: againAs(parts, ['hold', 'send-receive']) });
    expect(plan).toMatchObject({ ready: true, losses: [] });
    expect(plan.streams.map(({ snapshot }) => snapshot)).toEqual(['tank/home@c', 'tank/home@d']);
  });

  it('in a full copy after the old one was set aside goes on with it, and sets nothing aside', () => {
    const parts: RequestParts = { onDivergence: 'set-aside', base: { kind: 'none' } };
    const cut = nas([], { partial: partial('tank/home@d', null) });
    const plan = planOf({ source, destination: cut, request: againAs(parts, ['set-aside', 'send-receive'], true) });
    expect(plan.steps.map(({ kind }) => kind)).not.toContain('set-aside');
    expect(plan.streams).toMatchObject([{ type: 'full', alreadyReceived: 4096 }]);
  });

  it('after a rollback does not roll back what somebody wrote since: it stops', () => {
    const parts: RequestParts = { onDivergence: 'rollback' };
    const changed = nas(['a'], { written: 1 });
    const plan = planOf({ source, destination: changed, request: againAs(parts, ['roll-back'], true) });
    expect(plan).toMatchObject({ ready: false, losses: [] });
  });

  it('while a half-received stream was to be discarded only if it does not fit keeps its own', () => {
    const parts: RequestParts = { partial: 'discard' };
    const cut = nas([], { partial: partial('tank/home@d', null) });
    const plan = planOf({ source, destination: cut, request: againAs(parts, ['send-receive']) });
    expect(plan).toMatchObject({ ready: true, losses: [] });
  });
});

describe('what a later plan would clear', () => {
  const changed = (written: number, labels: readonly string[] = ['a', 'mine']) =>
    planOf({ source, destination: nas([...labels], { written }), request: { onDivergence: 'rollback' } });
  const confirmed = changed(5);
  const toClear = new Set(clearingsOf(confirmed.steps));

  it('is what was confirmed, or less', () => {
    expect([...toClear]).toEqual(['roll-back backup/home']);
    for (const plan of [confirmed, changed(4), changed(5, ['a'])]) {
      expect(beyondConfirmed(confirmed, toClear, plan)).toEqual([]);
    }
  });

  it('is more when somebody took a snapshot or wrote since', () => {
    expect(beyondConfirmed(confirmed, toClear, changed(5, ['a', 'mine', 'yours']))).toEqual(['backup/home@yours']);
    expect(beyondConfirmed(confirmed, toClear, changed(6))).toEqual(['backup/home']);
  });

  it('is more when another snapshot has the name now', () => {
    const rotated = planOf({
      source,
      destination: nas(['a', { label: 'mine', guid: '77' }], { written: 5 }),
      request: { onDivergence: 'rollback' },
    });
    expect(beyondConfirmed(confirmed, toClear, rotated)).toEqual(['backup/home@mine']);
  });

  it('is more once that is done, however little it is', () => {
    expect(beyondConfirmed(confirmed, new Set(), changed(1, ['a']))).toEqual(['backup/home']);
  });

  it('is more if nothing was to be renamed', () => {
    const update = planOf({ source, destination: nas(['a']) });
    const aside = planOf({
      source,
      destination: nas(['a', 'mine'], { written: 5 }),
      request: { onDivergence: 'set-aside' },
    });
    expect(beyondConfirmed(update, new Set(clearingsOf(update.steps)), aside)).toEqual(['backup/home']);
  });
});
