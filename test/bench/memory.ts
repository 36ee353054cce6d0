/** One long stream through the relay: whether memory grows with it, and how late the main thread is meanwhile. */
import type { Measured } from './contest.ts';
import { openRaw } from './raw.ts';
import { runRelay } from './relay.ts';

const MiB = 1024 ** 2;
const BYTES = 20 * 1024 ** 3;

export interface MemoryFigures {
  readonly bytes: number;
  readonly run: Measured;
  /** The largest resident size in each quarter of the stream, bytes. */
  readonly quarters: readonly number[];
}

export async function measureMemory(asked: number | null, report: (line: string) => void): Promise<MemoryFigures> {
  const bytes = asked ?? BYTES;
  const stage = await openRaw(1, report);
  try {
    report(`one stream of ${Math.round(bytes / MiB)} MiB`);
    const quarters = [0, 0, 0, 0];
    const send = ['head', '-c', String(bytes), '/dev/zero'];
    const run = await runRelay(
      { ...stage.scenario, send },
      {
        onMemory: (rss, through) => {
          const quarter = Math.min(3, Math.floor((through / bytes) * 4));
          quarters[quarter] = Math.max(quarters[quarter] ?? 0, rss);
        },
      },
    );
    return { bytes, run, quarters };
  } finally {
    await stage.close();
  }
}

export const showMemory = ({ bytes, run, quarters }: MemoryFigures): string =>
  [
    `One stream of ${Math.round(bytes / MiB)} MiB through the relay: ${Math.round(bytes / run.seconds / MiB)} MiB/s,`,
    `largest resident memory in each quarter ${quarters.map((rss) => Math.round(rss / MiB)).join(', ')} MiB (aim: flat, under 250),`,
    `event loop of the main process late by ${run.loopDelayP99?.toFixed(1)} ms at most in 99 % (aim: under 20).`,
  ].join(' ');
