/** What happened beside the bytes, for the chart: a snapshot began, a try failed, the run stood still or went on. Pure. */
import { z } from 'zod';
import type { RunEvent } from '../../shared/model/run.ts';

export const MarkSchema = z.object({
  /** Milliseconds since 1970. */
  at: z.number(),
  kind: z.enum(['snapshot', 'retry', 'pause']),
  what: z.string(),
});
export type Mark = z.infer<typeof MarkSchema>;

/** More would be a hatching. */
const MOST = 400;

/** @param events one after the other; a snapshot is marked when it is the first time that the progress names it */
export function addMark(marks: readonly Mark[], event: RunEvent): readonly Mark[] {
  const at = Date.parse(event.at);
  const mark: Mark | null =
    event.event === 'retry'
      ? { at, kind: 'retry', what: event.error.message }
      : event.event === 'control' && event.paused
        ? { at, kind: 'pause', what: '' }
        : event.event === 'progress' && event.stream !== null && event.stream.snapshot !== ''
          ? { at, kind: 'snapshot', what: event.stream.snapshot }
          : null;
  if (mark === null) return marks;
  const isOld = marks.some(({ kind, what }) => mark.kind === 'snapshot' && kind === 'snapshot' && what === mark.what);
  return isOld ? marks : [...marks, mark].slice(-MOST);
}
