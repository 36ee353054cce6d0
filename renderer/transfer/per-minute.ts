import type { Sample } from '../runs/samples.ts';

export interface Minute {
  /** The minute's begin, milliseconds since 1970. */
  readonly at: number;
  /** Mean of the rates in it, bytes per second. */
  readonly mean: number;
  /** Bytes of the run at its end. */
  readonly bytes: number;
}

const MINUTE_MS = 60_000;

/** Samples gathered by the minute, oldest first. */
export function perMinute(samples: readonly Sample[]): Minute[] {
  const groups = Map.groupBy(samples, ({ at }) => Math.floor(at / MINUTE_MS) * MINUTE_MS);
  return [...groups].map(([at, group]) => ({
    at,
    mean: group.reduce((sum, { bytesPerSecond }) => sum + bytesPerSecond, 0) / group.length,
    bytes: group.at(-1)?.bytes ?? 0,
  }));
}
