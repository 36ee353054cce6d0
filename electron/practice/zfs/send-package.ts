/** What `zfs send -R` and `-p` put together: which datasets, in which order, with which properties. */
import { type Dataset, type Machine, type Snapshot, snapshotName } from '../model/machine.ts';
import { readProperty } from '../model/properties.ts';
import { isUserProperty, propertyRow } from '../model/property-table.ts';
import type { System } from '../shell/process.ts';
import type { PackageContents, PackagedDataset } from '../stream/writer.ts';
import { datasetPart } from './names.ts';
import { type Options, ZfsError } from './options.ts';
import { chain, type PlannedStream, plannedStream, type SendPlan } from './planned-stream.ts';
import { openBase, openTarget, readFlags } from './send-names.ts';

/** What was set or received on the dataset itself. */
function propertiesOf(machine: Machine, dataset: Dataset): Record<string, string> {
  const names = [...dataset.settings.keys()].filter((name) => {
    const attribute = propertyRow(name)?.attribute;
    if (name === 'volsize' || attribute === 'onetime') return false;
    return isUserProperty(name) || attribute === 'inherit' || attribute === 'default';
  });
  const values = names.map((name): [string, string, string] => {
    const { raw, source } = readProperty(machine, dataset, name);
    return [name, raw, source];
  });
  return Object.fromEntries(
    values.filter(([, , source]) => source === 'local' || source === 'received').map(([name, raw]) => [name, raw]),
  );
}

/**
 * @param last the last snapshot of each dataset, the top's first
 * @throws ZfsError for what is encrypted, unless it is sent raw
 */
export function contentsOf(
  machine: Machine,
  options: Options,
  last: readonly Snapshot[],
  replication: boolean,
): PackageContents {
  const top = last[0]?.dataset.name ?? '';
  const encrypted = last.find((one) => one.dataset.cipher !== null);
  if (encrypted !== undefined && !options.has('w')) {
    const name = snapshotName(encrypted);
    throw new ZfsError(
      `cannot send ${name}: encrypted dataset ${encrypted.dataset.name} may not be sent with properties without the raw flag`,
    );
  }
  const entries = last.map((one): [string, PackagedDataset] => [
    one.dataset.name.slice(top.length),
    {
      properties: propertiesOf(machine, one.dataset),
      snapshots: one.dataset.snapshots.filter(({ createtxg }) => createtxg <= one.createtxg).map(({ guid }) => guid),
    },
  ]);
  return { replication, datasets: Object.fromEntries(entries) };
}

/** Parents before children, and a clone after what it stands on. */
function inOrder(machine: Machine, last: readonly Snapshot[]): Snapshot[] {
  const waiting = [...last];
  const ordered: Snapshot[] = [];
  const isOut = (dataset: Dataset | null | undefined) => !waiting.some((one) => one.dataset === dataset);
  while (waiting.length > 0) {
    const ready = waiting.findIndex(
      ({ dataset }) => isOut(machine.parentOf(dataset)) && isOut(dataset.origin?.dataset),
    );
    // Nothing is ready only if a child is the origin of what is above it: then the names decide.
    ordered.push(...waiting.splice(Math.max(0, ready), 1));
  }
  return ordered;
}

/** All snapshots of one dataset up to the last, from the base on where the dataset has it. */
function streamsOf(last: Snapshot, fromLabel: string | null, intermediates: boolean): PlannedStream[] {
  const { dataset } = last;
  const base = dataset.snapshots.find((one) => one.label === fromLabel && one.createtxg < last.createtxg);
  if (base !== undefined) return intermediates ? chain(base, last) : [plannedStream(last, base, `@${base.label}`)];
  const [first] = dataset.snapshots;
  if (first === undefined || dataset.snapshots.some((one) => one === last && one.label === fromLabel)) return [];
  const { origin } = dataset;
  const begin = plannedStream(first, origin, origin === null ? '' : snapshotName(origin));
  return [begin, ...chain(first, last)];
}

/**
 * Solaris's `-r`: the snapshot asked for, and those on which clones in the package stand.
 * @param selfContained `-rc`: a clone whose origin is not in the package is sent in full
 */
function recursiveStreams(last: Snapshot, all: readonly Snapshot[], selfContained: boolean): PlannedStream[] {
  const { dataset } = last;
  const sent = dataset.snapshots.filter(
    (one) => one === last || (one.createtxg < last.createtxg && all.some(({ dataset: { origin } }) => origin === one)),
  );
  const { origin } = dataset;
  const inside = origin !== null && all.some((one) => one.dataset === origin.dataset);
  return sent.map((snapshot, index) => {
    const base = sent[index - 1] ?? (selfContained && !inside ? null : origin);
    return plannedStream(snapshot, base, base === null ? '' : snapshotName(base));
  });
}

/** @throws ZfsError for a dataset below that has no snapshot of this name, unless `-s` leaves it out */
export function planReplication({ machine, dialect }: System, options: Options, name: string): SendPlan {
  const top = openTarget(machine, name, options.has('n'));
  const given = options.value('I') ?? options.value('i');
  const base = given === null ? null : openBase(machine, /[@#]/.test(given) ? given : `@${given}`, name);
  const warnings: string[] = [];
  // What was made after the snapshot is left out without a word; the old tools miss it.
  const below = machine.descendantsOf(top.dataset).filter((one) => dialect.old || one.createtxg <= top.createtxg);
  const last = [top.dataset, ...below].flatMap((dataset) => {
    const found = dataset.snapshots.find((one) => one.label === top.label);
    if (found !== undefined) return [found];
    const lacking = `${dataset.name}@${top.label}`;
    if (!options.has('s')) {
      throw new ZfsError(
        `cannot send ${datasetPart(name)}@${top.label} recursively: snapshot ${lacking} does not exist\nwarning: cannot send '${name}': backup failed`,
      );
    }
    warnings.push(`WARNING: skipping dataset ${dataset.name} and its children: snapshot ${top.label} does not exist`);
    return [];
  });
  const streams = inOrder(machine, last).flatMap((one) =>
    options.has('r')
      ? recursiveStreams(one, last, options.has('c'))
      : streamsOf(one, base?.label ?? null, options.value('i') === null),
  );
  const contents = contentsOf(machine, options, last, true);
  return { streams, flags: readFlags(options), packaged: true, contents, warnings, preface: [] };
}
