import { expect, it } from 'vitest';
import { tinyRouter } from '../test/tiny-router.ts';
import type { Backend } from './backend.ts';
import { practiceBeside } from './practice-beside.ts';

function counted() {
  const calls = { started: 0, closed: 0 };
  const closed = () => {
    calls.closed += 1;
  };
  const start = async (): Promise<Backend> => {
    calls.started += 1;
    if (calls.started === 1) throw new Error('no port');
    return {
      router: tinyRouter().router,
      runsUnderWay: () => 2,
      watchRuns: () => undefined,
      remark: () => undefined,
      close: async () => closed(),
    };
  };
  return { calls, beside: practiceBeside(start) };
}

it('is started once, after a failure again, and closed with the rest', async () => {
  const { calls, beside } = counted();
  await expect(beside.backend()).rejects.toThrow('no port');
  expect(beside.runsUnderWay()).toBe(0);
  const [first, second] = await Promise.all([beside.backend(), beside.backend()]);
  expect(first).toBe(second);
  expect([calls.started, beside.runsUnderWay()]).toEqual([2, 2]);
  await beside.close();
  expect(calls.closed).toBe(1);
});

it('is nothing to close where nobody asked for it, or it failed', async () => {
  const { calls, beside } = counted();
  await beside.close();
  expect(calls).toEqual({ started: 0, closed: 0 });
  await beside.backend().catch(() => {});
  await beside.close();
  expect(calls.closed).toBe(0);
});
