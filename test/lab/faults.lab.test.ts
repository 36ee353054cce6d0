import { expect, test } from 'vitest';
import { HARMLESS } from './fault-kinds.ts';
import { faultRun, randomFrom } from './fault-run.ts';
import { connectLab } from './lab.ts';

test('the same seed draws the same numbers, spread over all of them', () => {
  const [a, b] = [randomFrom(7), randomFrom(7)];
  const drawn = Array.from({ length: 1000 }, () => a());
  expect(Array.from({ length: 1000 }, () => b())).toEqual(drawn);
  expect(drawn.every((one) => one >= 0 && one < 1)).toBe(true);
  expect(new Set(drawn.map((one) => Math.floor(one * 10))).size).toBe(10);
});

test('interrupted again and again, every run ends done and equal and leaves nothing behind', {
  timeout: 900_000,
}, async () => {
  const result = await faultRun(connectLab(), { seed: 20261122, count: 12, kinds: HARMLESS });
  expect(result.interruptions).toBeGreaterThanOrEqual(12);
  console.info(`${result.interruptions} interruptions over ${result.runs} runs: ${JSON.stringify(result.byKind)}`);
});
