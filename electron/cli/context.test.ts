import { PassThrough } from 'node:stream';
import { afterEach, expect, it, vi } from 'vitest';
import { ask } from './context.ts';

afterEach(() => vi.restoreAllMocks());

/** @returns what `ask` makes of these keys, once the question stands there */
async function answered(keys: string, isTTY = true): Promise<string | null> {
  const [input, output] = [new PassThrough(), new PassThrough()].map((stream) => Object.assign(stream, { isTTY }));
  vi.spyOn(process, 'stdin', 'get').mockReturnValue(input as unknown as typeof process.stdin);
  vi.spyOn(process, 'stderr', 'get').mockReturnValue(output as unknown as typeof process.stderr);
  output?.once('data', () => input?.write(keys));
  return await ask('Start? [y/N]');
}

it.each([
  ['y\r', 'y'],
  ['  tank/home \r', 'tank/home'],
  ['\r', ''],
  ['y\u0003', ''],
  ['\u0003', ''],
  ['\u0004', ''],
])('%j is the answer %j, and no fault', async (keys, answer) => {
  expect(await answered(keys)).toBe(answer);
});

it('asks nobody where there is no terminal', async () => {
  expect(await answered('y\r', false)).toBeNull();
});
