/** Copies that were there before and that anybody can write to. */
import type { Finding } from '../../model/plan.ts';
import { copyOf, type Decision } from '../decision.ts';
import { warns } from '../findings.ts';

/** So many copies are named in one command; what they inherit is better set above them. */
const MOST_NAMED = 20;

/**
 * Properties are given to a copy when it is made; an existing one keeps what it has. One that can be written to is what the next
 * update stops at: `destination … has been modified since most recent snapshot`. zfs-fuse 0.7 tells `readonly` of a mounted
 * filesystem as off although it is on, so nothing is said there.
 */
export function checkWritable(decisions: readonly Decision[]): Finding[] {
  const open = decisions.filter(
    ({ ends, target, sends }) =>
      ends.request.receive.readonly === 'on' &&
      ends.destination.zfs.dialect !== 'legacy' &&
      target !== null &&
      !target.readonly &&
      sends.length > 0,
  );
  const [first] = open;
  if (first === undefined) return [];
  const { host } = first.ends.destination;
  const names = open.map(copyOf);
  return [
    warns('copy-writable', {
      message:
        names.length === 1
          ? `${names[0]} on ${host} exists already and is not read-only; it stays as it is. Whatever is written to it stops the next update.`
          : `${names.length} copies on ${host} exist already and are not read-only; they stay as they are. Whatever is written to them stops the next update.`,
      evidence: { host, copies: names.slice(0, MOST_NAMED), count: names.length },
      fixes:
        names.length > MOST_NAMED
          ? []
          : [
              {
                label: names.length === 1 ? 'Make it read-only' : 'Make them read-only',
                detail: 'Snapshots are received all the same. Whoever writes there now no longer can.',
                command: { host, argv: ['zfs', 'set', 'readonly=on', ...names] },
                asAdmin: true,
                destructive: false,
              },
            ],
    }),
  ];
}
