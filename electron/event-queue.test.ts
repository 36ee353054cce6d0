import { describe, expect, it } from 'vitest';
import { EventQueue } from './event-queue.ts';

interface Told {
  readonly kind: 'progress' | 'step';
  readonly at: number;
}
const progress = (at: number): Told => ({ kind: 'progress', at });
const step = (at: number): Told => ({ kind: 'step', at });

async function all(queue: EventQueue<Told>, signal?: AbortSignal): Promise<number[]> {
  const read: number[] = [];
  for await (const { at } of queue.read(signal)) read.push(at);
  return read;
}

describe('a queue of events', () => {
  it('hands on what came before and what comes while somebody waits, in order, to the end', async () => {
    const queue = new EventQueue<Told>();
    queue.push(step(1));
    const reading = all(queue);
    await new Promise(setImmediate);
    queue.push(step(2));
    queue.push(progress(3));
    queue.push(progress(4));
    queue.end();
    expect(await reading).toEqual([1, 2, 3, 4]);
  });

  it('lets a newer one stand for one that nobody has fetched yet, where it is told so', async () => {
    const queue = new EventQueue<Told>((last, next) => last.kind === 'progress' && next.kind === 'progress');
    for (const event of [progress(1), progress(2), step(3), progress(4), progress(5)]) queue.push(event);
    queue.end();
    expect(await all(queue)).toEqual([2, 3, 5]);
  });

  it('is left at once when the signal fires, also by who waits', async () => {
    const leaving = new AbortController();
    const queue = new EventQueue<Told>();
    const waiting = all(queue, leaving.signal);
    await new Promise(setImmediate);
    leaving.abort();
    expect(await waiting).toEqual([]);
    queue.push(step(1));
    expect(await all(queue, leaving.signal)).toEqual([]);
  });
});
