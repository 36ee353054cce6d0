/** What the practice hosts need: time to start, memory while sending, speed, and how they bear 100,000 snapshots. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { asHost } from '../../electron/practice/start.ts';
import { connectSsh, type Shell, targetOf } from '../../electron/ssh/index.ts';
import { wireCommand } from '../../shared/zfs/wire.ts';
import type { HostReport, Usage } from './practice-host.ts';

export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: 'ms' | 'MB' | 'MB/s' | 's/GB';
  /** What was promised. */
  readonly wanted: string;
  readonly kept: boolean;
}

const MEGA = 1_000_000;
const SNAPSHOTS = 100_000;
const STARTS = 5;
const SENDS = 3;

const LONGEST_START_MS = 300;
const MOST_MEMORY_MB = 150;
const LEAST_RATE = 200;

async function startHost(snapshots: number) {
  const child = fork(join(import.meta.dirname, 'practice-host.ts'), [String(snapshots)], {
    // As the application's thread has it (maxYoungGenerationSizeMb).
    execArgv: ['--max-semi-space-size=1'],
  });
  const [report] = (await once(child, 'message')) as [HostReport];
  const target = targetOf(asHost(report.host));
  if (target === null) throw new Error('The practice host is not reached over SSH.');
  const shell = await connectSsh(target);
  return {
    startMs: report.startMs,
    shell,
    async usage(): Promise<Usage> {
      child.send('usage');
      const [usage] = (await once(child, 'message')) as [Usage];
      return usage;
    },
    async stop() {
      await shell.close();
      child.kill();
      await once(child, 'exit');
    },
  };
}

async function sendOnce(shell: Shell): Promise<{ bytes: number; seconds: number }> {
  const began = performance.now();
  const sending = await shell.start(wireCommand(['zfs', 'send', '-R', 'tank/photos@auto-008']));
  let bytes = 0;
  for await (const chunk of sending.stdout) bytes += (chunk as Buffer).length;
  await sending.exit;
  return { bytes, seconds: (performance.now() - began) / 1000 };
}

async function listOnce(shell: Shell): Promise<{ ms: number; rows: number }> {
  const columns = 'name,guid,createtxg,creation,used,referenced,written,userrefs,defer_destroy';
  const began = performance.now();
  const { stdout } = await shell.collect(
    wireCommand(['zfs', 'list', '-Hp', '-t', 'snapshot', '-o', columns, '-r', 'tank/projects']),
  );
  return { ms: performance.now() - began, rows: stdout.split('\n').length - 1 };
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** @param report told what is being measured */
export async function measurePractice(report: (line: string) => void): Promise<Figure[]> {
  const starts: number[] = [];
  for (let count = 0; count < STARTS; count += 1) {
    const host = await startHost(0);
    starts.push(host.startMs);
    await host.stop();
  }
  report('practice: sending');
  const sender = await startHost(0);
  const before = await sender.usage();
  const sends: { bytes: number; seconds: number }[] = [];
  for (let count = 0; count < SENDS; count += 1) sends.push(await sendOnce(sender.shell));
  const after = await sender.usage();
  const sendingMb = after.peakRss / MEGA;
  const gigabytes = sends.reduce((sum, { bytes }) => sum + bytes, 0) / 1e9;
  const cpu = (after.cpuSeconds - before.cpuSeconds) / gigabytes;
  await sender.stop();
  report(`practice: listing ${SNAPSHOTS} snapshots`);
  const many = await startHost(SNAPSHOTS);
  const { ms, rows } = await listOnce(many.shell);
  const listingMb = (await many.usage()).peakRss / MEGA;
  await many.stop();
  if (rows < SNAPSHOTS) throw new Error(`The listing has ${rows} rows instead of ${SNAPSHOTS}.`);
  const start = median(starts);
  const rate = median(sends.map(({ bytes, seconds }) => bytes / seconds)) / MEGA;
  return [
    { what: 'start', value: start, unit: 'ms', wanted: `< ${LONGEST_START_MS}`, kept: start < LONGEST_START_MS },
    {
      what: 'memory added by sending, at most',
      value: sendingMb,
      unit: 'MB',
      wanted: `< ${MOST_MEMORY_MB}`,
      kept: sendingMb < MOST_MEMORY_MB,
    },
    { what: 'processor time of a send over SSH', value: cpu, unit: 's/GB', wanted: 'told', kept: true },
    {
      what: 'rate of a send over SSH',
      value: rate,
      unit: 'MB/s',
      wanted: `>= ${LEAST_RATE}`,
      kept: rate >= LEAST_RATE,
    },
    { what: `listing ${SNAPSHOTS} snapshots of one dataset`, value: ms, unit: 'ms', wanted: 'served', kept: true },
    { what: 'memory added by that, at most', value: listingMb, unit: 'MB', wanted: 'told', kept: true },
  ];
}

export const figureTable = (figures: readonly Figure[]): string =>
  figures
    .map(({ what, value, unit, wanted, kept }) =>
      [
        what.padEnd(46),
        `${value.toFixed(value < 100 ? 1 : 0)} ${unit}`.padStart(12),
        wanted.padStart(10),
        kept ? '' : 'missed',
      ].join('  '),
    )
    .join('\n');
