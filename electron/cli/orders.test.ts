/** A run in one process that another pauses, lets go on, limits and cancels, as a second terminal does, or that its own interrupts. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { type RunEvent, RunEventSchema } from '../../shared/model/run.ts';
import { programOnPractice } from './testing/program.ts';

const program = programOnPractice();

const sluice = (...args: string[]): ChildProcess =>
  program.start(args, (node, argv) =>
    // A process group of its own, as a terminal's foreground has: Ctrl-C reaches all of it.
    spawn(node, argv, { stdio: ['ignore', 'pipe', 'inherit'], detached: true }),
  );

/** A run of a few MiB that takes some seconds, once it has begun to send. */
async function slowRun(): Promise<{
  child: ChildProcess;
  events: RunEvent[];
  until: (condition: (event: RunEvent) => boolean) => Promise<unknown>;
}> {
  const events: RunEvent[] = [];
  const child = sluice('run', 'laptop:tank/home', 'backupbox:backup/new', '--yes', '--json', '--limit', '1M');
  if (child.stdout === null) throw new Error('no stdout');
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event = RunEventSchema.safeParse(JSON.parse(line));
    if (event.success) events.push(event.data);
  });
  const until = (condition: (event: RunEvent) => boolean) =>
    vi.waitUntil(() => events.some(condition), { timeout: 120_000 });
  await until((event) => event.event === 'progress' && event.bytes > 200_000);
  return { child, events, until };
}

async function order(...args: string[]): Promise<void> {
  const child = sluice(...args);
  child.stdout?.resume();
  expect(await once(child, 'close')).toEqual([0, null]);
}

test('a run obeys another process, and leaves what that was told', { timeout: 180_000 }, async () => {
  const { child, events, until } = await slowRun();
  const ended = once(child, 'close');
  const run = events[0]?.run ?? '';

  await order('pause', run);
  await until((event) => event.event === 'control' && event.paused);
  await order('limit', run, '2M');
  await until((event) => event.event === 'control' && event.limit === 2 * 1024 ** 2);
  await order('continue', run);
  await until((event) => event.event === 'control' && !event.paused && event.limit === 2 * 1024 ** 2);
  await order('cancel', run);

  expect((await ended)[0]).not.toBe(0);
  expect(events.at(-1)).toMatchObject({ event: 'finished', status: 'cancelled', receipt: null });
  // Neither a lock nor an order is left.
  const files = readdirSync(program.stateDir(), { recursive: true, encoding: 'utf8' });
  expect(files.map((file) => basename(file)).filter((name) => name.startsWith(run))).toEqual([`${run}.jsonl`]);
});

test('Ctrl-C interrupts a run, though a terminal, npm and our own script each hand it on', {
  timeout: 180_000,
}, async () => {
  const { child, events } = await slowRun();
  const ended = once(child, 'close');
  for (const pauseMs of [0, 20, 20]) {
    await wait(pauseMs);
    process.kill(-(child.pid ?? Number.NaN), 'SIGINT');
  }
  expect(await ended).toEqual([3, null]);
  expect(events.at(-1)).toMatchObject({ event: 'finished', status: 'interrupted', receipt: null });
});
