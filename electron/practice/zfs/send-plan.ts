/** What a `zfs send` is asked to send, as streams; and the words for what cannot be. */
import { estimateStream, type ResumePoint } from '../model/changes.ts';
import {
  type Bookmark,
  type Dataset,
  type Machine,
  type Snapshot,
  type StreamFlags,
  snapshotName,
} from '../model/machine.ts';
import { nameOf } from '../model/properties.ts';
import type { System } from '../shell/process.ts';
import { decodeToken } from '../stream/token.ts';
import type { PackageContents } from '../stream/writer.ts';
import { datasetPart, labelPart, nameFault, openSnapshot } from './names.ts';
import { type Options, UsageError, ZfsError } from './options.ts';
import { contentsOf, planReplication } from './send-package.ts';

export interface PlannedStream {
  readonly snapshot: Snapshot;
  readonly base: Snapshot | Bookmark | null;
  /** How progress names the base: in full, or `@label` for the streams of `-I`. */
  readonly baseShown: string;
  readonly resume: ResumePoint | null;
  /** Bytes; may have gone round below zero, as ZFS's own does. */
  readonly estimate: bigint;
}

export interface SendPlan {
  readonly streams: readonly PlannedStream[];
  readonly flags: StreamFlags;
  /** The streams travel inside a package (`-I`, `-p`, `-R`). */
  readonly packaged: boolean;
  /** What the head of the package says of its datasets; null if nothing (`-I` alone). */
  readonly contents: PackageContents | null;
  /** Told on stderr before anything else. */
  readonly warnings: readonly string[];
  /** Lines that stand before the sizes: a token's contents. */
  readonly preface: readonly string[];
}

export function plannedStream(snapshot: Snapshot, base: Snapshot | Bookmark | null, baseShown: string): PlannedStream {
  const estimate = BigInt(estimateStream(snapshot.tree, base?.createtxg ?? 0));
  return { snapshot, base, baseShown, resume: null, estimate };
}

export const cannotSend = (name: string, fault: string): ZfsError =>
  new ZfsError(`warning: cannot send '${name}': ${fault}`);
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

/** `-i NAME`: `@x` and `#x` belong to the dataset that is sent. @throws ZfsError */
export function openBase(machine: Machine, given: string, snapshot: string): Snapshot | Bookmark {
  const name = /^[@#]/.test(given) ? datasetPart(snapshot) + given : given;
  if (!name.includes('#')) return openSnapshot(machine, name);
  const found = machine.bookmark(name);
  if (found === null) throw cannotSend(snapshot, `incremental source (${name}) does not exist`);
  return found;
}

/** A base's snapshot first, then the target, then the base: the order in which 2.3.9 complains. */
export function openTarget(machine: Machine, name: string, dryRun: boolean): Snapshot {
  if (name.includes('#')) {
    throw new ZfsError(`cannot open '${name}': ${nameFault(name) ?? "bookmark delimiter '#' is not expected here"}`);
  }
  if (name.includes('@')) return openSnapshot(machine, name);
  if (machine.dataset(name) === null) throw new ZfsError(`cannot open '${name}': dataset does not exist`);
  throw cannotSend(name, dryRun ? 'Invalid argument' : 'target is busy; if a filesystem, it must not be mounted');
}

export const readFlags = (options: Options): StreamFlags => ({
  // -w takes blocks as they are on disk: compressed, embedded, large; of unencrypted data the rest is as without it.
  large: options.has('L'),
  embed: options.has('e') || options.has('w'),
  compress: options.has('c') || options.has('w'),
  raw: options.has('w'),
});

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

/** One stream a snapshot, from the base on. */
export function chain(base: Snapshot, last: Snapshot): PlannedStream[] {
  const between = last.dataset.snapshots.filter(
    (one) => one.createtxg > base.createtxg && one.createtxg <= last.createtxg,
  );
  return between.map((snapshot, index) => {
    const before = between[index - 1] ?? base;
    return plannedStream(snapshot, before, `@${before.label}`);
  });
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

/** The label of a base without the dataset, as `-P` shows it for `-I`. */
export const baseLabel = (stream: PlannedStream): string =>
  stream.baseShown.startsWith('@') ? labelPart(stream.baseShown) : stream.baseShown;
