/** Two trees compared by GUID: names are labels, and equal names prove nothing. Pure. */
import type { Dataset, Inventory, Snapshot } from '../model/inventory.ts';
import { type DatasetName, datasetOf, isWithin, labelOf } from '../model/names.ts';
import type { Compared, ContentProof, Difference, VerifyRequest } from '../model/verify.ts';
import { oldestFirst } from './by-age.ts';
import { isEncrypted } from './flags.ts';

export interface TreeComparison {
  readonly datasets: readonly Compared[];
  readonly differences: readonly Difference[];
}

function byDataset(inventory: Inventory): Map<DatasetName, Snapshot[]> {
  const found = Map.groupBy(inventory.snapshots, ({ name }) => datasetOf(name));
  for (const list of found.values()) oldestFirst(list);
  return found;
}

/** The copy's name: what is below the source's top lies below the destination's in the same way. */
const copyName = ({ source, destination }: VerifyRequest, dataset: DatasetName): DatasetName =>
  `${destination.dataset}${dataset.slice(source.dataset.length)}` as DatasetName;

/**
 * Those snapshots of the copy that come after the newest common one and stand in the way of the next update; none where all
 * of them hold nothing new.
 */
function inTheWay(copies: readonly Snapshot[], twin: Snapshot | undefined, copy: Dataset): ReadonlySet<Snapshot> {
  if (twin === undefined) return new Set();
  const newer = copies.filter(({ createtxg }) => createtxg > twin.createtxg);
  const isNothingNew = copy.written === 0 && !isEncrypted(copy) && newer.every(({ written }) => written === 0);
  return new Set(isNothingNew ? [] : newer);
}

function compareOne(
  request: VerifyRequest,
  dataset: Dataset,
  copy: Dataset,
  given: readonly Snapshot[],
  copies: readonly Snapshot[],
): { readonly compared: Compared; readonly differences: Difference[] } {
  const { snapshot } = request.source;
  const originals = snapshot === null ? given : given.filter(({ name }) => labelOf(name) === snapshot);
  const guids = new Map(copies.map((one) => [one.guid, one]));
  const names = new Map(copies.map((one) => [labelOf(one.name), one]));
  const common = originals.filter(({ guid }) => guids.has(guid));
  const last = common.at(-1);
  const twin = last === undefined ? undefined : guids.get(last.guid);
  const stopping = inTheWay(copies, twin, copy);
  // Where nothing is in common nothing can be sent as a difference, whatever it is.
  const isStopped = snapshot === null && last === undefined;
  const difference = (
    kind: Difference['kind'],
    counts: boolean,
    nextUpdate: Difference['nextUpdate'],
    name: string,
    sides: readonly [string | null, string | null],
  ): Difference => ({ kind, counts, nextUpdate, dataset: dataset.name, name, source: sides[0], destination: sides[1] });

  const lastAt = last === undefined ? originals.length - 2 : originals.indexOf(last);
  const differences = originals.flatMap((one, at): Difference[] => {
    if (guids.has(one.guid)) return [];
    const namesake = names.get(labelOf(one.name));
    if (namesake !== undefined) {
      const isInTheWay = isStopped || stopping.has(namesake);
      return [difference('other-guid', true, isInTheWay ? 'stops' : 'unaffected', one.name, [one.guid, namesake.guid])];
    }
    if (at > lastAt) return [difference('behind', true, isStopped ? 'stops' : 'comes', one.name, [one.guid, null])];
    return [difference('missing', false, 'unaffected', one.name, [one.guid, null])];
  });
  // Without a snapshot of its own nothing of it was compared; a child may have none where only some datasets are replicated.
  const isAsked = originals.length > 0 || dataset.name === request.source.dataset;
  if (snapshot === null && isAsked && common.length === 0)
    differences.unshift(difference('no-common', true, 'stops', copy.name, [`${originals.length}`, `${copies.length}`]));
  if (snapshot !== null && originals.length === 0)
    differences.push(difference('missing', true, 'unaffected', `${dataset.name}@${snapshot}`, [null, null]));
  if (snapshot === null) {
    const known = new Set(originals.map(({ guid }) => guid));
    const labels = new Set(originals.map(({ name }) => labelOf(name)));
    for (const one of copies)
      if (!known.has(one.guid) && !labels.has(labelOf(one.name))) {
        const isInTheWay = stopping.has(one);
        differences.push(
          difference('extra', isInTheWay, isInTheWay ? 'stops' : 'unaffected', one.name, [null, one.guid]),
        );
      }
  }
  return {
    compared: {
      source: dataset.name,
      copy: copy.name,
      kind: dataset.kind,
      common: common.length,
      newest: last === undefined || twin === undefined ? null : { source: last.name, copy: twin.name, guid: last.guid },
    },
    differences,
  };
}

/** Every dataset of the source's tree against its namesake below the destination. */
export function compareTrees(request: VerifyRequest, source: Inventory, destination: Inventory): TreeComparison {
  const [originals, copies] = [byDataset(source), byDataset(destination)];
  const there = new Map(destination.datasets.map((one) => [one.name, one]));
  const datasets: Compared[] = [];
  const differences: Difference[] = [];
  for (const dataset of source.datasets.filter(({ name }) => isWithin(name, request.source.dataset))) {
    const name = copyName(request, dataset.name);
    const copy = there.get(name);
    const own = originals.get(dataset.name) ?? [];
    // A child without snapshots cannot have been replicated; of the dataset that was named a copy is asked for.
    if (copy === undefined) {
      if (own.length > 0 || dataset.name === request.source.dataset)
        differences.push({
          kind: 'no-dataset',
          counts: true,
          nextUpdate: 'comes',
          dataset: dataset.name,
          name,
          source: dataset.guid,
          destination: null,
        });
      continue;
    }
    const one = compareOne(request, dataset, copy, own, copies.get(name) ?? []);
    datasets.push(one.compared);
    differences.push(...one.differences);
  }
  return { datasets, differences };
}

/** True if there is a snapshot to compare by anywhere in the source's tree. */
export const hasSnapshots = (request: VerifyRequest, source: Inventory): boolean =>
  source.snapshots.some(({ name }) => isWithin(datasetOf(name), request.source.dataset));

/** Nothing that counts differs, and what was asked for was compared: of nothing at all nothing is known. */
export const isEqual = (
  request: VerifyRequest,
  counting: number,
  datasets: readonly Compared[],
  content: readonly ContentProof[],
): boolean =>
  counting === 0 &&
  datasets.some(({ newest }) => newest !== null) &&
  (!request.content || content.length > 0) &&
  content.every(({ state }) => state === 'equal');
