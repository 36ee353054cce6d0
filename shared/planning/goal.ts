/** Which snapshot the destination shall have in the end. */
import type { Snapshot } from '../model/inventory.ts';
import { labelOf, snapshotOf } from '../model/names.ts';
import type { Finding } from '../model/plan.ts';
import type { Ends } from './ends.ts';
import { blocks } from './findings.ts';
import { DEFAULT_TEMPLATE, nameSnapshot } from './snapshot-name.ts';

/**
 * @param snapshots those of the source dataset, oldest first
 * @returns the snapshot asked for, or the newest; a finding that blocks if there is none
 */
export function findGoal(ends: Ends, snapshots: readonly Snapshot[]): Snapshot | Finding {
  const { snapshot: label } = ends.request.source;
  if (label === null) return snapshots.at(-1) ?? noSnapshots(ends);
  const asked = snapshotOf(ends.request.source.dataset, label);
  return snapshots.findLast(({ name }) => name === asked) ?? noSuchSnapshot(ends, snapshots);
}

function noSnapshots({ request, whole, source }: Ends): Finding {
  const { dataset } = request.source;
  const taken = nameSnapshot(DEFAULT_TEMPLATE, new Date(source.readAt));
  return blocks('no-snapshots', {
    message: `${dataset} on ${source.host} has no snapshots; replication sends snapshots.`,
    evidence: { host: source.host, dataset },
    fixes: [
      ...(taken.ok
        ? [
            {
              label: 'Take a new one when it starts',
              detail: 'It costs no space until files change.',
              change: { source: { ...whole.source, snapshot: taken.value, take: true } },
              destructive: false,
            },
          ]
        : []),
      {
        label: 'Take a snapshot first',
        detail: 'It costs no space until files change; then check again.',
        command: {
          host: source.host,
          argv: [...source.elevation, 'zfs', 'snapshot', `${dataset}@${source.readAt.slice(0, 10)}`],
        },
        destructive: false,
      },
    ],
  });
}

function noSuchSnapshot({ request, whole, source }: Ends, snapshots: readonly Snapshot[]): Finding {
  const { dataset, snapshot: label } = request.source;
  const newest = snapshots.at(-1);
  return blocks('no-such-snapshot', {
    message: `${dataset} on ${source.host} has no snapshot ${label}.`,
    evidence: {
      host: source.host,
      snapshot: `${dataset}@${label}`,
      newest: snapshots.slice(-5).map((snapshot) => labelOf(snapshot.name)),
    },
    fixes:
      newest === undefined
        ? []
        : [
            {
              label: `Use the newest, ${labelOf(newest.name)}`,
              detail: 'It is there.',
              change: { source: { ...whole.source, snapshot: labelOf(newest.name) } },
              destructive: false,
            },
          ],
  });
}
