/** The chart of a run under way over a reload: its samples are kept for the tab while the page is away. */
import { z } from 'zod';
import { type Mark, MarkSchema } from './marks.ts';
import type { Sample } from './samples.ts';

const KEY = 'sluice.samples';
/** Some half an hour a run; a tab's storage is small. */
const MOST = 2000;

const KeptSchema = z.record(
  z.string(),
  z.object({
    samples: z.array(z.object({ at: z.number(), bytesPerSecond: z.number(), bytes: z.number() })),
    marks: z.array(MarkSchema),
  }),
);

export interface KeptChart {
  readonly samples: readonly Sample[];
  readonly marks: readonly Mark[];
}

/** @param charts of the runs that are worth coming back to */
export function keepCharts(charts: Readonly<Record<string, KeptChart>>, storage: Storage): void {
  const kept = Object.entries(charts).map(([run, { samples, marks }]) => [
    run,
    { samples: samples.slice(-MOST), marks },
  ]);
  storage.setItem(KEY, JSON.stringify(Object.fromEntries(kept)));
}

/** @returns what was kept, once; nothing where it cannot be read */
export function takeCharts(storage: Storage): Readonly<Record<string, KeptChart>> {
  const text = storage.getItem(KEY);
  if (text === null) return {};
  storage.removeItem(KEY);
  try {
    const parsed = KeptSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : {};
  } catch {
    // Not JSON: nothing of ours.
    return {};
  }
}
