/** Streams that others are sending to the copies right now. */
import type { Receiving } from '../model/inventory.ts';
import type { DatasetName } from '../model/names.ts';
import type { Finding } from '../model/plan.ts';
import type { Decision } from './decision.ts';
import { warns } from './findings.ts';

/** `ps` prints arguments without quotes, so a name with spaces is recognized by how the line ends. */
const isInto = (words: string, copy: DatasetName): boolean => ` ${words.replace(/@[^@]*$/, '')}`.endsWith(` ${copy}`);

/**
 * ZFS takes one stream at a time into a dataset: `cannot receive …: dataset is busy`. That passes when the other stream
 * ends, and a run tries again until then, so it does not block: it may also be our own previous attempt, still ending.
 *
 * @param receiving what is being received at the destination
 */
export function checkReceiving(decisions: readonly Decision[], receiving: readonly Receiving[]): Finding[] {
  if (receiving.length === 0) return [];
  return decisions.flatMap(({ ends, dataset, sends }) => {
    const { destination } = ends;
    const copy = ends.request.destination.dataset;
    const other = sends.length === 0 ? undefined : receiving.find(({ words }) => isInto(words, copy));
    if (other === undefined) return [];
    return [
      warns('receive-under-way', {
        dataset: dataset?.name ?? null,
        message: `${destination.host} is receiving a stream into ${copy} already (process ${other.pid}: zfs receive ${other.words}). ZFS takes one at a time: a run tries again until that one has ended, then plans from what it brought.`,
        evidence: { host: destination.host, target: copy, pid: other.pid, command: `zfs receive ${other.words}` },
      }),
    ];
  });
}
