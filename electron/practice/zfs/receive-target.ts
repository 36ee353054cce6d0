/** Where a stream goes: what `libzfs` decides and refuses before it asks the kernel. */
import { type Dataset, type Machine, type Pool, type Snapshot, snapshotName } from '../model/machine.ts';
import type { System } from '../shell/process.ts';
import type { StreamBegin } from '../stream/reader.ts';
import type { BeginHead } from '../stream/record.ts';
import { createParents } from './create.ts';
import { datasetPart, labelPart, nameFault, parentName, poolName } from './names.ts';
import { type Options, ZfsError } from './options.ts';

export interface Target {
  readonly name: string;
  readonly label: string;
  readonly pool: Pool;
  readonly origin: Snapshot | null;
  readonly existing: Dataset | null;
  /** The stream makes a dataset: full, or a clone. */
  readonly makesNew: boolean;
  /** What `receive -v` says before it begins. */
  readonly remarks: readonly string[];
}

/** How messages about this stream begin. */
export function prefixOf(begin: StreamBegin): string {
  if (begin.resuming) return 'cannot receive resume stream';
  return begin.fromGuid === null ? 'cannot receive new filesystem stream' : 'cannot receive incremental stream';
}

/** `-d` keeps the stream's path below its pool, `-e` its last part, else the name is as given. */
export function targetName(
  machine: Machine,
  given: string,
  begin: BeginHead,
  options: Options,
): [name: string, label: string] {
  const label = given.includes('@') ? labelPart(given) : labelPart(begin.toName);
  const sent = datasetPart(begin.toName);
  if (!options.has('d') && !options.has('e')) return [datasetPart(given), label];
  if (machine.dataset(given) === null) throw new ZfsError(`cannot receive: specified fs (${given}) does not exist`);
  const rest = options.has('e') ? `/${sent.split('/').at(-1)}` : sent.slice(poolName(sent).length);
  return [`${given}${rest}`, label];
}

function findOrigin(
  machine: Machine,
  begin: StreamBegin,
  name: string,
  label: string,
  given: string | null,
): { origin: Snapshot | null; remark: string | null } {
  if (given !== null) {
    const origin = machine.snapshot(given);
    if (origin === null) throw new ZfsError(`cannot receive: specified origin fs (${given}) does not exist`);
    return { origin, remark: `using provided clone origin ${given}` };
  }
  const pool = machine.pools.get(poolName(name));
  if (!begin.clone || begin.resuming || begin.fromGuid === null) return { origin: null, remark: null };
  const origin = pool === undefined ? null : machine.snapshotByGuid(pool, begin.fromGuid);
  if (origin === null) {
    throw new ZfsError(`cannot receive: local origin for clone ${name}@${label} does not exist`);
  }
  return { origin, remark: `found clone origin ${snapshotName(origin)}` };
}

/** Onto something that exists a new dataset goes only with `-F`, and never over snapshots or a clone. */
function checkOverwrite(existing: Dataset, prefix: string, force: boolean): void {
  if (!force) {
    throw new ZfsError(`${prefix}: destination '${existing.name}' exists\nmust specify -F to overwrite it`);
  }
  const [first] = existing.snapshots;
  if (first !== undefined) {
    const example = snapshotName(first);
    throw new ZfsError(`${prefix}: destination has snapshots (eg. ${example})\nmust destroy them to overwrite it`);
  }
  if (existing.origin !== null) {
    throw new ZfsError(`${prefix}: destination '${existing.name}' is a clone\nmust destroy it to overwrite it`);
  }
}

function checkParent(machine: Machine, name: string, prefix: string, options: Options): void {
  const above = parentName(name);
  if (options.has('d') && !options.has('n')) createParents(machine, name);
  const parent = machine.dataset(above);
  if (parent === null) {
    throw new ZfsError(`cannot open '${above}': dataset does not exist\n${prefix}: unable to restore to destination`);
  }
  if (parent.kind === 'volume') throw new ZfsError(`${prefix}: parent '${above}' is not a filesystem`);
}

/** The old tools take an increment for a name that is not there to whichever dataset of the pool has its base. */
function oldTarget(machine: Machine, name: string, begin: StreamBegin): string {
  if (name.includes('%')) throw new ZfsError(`${prefixOf(begin)}: invalid backup stream`);
  const pool = machine.pools.get(poolName(name));
  if (machine.dataset(name) !== null || begin.fromGuid === null || begin.clone || pool === undefined) return name;
  return machine.snapshotByGuid(pool, begin.fromGuid)?.dataset.name ?? name;
}

/** @throws ZfsError */
export function findTarget(
  { machine, dialect }: System,
  given: string,
  begin: StreamBegin,
  options: Options,
  originName: string | null,
): Target {
  const [wanted, label] = targetName(machine, given, begin, options);
  const name = dialect.old ? oldTarget(machine, wanted, begin) : wanted;
  if (nameFault(`${name}@${label}`) !== null) throw new ZfsError('cannot receive: invalid name');
  const { origin, remark } = findOrigin(machine, begin, name, label, originName);
  const prefix = prefixOf(begin);
  const makesNew = (begin.fromGuid === null || begin.clone || origin !== null) && !begin.resuming;
  const existing = machine.dataset(name);
  if (existing === null && (!makesNew || !name.includes('/'))) {
    throw new ZfsError(`${prefix}: destination '${name}' does not exist`);
  }
  if (existing === null) checkParent(machine, name, prefix, options);
  else if (makesNew) checkOverwrite(existing, prefix, options.has('F'));
  const pool = machine.pools.get(poolName(name));
  if (pool === undefined) throw new ZfsError(`cannot open '${poolName(name)}': dataset does not exist`);
  return { name, label, pool, origin, existing, makesNew, remarks: remark === null ? [] : [remark] };
}
