/** Findings about the two ends that do not depend on the lineage: places, pools, clocks, dialects, kinds, practice. */
import type { Dataset, Inventory, Pool } from '../model/inventory.ts';
import { type DatasetName, inPool, isWithin, poolOf } from '../model/names.ts';
import type { Finding } from '../model/plan.ts';
import type { ReplicationRequest } from '../model/request.ts';
import { showZfs } from '../zfs/capabilities.ts';
import { safeFixes } from './conflict-fixes.ts';
import { type Ends, poolNamed } from './ends.ts';
import { blocks, notes, warns } from './findings.ts';

/** The same computer under two names of the host book: the pools are one pool. */
function samePool({ source, destination }: Hosts, from: DatasetName, to: DatasetName): boolean {
  const pool = poolNamed(source, from)?.guid ?? null;
  return pool !== null && pool === (poolNamed(destination, to)?.guid ?? null);
}

type Hosts = Pick<Ends, 'source' | 'destination'>;

/**
 * @param from a dataset with which a part of the package begins
 * @param to its own copy
 */
export function checkPlaces({ source, destination }: Hosts, from: DatasetName, to: DatasetName): Finding[] {
  const alias = source.host !== destination.host;
  if (alias && !samePool({ source, destination }, from, to)) return [];
  const evidence = { source: from, destination: to };
  const hint = alias
    ? ` ${source.host} and ${destination.host} have the same pool, so they are the same computer; if one is a copy of the other, give its pool an identity of its own with zpool reguid.`
    : '';
  if (from === to) {
    return [
      blocks('source-is-destination', {
        message: `Source and destination are the same dataset, ${from}.${hint}`,
        evidence: { dataset: from },
      }),
    ];
  }
  if (isWithin(from, to)) {
    return [
      blocks('destination-contains-source', {
        message: `${to} contains the source ${from}; a copy cannot be received over it.${hint}`,
        evidence,
      }),
    ];
  }
  if (!isWithin(to, from)) return [];
  return [
    warns('destination-within-source', {
      message: `The copy would lie inside its own source: ${to} is below ${from}. If ${from} is lost, so is the copy.`,
      evidence,
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

export function checkPools({ request, whole, source, destination }: Ends): Finding[] {
  const from = poolNamed(source, request.source.dataset);
  const to = poolNamed(destination, request.destination.dataset);
  return [
    ...(from === undefined ? [] : checkPool(from, source.host, false)),
    ...(to === undefined ? [noSuchPool(whole, destination)] : checkPool(to, destination.host, true)),
  ];
}

function noSuchPool(request: ReplicationRequest, destination: Inventory): Finding {
  const wanted = poolOf(request.destination.dataset);
  return blocks('no-such-pool', {
    message: `${destination.host} has no pool ${wanted}.`,
    evidence: { host: destination.host, pool: wanted, pools: destination.pools.map((pool) => pool.name) },
    fixes: destination.pools.map((pool) => {
      const dataset = inPool(request.destination.dataset, pool.name);
      return {
        label: `Use ${dataset}`,
        detail: `The pool ${pool.name} is there.`,
        change: { destination: { ...request.destination, dataset } },
        destructive: false,
      };
    }),
  });
}

/** Solaris went its own way after pool version 28: openzfs#5985, openzfs#5290. Whether it works has not been tried with each version. */
function checkSolaris({ source, destination }: Ends): Finding[] {
  if (source.zfs.dialect === 'legacy' || destination.zfs.dialect === 'legacy') return [];
  const from = source.zfs.dialect === 'solaris';
  if (from === (destination.zfs.dialect === 'solaris')) return [];
  const evidence = { source: source.zfs.dialect, destination: destination.zfs.dialect };
  return [
    from
      ? warns('solaris-source', {
          message: `${source.host} has ${showZfs(source.zfs)}. Other kinds of ZFS may refuse streams of filesystems that have version 5 or newer there (“stream has unsupported feature”); those of version 4 are said to arrive. That is found when the first stream begins; nothing is lost by it. Try a small dataset first.`,
          evidence,
        })
      : warns('solaris-destination', {
          message: `${destination.host} has ${showZfs(destination.zfs)}, which may refuse streams of other kinds of ZFS (“stream has unsupported feature”). That is found when the first stream begins; nothing is lost by it. Try a small dataset first.`,
          evidence,
        }),
  ];
}

export function checkDialects(ends: Ends): Finding[] {
  const { source, destination } = ends;
  const findings: Finding[] = checkSolaris(ends);
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
        message: `${source.host} has ${showZfs(source.zfs)}: no resumable streams, no exact size in advance, no bookmarks, and holds are not used there. An interrupted stream starts over.`,
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

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** In the largest unit of which there are two, at least a minute. */
function spokenDuration(ms: number): string {
  const [name, length] = UNITS.find((unit) => ms >= 2 * unit[1]) ?? UNITS[2];
  const count = Math.round(ms / length);
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

/** ms; less than that is a round trip and a second's rounding, and matters to nobody. */
const CLOCKS_DIFFER = 60_000;

/** Nothing here is decided by clocks, but snapshots are named and pruned by them. */
export function checkClocks({ source, destination }: Ends): Finding[] {
  if (source.clockAheadMs === null || destination.clockAheadMs === null) return [];
  const ahead = source.clockAheadMs - destination.clockAheadMs;
  if (Math.abs(ahead) < CLOCKS_DIFFER) return [];
  const [later, earlier] = ahead > 0 ? [source, destination] : [destination, source];
  return [
    notes('clocks-differ', {
      message: `The clock of ${later.host} is ${spokenDuration(Math.abs(ahead))} ahead of ${earlier.host}’s. Replication goes by GUIDs and transaction groups, but dates in names of snapshots mislead, and tools that prune by age may destroy the wrong ones.`,
      evidence: { later: later.host, earlier: earlier.host, seconds: Math.round(Math.abs(ahead) / 1000) },
    }),
  ];
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
      fixes: safeFixes(ends),
    }),
  ];
}
