/**
 * Inventories as large as they get, as the text that `zfs list` prints: read, planned, and how long and how much
 * memory that takes. Nothing of a host is needed.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Dataset, Inventory } from '../../shared/model/inventory.ts';
import { parseDatasetName } from '../../shared/model/names.ts';
import type { Plan } from '../../shared/model/plan.ts';
import { defaultOptions, plainSource, type ReplicationRequest } from '../../shared/model/request.ts';
import { assemble, packageSizeCommands } from '../../shared/planning/assemble.ts';
import { snapshotCollector } from '../../shared/planning/own-snapshots.ts';
import { decidePackage } from '../../shared/planning/package/decide-package.ts';
import { inventory, openzfs, pool } from '../../shared/planning/testing/inventories.ts';
import { datasetListing } from '../../shared/zfs/dataset-listing.ts';
import type { Listing } from '../../shared/zfs/listing.ts';
import { snapshotListing } from '../../shared/zfs/snapshot-listing.ts';

/** One tree: so many datasets below a root, each with so many snapshots. */
interface Shape {
  readonly datasets: number;
  readonly snapshots: number;
  /** `same`: the copy has all but the newest; `other`: snapshots of the same names that are others; `none`: no copy yet. */
  readonly copy: 'same' | 'other' | 'none';
}

export interface InventoryFigures {
  readonly title: string;
  readonly datasets: number;
  readonly snapshots: number;
  /** ms to read both hosts' listings; 0 where they were read before. */
  readonly readMs: number;
  /** ms from the inventories to a plan, the median of the rounds. */
  readonly planMs: number;
  /** What is aimed at, ms. */
  readonly limitMs: number;
  /** Bytes on the heap for both inventories. */
  readonly heapBytes: number;
  readonly streams: number;
}

const NAME = (root: string, at: number): string => (at === 0 ? root : `${root}/department-${at % 100}/project-${at}`);
/** GUIDs of 19 digits in no order, as hosts have them; no two of a side are the same. */
const guid = (side: string, at: number): string =>
  `${side}${String(Math.imul(at, 0x9e3779b1) >>> 0).padStart(10, '0')}${String(at).padStart(8, '0')}`;

function datasetLines(root: string, { datasets }: Shape): string[] {
  const names = new Set([root.split('/')[0] ?? root, root]);
  for (let at = 1; at < datasets; at++) {
    names.add(`${root}/department-${at % 100}`);
    names.add(NAME(root, at));
  }
  return [...names].map(
    (name, at) =>
      `${name}\tfilesystem\t${guid('3', at)}\t${at + 10}\t1048576\t549755813888\t1048576\t0\t-\tno\tnoauto\ton\toff\t-\t-\t-\t/${name}`,
  );
}

/** Lines as a listing of trees has them: all snapshots of a dataset in a row. */
function snapshotLines(root: string, shape: Shape, names: readonly string[], side: 'source' | 'copy'): string[] {
  const lines: string[] = [];
  const each = side === 'copy' ? shape.snapshots - 1 : shape.snapshots;
  const first = side === 'copy' && shape.copy === 'other' ? '7' : '5';
  names.forEach((name, index) => {
    if (!name.startsWith(root)) return;
    for (let at = 0; at < each; at++) {
      const number = index * shape.snapshots + at;
      lines.push(
        `${guid(first, number)}\t${1000 + at}\t${1_700_000_000 + at * 3600}\t1024\t1048576\t0\t1024\t${name}@autosnap_${String(at).padStart(7, '0')}_hourly`,
      );
    }
  });
  return lines;
}

function read(listing: Listing, lines: readonly string[]): void {
  for (const line of lines) {
    const fault = listing.take(line);
    if (fault !== null) throw new Error(fault);
  }
  const fault = listing.end();
  if (fault !== null) throw new Error(fault);
}

function readHost(
  host: string,
  poolName: string,
  datasetText: readonly string[],
  snapshotText: readonly string[],
): Inventory {
  const datasets: Dataset[] = [];
  const snapshots = snapshotCollector();
  read(
    datasetListing(
      openzfs,
      [],
      () => ({ ok: false, error: 'no tokens here' }),
      (one) => datasets.push(one),
    ),
    datasetText,
  );
  const root = parseDatasetName(poolName);
  if (!root.ok) throw new Error(root.error);
  read(snapshotListing(openzfs, [], { kind: 'trees', names: [root.value] }, snapshots.add), snapshotText);
  return inventory(host, { pools: [pool(poolName)], datasets, snapshots: snapshots.end() });
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
function heap(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

function planned(request: ReplicationRequest, source: Inventory, destination: Inventory): Plan {
  // What is derived from a list is kept with it: of lists as reading leaves them, a plan has to derive the rest again.
  const fresh = (one: Inventory): Inventory => {
    const snapshots = snapshotCollector();
    for (const snapshot of one.snapshots) snapshots.add(snapshot);
    return { ...one, datasets: [...one.datasets], snapshots: snapshots.end() };
  };
  const world = { request, source: fresh(source), destination: fresh(destination) };
  const started = performance.now();
  const decision = decidePackage(world, () => null);
  const plan = assemble(
    decision,
    packageSizeCommands(decision).map(() => ({ total: 4096, parts: [] })),
  );
  times.push(performance.now() - started);
  return plan;
}

let times: number[] = [];
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

function measure(
  title: string,
  shape: Shape,
  kind: ReplicationRequest['package'],
  limitMs: number,
  rounds: number,
): InventoryFigures {
  const before = heap();
  const sourceDatasets = datasetLines('tank/data', shape);
  const names = sourceDatasets.map((line) => line.slice(0, line.indexOf('\t')));
  const copies = shape.copy === 'none' ? ['backup'] : names.map((name) => name.replace(/^tank/, 'backup'));
  const destinationDatasets =
    shape.copy === 'none' ? datasetLines('backup', { ...shape, datasets: 1 }) : datasetLines('backup/data', shape);
  let sourceText = snapshotLines('tank/data', shape, names, 'source');
  let destinationText = shape.copy === 'none' ? [] : snapshotLines('backup/data', shape, copies, 'copy');
  const started = performance.now();
  const source = readHost('laptop', 'tank', sourceDatasets, sourceText);
  const destination = readHost('nas', 'backup', destinationDatasets, destinationText);
  const readMs = performance.now() - started;
  sourceText = [];
  destinationText = [];
  const heapBytes = heap() - before;
  const root = parseDatasetName('tank/data');
  const target = parseDatasetName('backup/data');
  if (!root.ok || !target.ok) throw new Error('names');
  const request: ReplicationRequest = {
    ...defaultOptions,
    package: kind,
    source: { ...plainSource, host: 'laptop', dataset: root.value, snapshot: null },
    destination: { host: 'nas', dataset: target.value, naming: 'exact' },
  };
  times = [];
  let plan = planned(request, source, destination);
  for (let round = 1; round < rounds; round++) plan = planned(request, source, destination);
  return {
    title,
    datasets: source.datasets.length,
    snapshots: source.snapshots.length,
    readMs,
    planMs: median(times),
    limitMs,
    heapBytes,
    streams: plan.streams.length,
  };
}

/** @param rounds plans made of each; the median counts, the first one included */
export function inventoryFigures(rounds: number, report: (line: string) => void): InventoryFigures[] {
  const cases: [string, Shape, ReplicationRequest['package'], number][] = [
    ['one dataset of 10,000', { datasets: 10_000, snapshots: 2, copy: 'same' }, 'single', 50],
    ['10,000 datasets, first copy', { datasets: 10_000, snapshots: 1, copy: 'none' }, 'replication', 50],
    ['10,000 datasets, update', { datasets: 10_000, snapshots: 2, copy: 'same' }, 'replication', 50],
    ['one dataset with 1,000,000 snapshots', { datasets: 1, snapshots: 1_000_000, copy: 'same' }, 'single', 1000],
    ['1,000,000 snapshots, all names clash', { datasets: 1, snapshots: 1_000_000, copy: 'other' }, 'single', 1000],
    [
      '1,000,000 snapshots, first copy with all',
      { datasets: 1, snapshots: 1_000_000, copy: 'none' },
      'replication',
      1000,
    ],
    ['10,000 datasets with 100 each, update', { datasets: 10_000, snapshots: 100, copy: 'same' }, 'replication', 1000],
    [
      '10,000 datasets with 100 each, all clash',
      { datasets: 10_000, snapshots: 100, copy: 'other' },
      'replication',
      1000,
    ],
  ];
  return cases.map(([title, shape, kind, limit]) => {
    report(`planning: ${title}`);
    return measure(title, shape, kind, limit, rounds);
  });
}

const mib = (bytes: number): string => `${Math.round(bytes / 1024 ** 2)} MiB`;

/** Aligned columns, one line a case. */
export function inventoryTable(figures: readonly InventoryFigures[]): string {
  const rows = figures.map((one) => [
    one.title,
    one.snapshots.toLocaleString('en'),
    `${Math.round(one.readMs)} ms`,
    `${one.planMs.toFixed(one.planMs < 100 ? 1 : 0)} ms`,
    `${one.limitMs} ms`,
    mib(one.heapBytes),
  ]);
  const all = [['planning', 'snapshots', 'read', 'planned', 'asked for', 'memory'], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
