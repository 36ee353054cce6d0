/** The streams of a `zfs send`, and what is known of them together. */
import { estimateStream, type ResumePoint } from '../model/changes.ts';
import type { Bookmark, Snapshot, StreamFlags } from '../model/machine.ts';
import type { PackageContents } from '../stream/writer.ts';
import { labelPart } from './names.ts';

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

/** The label of a base without the dataset, as `-P` shows it for `-I`. */
export const baseLabel = (stream: PlannedStream): string =>
  stream.baseShown.startsWith('@') ? labelPart(stream.baseShown) : stream.baseShown;
