/** What a plan knows of both ends: first only the places that the request is about, and everything if they do not tell enough. */

import { SluiceError } from '../../shared/model/failure.ts';
import type { Dataset, Inventory } from '../../shared/model/inventory.ts';
import { type DatasetName, poolOf } from '../../shared/model/names.ts';
import type { ReplicationRequest } from '../../shared/model/request.ts';
import type { Side } from '../../shared/model/side.ts';
import type { Changes } from '../../shared/planning/divergence.ts';
import { datasetNamed } from '../../shared/planning/ends.ts';
import { ownSnapshots } from '../../shared/planning/own-snapshots.ts';
import { packageDatasets } from '../../shared/planning/package/datasets.ts';
import type { DatasetPlace } from '../../shared/zfs/dataset-listing.ts';
import { wireCommand } from '../../shared/zfs/wire.ts';
import { readDatasets, readPlace, readSnapshots } from '../hosts/inventory.ts';
import type { Reached, ReachHost } from '../hosts/reached.ts';

/** Both hosts, and what was listed of them. */
export interface ListedEnds {
  readonly from: Reached;
  readonly to: Reached;
  readonly source: Inventory;
  readonly destination: Inventory;
}

export interface ReadEnds extends ListedEnds {
  /** What was done to copies that were written to, as far as it was asked. */
  readonly changes: ReadonlyMap<DatasetName, Changes>;
  /** False if datasets outside the request's places were not listed. */
  readonly whole: boolean;
}

/** What of the source a request is about, before its datasets are known. */
const sourcePlace = ({ package: kind, source }: ReplicationRequest): DatasetPlace =>
  kind === 'single' && source.also.length === 0
    ? { kind: 'dataset', name: source.dataset }
    : { kind: 'trees', names: [source.dataset, ...source.also] };

const destinationPlace = ({ package: kind, source, destination }: ReplicationRequest): DatasetPlace =>
  kind === 'single' && source.also.length === 0 && destination.naming === 'exact'
    ? { kind: 'dataset', name: destination.dataset }
    : { kind: 'trees', names: [destination.dataset] };

/** Early tools tell of all datasets in any case. */
const tellsAll = ({ tools }: Reached): boolean => !tools.zfs.capabilities.parsableList;

/**
 * The places that the request names, and the datasets they lie in.
 *
 * @throws SluiceError if a host cannot be reached or read
 */
export async function readPlaces(request: ReplicationRequest, reach: ReachHost): Promise<ReadEnds> {
  // Neither end waits for the other's login.
  const readOne = async (name: string, place: DatasetPlace, side: Side) => {
    const reached = await reach(name);
    const { shell, host, tools } = reached;
    return { reached, inventory: await readPlace(shell, host, tools, place, side) };
  };
  const [given, taking] = await Promise.all([
    readOne(request.source.host, sourcePlace(request), 'source'),
    readOne(request.destination.host, destinationPlace(request), 'destination'),
  ]);
  const ends = { from: given.reached, to: taking.reached, source: given.inventory, destination: taking.inventory };
  const listed = { ...ends, ...(await addOrigins(request, ends)) };
  return {
    ...listed,
    changes: await readAllChanges(request, listed),
    whole: tellsAll(given.reached) && tellsAll(taking.reached),
  };
}

/**
 * As before, and all other datasets of both hosts.
 *
 * @throws SluiceError if a host cannot be read
 */
export async function readTheRest(ends: ReadEnds): Promise<ReadEnds> {
  const all = async (end: Reached, known: Inventory, side: Side) => {
    if (tellsAll(end)) return known;
    const { shell, host, tools } = end;
    return { ...known, datasets: await readDatasets(shell, host, tools, side) };
  };
  const [source, destination] = await Promise.all([
    all(ends.from, ends.source, 'source'),
    all(ends.to, ends.destination, 'destination'),
  ]);
  return { ...ends, source, destination, whole: true };
}

/** Clones whose origin lies outside what was listed: the origins at the source, and the pool in which they may be found. */
async function addOrigins(
  request: ReplicationRequest,
  { from, to, source, destination }: ListedEnds,
): Promise<Pick<ReadEnds, 'source' | 'destination'>> {
  if (request.package === 'single' || request.package === 'self-contained') return { source, destination };
  const known = new Set<string>(source.snapshots.map(({ name }) => name));
  const outside = packageDatasets(request, source).datasets.flatMap(({ dataset }) =>
    dataset.origin === null || known.has(dataset.origin) ? [] : [dataset.origin],
  );
  if (outside.length === 0) return { source, destination };
  const [origins, twins] = await Promise.all([
    readSnapshots(from.shell, from.host, from.tools, { kind: 'named', names: [...new Set(outside)] }, 'source'),
    readSnapshots(
      to.shell,
      to.host,
      to.tools,
      { kind: 'pool', name: poolOf(request.destination.dataset) },
      'destination',
    ),
  ]);
  const there = new Set<string>(destination.snapshots.map(({ name }) => name));
  return {
    source: { ...source, snapshots: [...source.snapshots, ...origins] },
    destination: {
      ...destination,
      snapshots: [...destination.snapshots, ...twins.filter(({ name }) => !there.has(name))],
    },
  };
}

/** Copies that were written to, of which `zfs diff` is asked, at most: each is a question of its own. */
const DIFFS = 5;

async function readAllChanges(
  request: ReplicationRequest,
  { to, source, destination }: ListedEnds,
): Promise<ReadonlyMap<DatasetName, Changes>> {
  const written = packageDatasets(request, source)
    .datasets.flatMap(({ copy }) => datasetNamed(destination, copy) ?? [])
    .filter((target) => (target.written ?? 0) > 0)
    .slice(0, DIFFS);
  const found = new Map<DatasetName, Changes>();
  for (const target of written) {
    const changes = await readChanges(to, destination, target);
    if (changes !== null) found.set(target.name, changes);
  }
  return found;
}

const CHANGE_LINES = 20;

/** `zfs diff NEWEST DATASET`, only of a mounted filesystem; null if it cannot be asked or does not answer. */
async function readChanges(reached: Reached, inventory: Inventory, target: Dataset): Promise<Changes | null> {
  if ((target.written ?? 0) === 0 || target.kind !== 'filesystem' || target.mounted !== true) return null;
  const newest = ownSnapshots(inventory, target.name).at(-1);
  if (newest === undefined) return null;
  const lines: string[] = [];
  const reading = reached.shell.lines(
    wireCommand([...inventory.elevation, 'zfs', 'diff', '-H', newest.name, target.name]),
    { timeoutMs: 20_000 },
  );
  try {
    for (;;) {
      const next = await reading.next();
      if (next.done) return next.value.status === 0 ? { lines, more: false } : null;
      if (lines.length === CHANGE_LINES) {
        await reading.return({ status: null, signal: null, lost: null, stderr: '' });
        return { lines, more: true };
      }
      lines.push(next.value);
    }
  } catch (thrown) {
    if (thrown instanceof SluiceError && thrown.failure.code === 'timeout') return null;
    throw thrown;
  }
}
