/**
 * Inventories for tests, short enough to be read at a glance. A snapshot's GUID comes from its label, so `a` at the
 * source and `a` at the destination are the same snapshot unless one is given another GUID.
 */
import type { Bookmark, Dataset, Inventory, PartialReceive, Pool, Snapshot, Zfs } from '../../model/inventory.ts';
import { parseBookmarkName, parseDatasetName, parseLabel, parseSnapshotName } from '../../model/names.ts';
import type { Command, Fix } from '../../model/plan.ts';
import { defaultOptions, plainSource, type ReplicationRequest } from '../../model/request.ts';
import type { Result } from '../../model/result.ts';
import { describeZfs } from '../../zfs/capabilities.ts';
import { openzfs08, openzfs239, solaris114, zfsFuse07 } from '../../zfs/testing/usage.ts';
import { assemble, type PlannedPlan } from '../assemble.ts';
import type { Changes } from '../divergence.ts';
import type { TagsOf } from '../ends.ts';
import { decidePackage, type PackageDecision } from '../package/decide-package.ts';
import type { Measured } from '../sizes.ts';

function sure<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

export const ds = (name: string) => sure(parseDatasetName(name));
export const snap = (name: string) => sure(parseSnapshotName(name));
export const label = (name: string) => sure(parseLabel(name));

function known(zfs: Zfs | null): Zfs {
  if (zfs === null) throw new Error('The usage texts name no options');
  return zfs;
}

const absent = { status: 2, stdout: '' };
export const openzfs: Zfs = known(
  describeZfs({
    uname: 'Linux 6.12.48+deb13-cloud-amd64 #1 SMP',
    zfsVersion: { status: 0, stdout: 'zfs-2.3.9-0+deb13u1\nzfs-kmod-2.3.9-0+deb13u1\n' },
    sendUsage: openzfs239.send,
    receiveUsage: openzfs239.receive,
  }),
);
export const zfsFuse: Zfs = known(
  describeZfs({
    uname: 'Linux 6.1.0-38-amd64 #1 SMP',
    zfsVersion: absent,
    sendUsage: zfsFuse07.send,
    receiveUsage: zfsFuse07.receive,
  }),
);
export const illumos: Zfs = known(
  describeZfs({
    uname: 'SunOS 5.11 omnios-r151046-1',
    zfsVersion: absent,
    sendUsage: openzfs08.send,
    receiveUsage: openzfs08.receive,
  }),
);
export const solaris: Zfs = known(
  describeZfs({
    uname: 'SunOS 5.11 11.4.42.111.0',
    zfsVersion: absent,
    sendUsage: solaris114.send,
    receiveUsage: solaris114.receive,
  }),
);

/** A number of 20 digits at most that depends on the text alone. */
export function guidOf(text: string): string {
  let guid = 14695981039346656037n;
  for (const char of text) guid = BigInt.asUintN(64, (guid ^ BigInt(char.codePointAt(0) ?? 0)) * 1099511628211n);
  return guid.toString();
}

/** A pool of a terabyte, half full, online, with the features of a new one. */
export const pool = (name: string, parts: Partial<Pool> = {}): Pool => ({
  name: ds(name),
  guid: guidOf(`pool ${name}`),
  size: 1e12,
  allocated: 5e11,
  free: 5e11,
  health: 'ONLINE',
  readonly: false,
  features: {
    extensible_dataset: 'active',
    large_blocks: 'enabled',
    embedded_data: 'active',
    lz4_compress: 'active',
    zstd_compress: 'enabled',
    large_dnode: 'enabled',
    encryption: 'enabled',
  },
  ...parts,
});

/** A filesystem that is not encrypted, not written to since its newest snapshot. */
export const filesystem = (name: string, parts: Partial<Dataset> = {}): Dataset => ({
  name: ds(name),
  kind: 'filesystem',
  guid: guidOf(`dataset ${name}`),
  createtxg: 1,
  used: 1e9,
  available: 5e11,
  referenced: 1e9,
  written: 0,
  origin: null,
  mountpoint: `/${name}`,
  mounted: false,
  canmount: 'noauto',
  readonly: true,
  encryption: 'off',
  encryptionRoot: null,
  keyStatus: null,
  partial: null,
  undecodedToken: null,
  ...parts,
});

export const volume = (name: string, parts: Partial<Dataset> = {}): Dataset =>
  filesystem(name, { kind: 'volume', mountpoint: null, mounted: null, canmount: null, ...parts });

/** `aes-256-gcm`, its own encryption root unless another is given. */
export const encrypted = (name: string, parts: Partial<Dataset> = {}): Dataset =>
  filesystem(name, { encryption: 'aes-256-gcm', encryptionRoot: name, keyStatus: 'available', ...parts });

type SnapshotSpec = string | ({ readonly label: string } & Partial<Omit<Snapshot, 'name'>>);

/**
 * Snapshots of one dataset, oldest first, ten transaction groups apart.
 *
 * @param from transaction group of the first
 */
export const snapshots = (dataset: string, specs: readonly SnapshotSpec[], from = 100): Snapshot[] =>
  specs.map((spec, at) => {
    const { label: name, ...parts } = typeof spec === 'string' ? { label: spec } : spec;
    return {
      name: snap(`${dataset}@${name}`),
      guid: guidOf(name),
      createtxg: from + at * 10,
      creation: 1_700_000_000 + at * 3600,
      used: 1000,
      referenced: 1e9,
      holds: 0,
      ...parts,
    };
  });

export const bookmark = (name: string, parts: Partial<Bookmark> & { readonly createtxg: number }): Bookmark => ({
  name: sure(parseBookmarkName(name)),
  guid: guidOf(name.slice(name.indexOf('#') + 1)),
  creation: 1_700_000_000,
  ...parts,
});

/** A half-received stream of the snapshot with this name. */
export const partial = (toName: string, from: string | null, parts: Partial<PartialReceive> = {}): PartialReceive => ({
  token: '1-token',
  toName,
  toGuid: guidOf(toName.slice(toName.indexOf('@') + 1)),
  fromGuid: from === null ? null : guidOf(from),
  bytes: 4096,
  raw: false,
  ...parts,
});

/** A host with the newest ZFS, logged in to as root. */
export const inventory = (host: string, parts: Partial<Inventory> = {}): Inventory => ({
  host,
  readAt: '2026-11-21T22:58:00.000Z',
  zfs: openzfs,
  elevation: [],
  root: true,
  pools: [],
  datasets: [],
  snapshots: [],
  bookmarks: [],
  clockAheadMs: 0,
  ...parts,
});

export type RequestParts = Partial<Omit<ReplicationRequest, 'source' | 'destination'>> & {
  readonly snapshot?: string;
  readonly from?: string;
  readonly to?: string;
};

/** `laptop:tank/home` to `nas:backup/home` with the defaults, unless said otherwise. */
export function request(parts: RequestParts = {}): ReplicationRequest {
  const { snapshot, from = 'tank/home', to = 'backup/home', ...options } = parts;
  return {
    ...defaultOptions,
    ...options,
    source: {
      ...plainSource,
      host: 'laptop',
      dataset: ds(from),
      snapshot: snapshot === undefined ? null : label(snapshot),
    },
    destination: { host: 'nas', dataset: ds(to), naming: 'exact' },
  };
}

/** `laptop` with `tank/home` that has these snapshots. */
export const laptop = (specs: readonly SnapshotSpec[], parts: Partial<Inventory> = {}): Inventory =>
  inventory('laptop', {
    pools: [pool('tank')],
    datasets: [filesystem('tank'), filesystem('tank/home')],
    snapshots: snapshots('tank/home', specs),
    ...parts,
  });

/** `nas` with an empty pool `backup`. */
export const emptyNas = (parts: Partial<Inventory> = {}): Inventory =>
  inventory('nas', { pools: [pool('backup')], datasets: [filesystem('backup')], ...parts });

/** `nas` with `backup/home` that has these snapshots. */
export const nas = (
  specs: readonly SnapshotSpec[],
  target: Partial<Dataset> = {},
  parts: Partial<Inventory> = {},
): Inventory =>
  emptyNas({
    datasets: [filesystem('backup'), filesystem('backup/home', target)],
    snapshots: snapshots('backup/home', specs, 7000),
    ...parts,
  });

export interface Scene {
  readonly source: Inventory;
  readonly destination: Inventory;
  readonly request?: RequestParts;
  readonly changes?: Changes;
  readonly tagsOf?: TagsOf;
  /** Laid over the request, as a fix does. */
  readonly change?: Fix['change'] | undefined;
  /** Answers of `zfs send -nvP`, one for each send; without them nothing was measured. */
  readonly measured?: readonly (Measured | null)[];
}

export function decisionOf({ source, destination, request: parts, change, changes, tagsOf }: Scene): PackageDecision {
  const asked = { ...request(parts), ...change } as ReplicationRequest;
  const ends = {
    request: {
      ...asked,
      source: { ...asked.source, host: source.host },
      destination: { ...asked.destination, host: destination.host },
    },
    source,
    destination,
    ...(tagsOf === undefined ? {} : { tagsOf }),
  };
  return decidePackage(ends, () => changes ?? null);
}

export function planOf(scene: Scene): PlannedPlan {
  const decided = decisionOf(scene);
  return assemble(decided, scene.measured ?? decided.decisions.flatMap(({ sends }) => sends.map(() => null)));
}

/** `host: argv…` of every command of a plan but the listings of the proof, in order. */
export const commandsOf = (plan: PlannedPlan): (readonly [string, ...string[]])[] =>
  plan.steps
    .filter((step) => step.kind !== 'verify')
    .flatMap((step) => step.commands.map((command: Command) => [command.host, ...command.argv] as const));

export const codesOf = (plan: PlannedPlan): string[] => plan.findings.map(({ code }) => code);
/** The finding with this code; throws without one. */
export function findingOf(plan: PlannedPlan, code: string) {
  const found = plan.findings.find((one) => one.code === code);
  if (found === undefined) throw new Error(`No ${code} among ${codesOf(plan).join(', ')}`);
  return found;
}
