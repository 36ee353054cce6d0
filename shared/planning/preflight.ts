/** Findings about the two ends that do not depend on the lineage: places, pools, dialects, kinds. */
import type { Dataset, Inventory, Pool } from '../model/inventory.ts';
import { type DatasetName, isWithin, poolOf } from '../model/names.ts';
import type { Finding } from '../model/plan.ts';
import type { ReplicationRequest } from '../model/request.ts';
import { showZfs } from '../zfs/capabilities.ts';
import { blocks, fixNewName, notes, warns } from './findings.ts';

export interface Ends {
  readonly request: ReplicationRequest;
  readonly source: Inventory;
  readonly destination: Inventory;
}

export const datasetNamed = (inventory: Inventory, name: DatasetName): Dataset | null =>
  inventory.datasets.find((dataset) => dataset.name === name) ?? null;

export const namesAt = (inventory: Inventory): Set<string> =>
  new Set(inventory.datasets.map((dataset) => dataset.name));

export function checkPlaces({ request, source, destination }: Ends): Finding[] {
  const from = request.source.dataset;
  const to = request.destination.dataset;
  if (source.host !== destination.host) return [];
  if (from === to)
    return [
      blocks('source-is-destination', {
        message: `Source and destination are the same dataset, ${from}.`,
        evidence: { dataset: from },
      }),
    ];
  if (isWithin(from, to)) {
    return [
      blocks('destination-contains-source', {
        message: `${to} contains the source ${from}; a copy cannot be received over it.`,
        evidence: { source: from, destination: to },
      }),
    ];
  }
  if (!isWithin(to, from)) return [];
  return [
    warns('destination-within-source', {
      message: `The copy would lie inside its own source: ${to} is below ${from}. If ${from} is lost, so is the copy.`,
      evidence: { source: from, destination: to },
    }),
  ];
}

const DEAD = new Set(['FAULTED', 'UNAVAIL', 'SUSPENDED', 'REMOVED', 'OFFLINE']);

function checkPool(pool: Pool, host: string, written: boolean): Finding[] {
  const evidence = { host, pool: pool.name, health: pool.health };
  if (DEAD.has(pool.health))
    return [blocks('pool-not-available', { message: `The pool ${pool.name} on ${host} is ${pool.health}.`, evidence })];
  return [
    ...(pool.health === 'ONLINE'
      ? []
      : [
          warns('pool-degraded', {
            message: `The pool ${pool.name} on ${host} is ${pool.health}; see zpool status.`,
            evidence,
          }),
        ]),
    ...(written && pool.readonly
      ? [blocks('pool-read-only', { message: `The pool ${pool.name} on ${host} is imported read-only.`, evidence })]
      : []),
  ];
}

export function checkPools({ request, source, destination }: Ends): Finding[] {
  const at = (inventory: Inventory, dataset: DatasetName) =>
    inventory.pools.find((pool) => pool.name === poolOf(dataset));
  const from = at(source, request.source.dataset);
  const to = at(destination, request.destination.dataset);
  const missing = blocks('no-such-pool', {
    message: `${destination.host} has no pool ${poolOf(request.destination.dataset)}.`,
    evidence: {
      host: destination.host,
      pool: poolOf(request.destination.dataset),
      pools: destination.pools.map((pool) => pool.name),
    },
    fixes: destination.pools.map((pool) => {
      const dataset = [pool.name, ...request.destination.dataset.split('/').slice(1)].join('/') as DatasetName;
      return {
        label: `Use ${dataset}`,
        detail: `The pool ${pool.name} is there.`,
        change: { destination: { ...request.destination, dataset } },
        destructive: false,
      };
    }),
  });
  return [
    ...(from === undefined ? [] : checkPool(from, source.host, false)),
    ...(to === undefined ? [missing] : checkPool(to, destination.host, true)),
  ];
}

export function checkDialects({ source, destination }: Ends): Finding[] {
  const findings: Finding[] = [];
  if (destination.zfs.dialect === 'legacy' && source.zfs.dialect !== 'legacy') {
    findings.push(
      blocks('stream-not-readable-there', {
        message: `${destination.host} has ${showZfs(destination.zfs)}; it cannot read what ${showZfs(source.zfs)} sends. Some streams are refused (“stream has unsupported feature”), others are received and then give input/output errors.`,
        evidence: { source: source.zfs.dialect, destination: destination.zfs.dialect },
      }),
    );
  }
  if (destination.zfs.dialect !== 'legacy' && source.zfs.dialect === 'legacy') {
    findings.push(
      notes('early-source', {
        message: `${source.host} has ${showZfs(source.zfs)}: no resumable streams, no exact size in advance, no bookmarks, and holds are not used there. A stream that is cut starts again.`,
        evidence: { dialect: source.zfs.dialect },
      }),
    );
  }
  if (source.zfs.dialect === 'legacy' && destination.zfs.dialect === 'legacy') {
    findings.push(
      notes('early-both', {
        message: `Both hosts have ${showZfs(source.zfs)}: no resumable streams, no exact size in advance, no bookmarks; whether the destination was written to cannot be read before sending, so ZFS itself may refuse at the end.`,
        evidence: { dialect: source.zfs.dialect },
      }),
    );
  }
  return findings;
}

export function checkPractice(source: { practice: boolean }, destination: { practice: boolean }): Finding[] {
  if (source.practice === destination.practice) return [];
  return [
    blocks('practice-and-real', {
      message: 'One of the two is a practice host and the other is real; they are never mixed.',
    }),
  ];
}

export function checkKind(ends: Ends, dataset: Dataset, target: Dataset): Finding[] {
  if (dataset.kind === target.kind) return [];
  return [
    blocks('kind-differs', {
      message: `${dataset.name} is a ${dataset.kind}, ${target.name} on ${ends.destination.host} is a ${target.kind}.`,
      evidence: { source: dataset.kind, destination: target.kind },
      fixes: [fixNewName(ends.request, namesAt(ends.destination))],
    }),
  ];
}
