/** The snapshots that a run takes first: of all datasets of a package atomically, where ZFS can. */
import type { Inventory } from '../model/inventory.ts';
import {
  type DatasetName,
  isWithin,
  type Label,
  MAX_NAME_LENGTH,
  parentOf,
  poolOf,
  type SnapshotName,
  snapshotOf,
} from '../model/names.ts';
import type { Command, Finding, Step } from '../model/plan.ts';
import * as zfs from '../zfs/commands.ts';
import { inPortions } from '../zfs/in-portions.ts';
import { blocks } from './findings.ts';
import { step } from './step.ts';

/** Bytes of names in one command; sshd hands it on as one argument, and Linux takes 131,072 bytes for one. */
const MAX_NAMES_LENGTH = 100_000;

/** Datasets of the set whose parent is not in it. */
const topsOf = (names: ReadonlySet<DatasetName>): DatasetName[] =>
  [...names].filter((name) => {
    const parent = parentOf(name);
    return parent === null || !names.has(parent);
  });

/** True if nothing of the trees below `tops` is left out. */
function whole(source: Inventory, tops: readonly DatasetName[], names: ReadonlySet<DatasetName>): boolean {
  return source.datasets.every(({ name }) => names.has(name) || !tops.some((top) => isWithin(name, top)));
}

function byPool(names: readonly DatasetName[]): DatasetName[][] {
  const pools = new Map<DatasetName, DatasetName[]>();
  for (const name of names) pools.set(poolOf(name), [...(pools.get(poolOf(name)) ?? []), name]);
  return [...pools.values()];
}

/** As many names per command as fit, with their quotes and a space. */
const portions = (names: readonly SnapshotName[]): SnapshotName[][] =>
  inPortions(names, MAX_NAMES_LENGTH, ({ length }) => length + 3);

/** zfs-fuse and Solaris take one name per command; all know `-r`. */
const takesMany = ({ zfs: { dialect } }: Inventory): boolean => dialect === 'openzfs' || dialect === 'illumos';

function commandsFor(source: Inventory, names: ReadonlySet<DatasetName>, label: Label): Command[] {
  const tops = topsOf(names);
  const recursive = tops.length < names.size && whole(source, tops, names);
  // One command is one transaction, within a pool.
  return byPool(recursive ? tops : [...names]).flatMap((some) => {
    const snapshots = some.map((name) => snapshotOf(name, label));
    const groups = takesMany(source) ? portions(snapshots) : snapshots.map((one) => [one]);
    return groups.map((group) => zfs.snapshot(source, group, recursive));
  });
}

/**
 * @param datasets all of the package; each exists in `source`
 * @returns one step, none without datasets. Its title says whether the snapshots are of one instant: they are not across
 *   pools, nor where the tools take one dataset at a time.
 */
export function takeSteps(source: Inventory, datasets: readonly DatasetName[], label: Label): Step[] {
  const [first] = datasets;
  if (first === undefined) return [];
  const commands = commandsFor(source, new Set(datasets), label);
  const of = datasets.length === 1 ? first : `${datasets.length} datasets`;
  const when =
    datasets.length === 1
      ? ''
      : commands.length === 1
        ? ', all at one instant'
        : `, in ${commands.length} commands one after the other`;
  return [step({ kind: 'snapshot', host: source.host, title: `Take the snapshot ${label} of ${of}${when}`, commands })];
}

/** What rules that name out: a snapshot that already has it, or a dataset for which it is too long. */
export function checkTake(source: Inventory, datasets: readonly DatasetName[], label: Label): Finding[] {
  const taken = new Set<string>(source.snapshots.map(({ name }) => name));
  const wanted = datasets.map((dataset) => snapshotOf(dataset, label));
  const clashes = wanted.filter((name) => taken.has(name));
  const tooLong = wanted.filter((name) => name.length > MAX_NAME_LENGTH);
  return [
    ...(clashes.length === 0
      ? []
      : [
          blocks('snapshot-exists', {
            message: `A snapshot ${label} is to be taken, but ${clashes.slice(0, 3).join(', ')}${clashes.length > 3 ? ' and others' : ''} ${clashes.length === 1 ? 'exists' : 'exist'} already on ${source.host}. Choose another name, or replicate that snapshot.`,
            evidence: { host: source.host, label, existing: clashes.slice(0, 10), count: clashes.length },
          }),
        ]),
    ...(tooLong.length === 0
      ? []
      : [
          blocks('name-too-long', {
            message: `${tooLong[0]} on ${source.host} would be ${tooLong[0]?.length} characters long; ZFS allows ${MAX_NAME_LENGTH}, the snapshot included. Choose a shorter name.`,
            evidence: { names: tooLong.slice(0, 5), allowed: MAX_NAME_LENGTH },
          }),
        ]),
  ];
}
