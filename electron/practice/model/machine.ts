/** A simulated host: pools, datasets, snapshots, bookmarks. Names are keys only; identity is the GUID. */
import type { NewGuid } from './ids.ts';
import type { Tree, TreeEditor } from './tree.ts';

/** What was said about one property on one dataset or snapshot. */
export interface Setting {
  readonly local?: string;
  readonly received?: string;
  /** `zfs inherit` or `receive -x`: the received value is known but not in force. */
  readonly inherits?: boolean;
}
export type Settings = Map<string, Setting>;

export interface Pool {
  readonly name: string;
  readonly guid: string;
  /** Bytes. */
  readonly size: number;
  health: 'ONLINE' | 'DEGRADED' | 'SUSPENDED';
  readonly: boolean;
  /** Transaction group: each change happens in a later one. */
  txg: number;
}

export interface Snapshot {
  dataset: Dataset;
  label: string;
  readonly guid: string;
  readonly createtxg: number;
  /** Seconds since 1970. */
  readonly creation: number;
  readonly tree: Tree;
  readonly settings: Settings;
  /** Tag and the second since 1970 in which it was set. */
  readonly holds: Map<string, number>;
  deferDestroy: boolean;
}

export interface Bookmark {
  readonly dataset: Dataset;
  readonly label: string;
  readonly guid: string;
  readonly createtxg: number;
  readonly creation: number;
  /** Bytes the snapshot referred to. */
  readonly referenced: number;
}

export interface StreamFlags {
  readonly large: boolean;
  readonly embed: boolean;
  readonly compress: boolean;
  readonly raw: boolean;
}

/** A stream that has not come to its end: under way, or kept for `zfs send -t`. */
export interface PartialReceive {
  /** A full stream fills the dataset itself; an incremental one its hidden child `%recv`. */
  readonly kind: 'full' | 'incremental';
  readonly editor: TreeEditor;
  readonly toName: string;
  readonly toGuid: string;
  readonly fromGuid: string | null;
  /** The snapshot on which `%recv` stands. */
  readonly from: Snapshot | null;
  readonly flags: StreamFlags;
  /** Kept when the stream breaks (`receive -s`). */
  resumable: boolean;
  /** True while a `zfs receive` runs. */
  active: boolean;
  /** Where to go on: object, offset in it, and bytes of the stream taken so far. */
  object: number;
  offset: number;
  bytes: number;
}

export interface Dataset {
  name: string;
  readonly kind: 'filesystem' | 'volume';
  readonly guid: string;
  readonly createtxg: number;
  readonly creation: number;
  readonly objsetid: number;
  readonly pool: Pool;
  /** What it was cloned from; `zfs promote` turns this round. */
  origin: Snapshot | null;
  readonly settings: Settings;
  /** By createtxg. */
  snapshots: Snapshot[];
  bookmarks: Bookmark[];
  head: Tree;
  mounted: boolean;
  partial: PartialReceive | null;
  /** How its content is encrypted, `aes-256-gcm`; null if it is not. */
  readonly cipher: string | null;
  /** Set for an encryption root; what is encrypted below uses it too. */
  key: Key | null;
  /** `zfs allow`: who may do what here and below. */
  readonly grants: Map<string, Set<string>>;
}

/** The key of an encryption root. Only a digest of it is kept, as only that is needed to tell a right one from a wrong. */
export interface Key {
  readonly format: 'passphrase' | 'hex' | 'raw';
  readonly location: string;
  /** SHA-256 of the key, in hexadecimal. */
  readonly digest: string;
  /** Content can be read and written only then. */
  loaded: boolean;
}

export const snapshotName = (snapshot: Snapshot): string => `${snapshot.dataset.name}@${snapshot.label}`;
export const bookmarkName = (bookmark: Bookmark): string => `${bookmark.dataset.name}#${bookmark.label}`;

export interface MachineOptions {
  readonly name: string;
  readonly newGuid: NewGuid;
  /** Seconds since 1970. */
  readonly now: () => number;
}

/** Byte order, as `strcmp` has it: not the locale's. */
export const byBytes = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export class Machine {
  readonly name: string;
  readonly pools = new Map<string, Pool>();
  readonly #datasets = new Map<string, Dataset>();
  /** Replaced once the story is told: what happens later gets identities of its own. */
  newGuid: NewGuid;
  now: () => number;
  #objsets = 53;

  constructor(options: MachineOptions) {
    this.name = options.name;
    this.newGuid = options.newGuid;
    this.now = options.now;
  }

  /** Opens the pool's next transaction group. */
  tick(pool: Pool): number {
    pool.txg += 4;
    return pool.txg;
  }

  newObjsetId(): number {
    this.#objsets += 11;
    return this.#objsets;
  }

  dataset(name: string): Dataset | null {
    return this.#datasets.get(name) ?? null;
  }

  snapshot(name: string): Snapshot | null {
    const at = name.indexOf('@');
    const label = name.slice(at + 1);
    return at < 0 ? null : (this.dataset(name.slice(0, at))?.snapshots.find((one) => one.label === label) ?? null);
  }

  bookmark(name: string): Bookmark | null {
    const at = name.indexOf('#');
    const label = name.slice(at + 1);
    return at < 0 ? null : (this.dataset(name.slice(0, at))?.bookmarks.find((one) => one.label === label) ?? null);
  }

  add(dataset: Dataset): void {
    this.#datasets.set(dataset.name, dataset);
  }

  drop(dataset: Dataset): void {
    this.#datasets.delete(dataset.name);
  }

  /** All datasets by name. */
  all(): Dataset[] {
    return [...this.#datasets.values()].sort((a, b) => byBytes(a.name, b.name));
  }

  roots(): Dataset[] {
    return this.all().filter((dataset) => !dataset.name.includes('/'));
  }

  parentOf(dataset: Dataset): Dataset | null {
    const cut = dataset.name.lastIndexOf('/');
    return cut < 0 ? null : this.dataset(dataset.name.slice(0, cut));
  }

  childrenOf(dataset: Dataset): Dataset[] {
    return this.all().filter((one) => this.parentOf(one) === dataset);
  }

  /** All below, by name; the dataset itself not included. */
  descendantsOf(dataset: Dataset): Dataset[] {
    return this.all().filter((one) => one.name.startsWith(`${dataset.name}/`));
  }

  /** Datasets that stand on a snapshot; a half-received increment counts as its hidden child `%recv`. */
  dependentsOf(snapshot: Snapshot): string[] {
    return this.all().flatMap((one) => [
      ...(one.origin === snapshot ? [one.name] : []),
      ...(one.partial?.from === snapshot ? [`${one.name}/%recv`] : []),
    ]);
  }

  clonesOf(snapshot: Snapshot): Dataset[] {
    return this.all().filter((one) => one.origin === snapshot);
  }

  snapshotByGuid(pool: Pool, guid: string): Snapshot | null {
    for (const dataset of this.#datasets.values()) {
      const found = dataset.pool === pool ? dataset.snapshots.find((one) => one.guid === guid) : undefined;
      if (found !== undefined) return found;
    }
    return null;
  }

  rename(dataset: Dataset, name: string): void {
    const { length } = dataset.name;
    for (const one of [dataset, ...this.descendantsOf(dataset)]) {
      this.#datasets.delete(one.name);
      one.name = name + one.name.slice(length);
      this.#datasets.set(one.name, one);
    }
  }
}
