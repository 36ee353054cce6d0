/** What a `zfs send` is asked to send, as streams; and the words for what cannot be. */
import { estimateStream } from '../model/changes.ts';
import { type Bookmark, type Dataset, type Machine, type Snapshot, snapshotName } from '../model/machine.ts';
import { nameOf } from '../model/properties.ts';
import type { System } from '../shell/process.ts';
import { decodeToken } from '../stream/token.ts';
import { datasetPart, nameFault } from './names.ts';
import { type Options, UsageError, ZfsError } from './options.ts';
import { chain, type PlannedStream, plannedStream, type SendPlan } from './planned-stream.ts';
import { cannotSend, openBase, openTarget, readFlags } from './send-names.ts';
import { contentsOf, planReplication } from './send-package.ts';

const notEarlier = (snapshot: Snapshot): ZfsError =>
  cannotSend(snapshotName(snapshot), 'not an earlier snapshot from the same fs');

/** Whether the base is in the snapshot's own past, origins included. */
function isEarlier(base: Snapshot | Bookmark, snapshot: Snapshot): boolean {
  if (base.createtxg >= snapshot.createtxg) return false;
  for (let at: Dataset | null = snapshot.dataset; at !== null; at = at.origin?.dataset ?? null) {
    if (at === base.dataset) return at === snapshot.dataset || base.createtxg <= originIn(snapshot, at);
  }
  return false;
}

/** Transaction group up to which `dataset` is part of the snapshot's past. */
function originIn(snapshot: Snapshot, dataset: Dataset): number {
  let at: Dataset = snapshot.dataset;
  while (at.origin !== null && at.origin.dataset !== dataset) at = at.origin.dataset;
  return at.origin?.createtxg ?? 0;
}

/** @returns the plan, and what to warn of first @throws ZfsError UsageError */
export function planSend(system: System, options: Options, name: string): SendPlan {
  const { machine, dialect } = system;
  const base = options.value('i');
  const all = options.value('I');
  if (base !== null && all !== null) throw new UsageError('');
  if (options.has('R') || options.has('r')) return planReplication(system, options, name);
  if (options.has('s')) throw new UsageError('skip-missing flag can only be used in conjunction with replicate');
  const from = base ?? all;
  if (all?.includes('#')) throw new ZfsError('Error: multiple snapshots cannot be sent from a bookmark.');
  const common = {
    flags: readFlags(options),
    packaged: all !== null || options.has('p'),
    preface: [],
    warnings: [],
  };
  const contents = (snapshot: Snapshot) => (options.has('p') ? contentsOf(machine, options, [snapshot], false) : null);
  if (from === null) {
    const target = openTarget(machine, name, options.has('n'));
    return { ...common, contents: contents(target), streams: [plannedStream(target, null, '')] };
  }
  const completed = /[@#]/.test(from) ? from : `@${from}`;
  if (nameFault(/^[@#]/.test(completed) ? `${datasetPart(name)}${completed}` : completed) !== null) {
    const full = /^[@#]/.test(completed) ? `${datasetPart(name)}${completed}` : completed;
    throw new ZfsError(`cannot open '${full}': ${nameFault(full)}`);
  }
  if (!name.includes('@')) openTarget(machine, name, options.has('n'));
  const early = machine.snapshot(name);
  const opened = early === null ? null : openBase(machine, completed, name);
  const snapshot = openTarget(machine, name, options.has('n'));
  const found = opened ?? openBase(machine, completed, name);
  if (dialect.old && found.dataset !== snapshot.dataset && snapshot.dataset.origin?.dataset !== found.dataset) {
    throw new UsageError('incremental source must be in same filesystem');
  }
  if (!isEarlier(found, snapshot)) throw notEarlier(snapshot);
  if (all === null) {
    return { ...common, contents: contents(snapshot), streams: [plannedStream(snapshot, found, nameOf(found))] };
  }
  if (!('tree' in found)) throw new ZfsError('Error: multiple snapshots cannot be sent from a bookmark.');
  return { ...common, contents: contents(snapshot), streams: chain(found, snapshot) };
}

/** `zfs send -t` ends with 255 where the token cannot be used. */
const TOKEN_REFUSED = 255;

const cannotResume = (fault: string): ZfsError => new ZfsError(`cannot resume send: ${fault}`, TOKEN_REFUSED);

/** @param preface called with the token's contents before anything else can fail, as ZFS prints them */
export async function planResume(
  machine: Machine,
  token: string,
  preface: (lines: readonly string[]) => Promise<void>,
): Promise<SendPlan> {
  const decoded = decodeToken(token);
  if (!decoded.ok) throw cannotResume(`resume token is corrupt (${decoded.fault})`);
  const { contents } = decoded;
  await preface(decoded.lines);
  const dataset = machine.dataset(datasetPart(contents.toName));
  const named = machine.snapshot(contents.toName);
  const snapshot = dataset?.snapshots.find((one) => one.guid === contents.toGuid) ?? null;
  if (snapshot === null) {
    throw cannotResume(
      named === null
        ? `'${contents.toName}' used in the initial send no longer exists`
        : `'${contents.toName}' is no longer the same snapshot used in the initial send`,
    );
  }
  const base = contents.fromGuid === null ? null : baseByGuid(machine, snapshot, contents.fromGuid);
  if (base === null && contents.fromGuid !== null) {
    throw cannotResume(`incremental source 0x${BigInt(contents.fromGuid).toString(16)} no longer exists`);
  }
  const whole = estimateStream(snapshot.tree, base?.createtxg ?? 0);
  const stream: PlannedStream = {
    snapshot,
    base,
    baseShown: base === null ? '' : nameOf(base),
    resume: { object: contents.object, offset: contents.offset },
    estimate: BigInt.asUintN(64, BigInt(whole - contents.bytes)),
  };
  return {
    streams: [stream],
    flags: contents.flags,
    packaged: false,
    contents: null,
    warnings: [],
    preface: decoded.lines,
  };
}

function baseByGuid(machine: Machine, snapshot: Snapshot, guid: string): Snapshot | Bookmark | null {
  const own = snapshot.dataset;
  return (
    own.snapshots.find((one) => one.guid === guid) ??
    own.bookmarks.find((one) => one.guid === guid) ??
    machine.snapshotByGuid(own.pool, guid)
  );
}
