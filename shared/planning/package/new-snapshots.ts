/** Planning with snapshots that the run makes first: they stand in the inventory as if they were there already. */
import type { Dataset, Snapshot } from '../../model/inventory.ts';
import { type Label, snapshotOf } from '../../model/names.ts';
import type { Finding, Step } from '../../model/plan.ts';
import { blocks } from '../findings.ts';
import { checkTake, takeSteps } from '../take-steps.ts';
import { packageDatasets } from './datasets.ts';
import type { World } from './decide-package.ts';

/** No snapshot has this one: ZFS draws GUIDs that are not 0. */
const NOT_YET = '0';

/** True of a snapshot that the run is to make first. */
export const isToBeTaken = ({ guid }: { readonly guid: string }): boolean => guid === NOT_YET;

const future = ({ name, referenced }: Dataset, label: Label): Snapshot => ({
  name: snapshotOf(name, label),
  guid: NOT_YET,
  createtxg: Number.MAX_SAFE_INTEGER,
  creation: null,
  used: null,
  referenced,
  holds: null,
});

/** `sluice-2026-11-22-0916` */
const dated = (readAt: string): Label => `sluice-${readAt.slice(0, 16).replace('T', '-').replace(':', '')}` as Label;

/**
 * @returns the world as it will be once the snapshots are made; the same world where none are to be made. Of a run that was cut while
 *   it made them, those that are there are its own.
 */
export function withNewSnapshots(world: World): {
  readonly world: World;
  readonly steps: readonly Step[];
  readonly findings: readonly Finding[];
} {
  const { request, source } = world;
  if (!request.source.take) return { world, steps: [], findings: [] };
  const label = request.source.snapshot;
  if (label === null) {
    const finding = blocks('snapshot-unnamed', {
      message: 'A snapshot is to be taken at the start, but has no name.',
      fixes: [
        {
          label: `Name it ${dated(source.readAt)}`,
          detail: 'From the date and time of the listing.',
          change: { source: { ...request.source, snapshot: dated(source.readAt) } },
          destructive: false,
        },
      ],
    });
    return { world, steps: [], findings: [finding] };
  }
  const datasets = packageDatasets(request, source).datasets.map(({ dataset }) => dataset);
  const there = new Set<string>(world.isTaking === true ? source.snapshots.map(({ name }) => name) : []);
  const lacking = datasets.filter(({ name }) => !there.has(snapshotOf(name, label)));
  const names = lacking.map(({ name }) => name);
  const clashes = checkTake(source, names, label);
  if (clashes.length > 0) return { world, steps: [], findings: clashes };
  const snapshots = [...source.snapshots, ...lacking.map((dataset) => future(dataset, label))];
  return {
    world: { ...world, source: { ...source, snapshots } },
    steps: takeSteps(source, names, label),
    findings: [],
  };
}
