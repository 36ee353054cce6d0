/**
 * Argument lists of every command that Sluice runs to replicate (listings are in `*-listing.ts`). Each takes parsed
 * names only; the elevation (`sudo -n`, …) stands in front.
 */
import type { Inventory } from '../model/inventory.ts';
import type { BookmarkName, DatasetName, SnapshotName } from '../model/names.ts';
import type { Command } from '../model/plan.ts';

/** Where a command runs and with what in front of it. */
export type CommandHost = Pick<Inventory, 'host' | 'elevation'>;

const zfs = (on: CommandHost, ...argv: readonly string[]): Command => ({
  host: on.host,
  argv: [...on.elevation, 'zfs', ...argv],
});

export interface SendFlags {
  /** `-w`: encrypted blocks as they are on disk. */
  readonly raw: boolean;
  /** `-c`: blocks stay compressed. */
  readonly compressed: boolean;
  /** `-L`: blocks above 128 KiB stay whole. */
  readonly largeBlocks: boolean;
  /** `-e`: tiny blocks stay embedded. */
  readonly embedded: boolean;
  /** `-p`: the dataset's own properties go along. */
  readonly properties: boolean;
}

const flagsOf = (flags: SendFlags): string[] => [
  ...(flags.raw ? ['-w'] : []),
  ...(flags.largeBlocks ? ['-L'] : []),
  ...(flags.embedded ? ['-e'] : []),
  ...(flags.compressed ? ['-c'] : []),
  ...(flags.properties ? ['-p'] : []),
];

/** What a stream starts from: nothing, a base alone (`-i`), or a base and all snapshots after it (`-I`). */
export type SendFrom =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'base'; readonly name: SnapshotName | BookmarkName }
  | { readonly kind: 'base-and-intermediates'; readonly name: SnapshotName };

function fromOf(from: SendFrom): string[] {
  if (from.kind === 'nothing') return [];
  return [from.kind === 'base' ? '-i' : '-I', from.name];
}

export const send = (on: CommandHost, flags: SendFlags, from: SendFrom, snapshot: SnapshotName): Command =>
  zfs(on, 'send', ...flagsOf(flags), ...fromOf(from), snapshot);

/** The same send, asked for its size: `-nvP` prints a last line `size<TAB>bytes` on stdout. */
export const sendSize = (on: CommandHost, flags: SendFlags, from: SendFrom, snapshot: SnapshotName): Command =>
  zfs(on, 'send', '-nvP', ...flagsOf(flags), ...fromOf(from), snapshot);

/** Solaris only: `-r` a recursive, `-rc` a self-contained recursive package (zfs(8) of Solaris 11.4). */
export const sendPackage = (on: CommandHost, selfContained: boolean, snapshot: SnapshotName): Command =>
  zfs(on, 'send', selfContained ? '-rc' : '-r', snapshot);

/** Goes on with a half-received stream; the original flags are inside the token. */
export const sendResume = (on: CommandHost, token: string): Command => zfs(on, 'send', '-t', token);
export const sendResumeSize = (on: CommandHost, token: string): Command => zfs(on, 'send', '-nvPt', token);

export interface ReceiveOptions {
  /** `-s`: an interrupted stream can be resumed. */
  readonly resumable: boolean;
  /** `-u`: received without mounting. */
  readonly unmounted: boolean;
  /** `-o name=value`, in order. */
  readonly set: readonly (readonly [string, string])[];
  /** `-x name`: properties in the stream that are not taken. */
  readonly skip: readonly string[];
}

/** @param origin the snapshot that the received dataset becomes a clone of; where the tool takes it (`-o origin=`) */
export const receive = (
  on: CommandHost,
  options: ReceiveOptions,
  target: DatasetName,
  origin: SnapshotName | null = null,
): Command =>
  zfs(
    on,
    'receive',
    ...(options.resumable ? ['-s'] : []),
    ...(options.unmounted ? ['-u'] : []),
    ...options.set.flatMap(([name, value]) => ['-o', `${name}=${value}`]),
    // `property 'canmount' specified multiple times`: what is set is not taken from the stream anyway.
    ...options.skip.flatMap((name) => (options.set.some(([given]) => given === name) ? [] : ['-x', name])),
    ...(origin === null ? [] : ['-o', `origin=${origin}`]),
    target,
  );

/**
 * New snapshots, of one instant where they lie in one pool.
 *
 * @param recursive `-r`: also of everything below each dataset
 */
export const snapshot = (on: CommandHost, names: readonly SnapshotName[], recursive: boolean): Command =>
  zfs(on, 'snapshot', ...(recursive ? ['-r'] : []), ...names);

/** Throws away what a cut receive kept. */
export const abortReceive = (on: CommandHost, target: DatasetName): Command => zfs(on, 'receive', '-A', target);

/** `canmount=off`: a parent that only carries others; `-u` is not needed, since it never mounts. */
export const createParent = (
  on: CommandHost,
  name: DatasetName,
  properties: readonly (readonly [string, string])[],
): Command => zfs(on, 'create', ...properties.flatMap(([property, value]) => ['-o', `${property}=${value}`]), name);

export const hold = (on: CommandHost, tag: string, snapshots: readonly SnapshotName[]): Command =>
  zfs(on, 'hold', tag, ...snapshots);
export const release = (on: CommandHost, tag: string, snapshots: readonly SnapshotName[]): Command =>
  zfs(on, 'release', tag, ...snapshots);
export const bookmark = (on: CommandHost, snapshot: SnapshotName, name: BookmarkName): Command =>
  zfs(on, 'bookmark', snapshot, name);
export const setProperty = (on: CommandHost, property: string, value: string, dataset: DatasetName): Command =>
  zfs(on, 'set', `${property}=${value}`, dataset);
/** `-r`: destroys every snapshot newer than the one named; each has been listed as a loss before. */
export const rollback = (on: CommandHost, snapshot: SnapshotName): Command => zfs(on, 'rollback', '-r', snapshot);
export const rename = (on: CommandHost, from: DatasetName, to: DatasetName): Command => zfs(on, 'rename', from, to);

/** The size that `send -nvP` printed, null if there is none or it underflowed (2^64 − x, openzfs; sanoid#1067). */
export function readSendSize(stdout: string): number | null {
  const sizes = [...stdout.matchAll(/^size\t(\d+)$/gm)];
  const last = sizes.at(-1)?.[1];
  if (last === undefined) return null;
  const bytes = Number(last);
  return Number.isSafeInteger(bytes) ? bytes : null;
}

/** Sizes of the single streams of an `-I` send, in order, from the lines before the total; null where unreadable. */
export function readStreamSizes(stdout: string): (number | null)[] {
  return [...stdout.matchAll(/^(?:full|incremental)\t.*\t(\d+)$/gm)].map((match) => {
    const bytes = Number(match[1]);
    return Number.isSafeInteger(bytes) ? bytes : null;
  });
}
