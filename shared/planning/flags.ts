/** Which options `zfs send` and `zfs receive` get, from what both ends support, and why, in sentences. */
import { spokenRate } from '../model/bytes.ts';
import type { Dataset, Inventory, Pool } from '../model/inventory.ts';
import type { ReplicationRequest } from '../model/request.ts';
import type { ReceiveOptions, SendFlags } from '../zfs/commands.ts';
import { poolNamed } from './ends.ts';
import { type FrozenFlags, keepFrozen } from './frozen.ts';

export interface Flags {
  readonly send: SendFlags;
  readonly receive: ReceiveOptions;
  /** Properties to set after receiving, because `receive` cannot (no `-o`). */
  readonly setAfter: readonly (readonly [string, string])[];
  readonly sentences: readonly string[];
}

export const isEncrypted = (dataset: Dataset): boolean =>
  dataset.encryption !== null && dataset.encryption !== 'off' && dataset.encryption !== '-';

/** A feature that is in use at the source must at least be enabled at the destination. */
function usable(feature: string, source: Pool | undefined, destination: Pool | undefined): boolean {
  if (source?.features[feature] !== 'active') return true;
  const there = destination?.features[feature];
  return there === 'enabled' || there === 'active';
}

/**
 * Whether a copy was received raw. null where its key is inherited as its source's is: `zfs send -R -w` keeps encryption
 * roots (openzfs#15687), but what is received below an encrypted dataset without -w is encrypted there in the same way.
 */
export function wasRaw(source: Dataset, copy: Dataset): boolean | null {
  if (!isEncrypted(copy)) return false;
  if (copy.encryptionRoot === copy.name) return true;
  const belowRoot = ({ name, encryptionRoot }: Dataset) =>
    encryptionRoot === null ? null : name.slice(encryptionRoot.length);
  return isEncrypted(source) && belowRoot(source) === belowRoot(copy) ? null : false;
}

/**
 * Raw or not: as asked; by default encrypted data stays encrypted, and a copy that exists stays what it is, since
 * `IV set guid mismatch` is what mixing ends in (openzfs#8758).
 */
export function chooseRaw(
  request: ReplicationRequest,
  source: Dataset,
  target: Dataset | null,
  canRaw: boolean,
  originCopy: Dataset | null = null,
): boolean {
  if (!canRaw) return false;
  if (request.raw !== 'auto') return request.raw === 'yes';
  if (!isEncrypted(source)) return false;
  // A clone continues from the copy of its origin.
  if (target === null && originCopy !== null) return isEncrypted(originCopy);
  if (target === null || target.encryption === null) return true;
  return wasRaw(source, target) !== false;
}

/** On Solaris -w means something else and takes an argument; tools before OpenZFS 0.8 do not know it. */
export const canSendRaw = ({ zfs }: Inventory): boolean =>
  zfs.dialect !== 'solaris' && zfs.capabilities.send.includes('w');

/** How copies are received: for what the dataset is and what the receiving tool can do. */
function profileOf(request: ReplicationRequest, kind: Dataset['kind']): (readonly [string, string])[] {
  const { readonly, mount, set } = request.receive;
  const profile = [
    ...(readonly === 'leave' ? [] : [['readonly', readonly] as const]),
    ...(kind === 'volume' || mount ? [] : [['canmount', 'noauto'] as const]),
    ...(kind === 'volume' ? [] : [['setuid', 'off'] as const, ['devices', 'off'] as const]),
  ];
  return [...profile.filter(([name]) => !set.some(([given]) => given === name)), ...set];
}

/** What a copy never takes from its source: it would mount over the host, share itself, or run into limits. */
const NEVER_TAKEN: Record<Dataset['kind'], readonly string[]> = {
  filesystem: ['mountpoint', 'sharenfs', 'sharesmb', 'quota', 'refquota', 'reservation', 'refreservation'],
  volume: ['reservation', 'refreservation'],
};

/**
 * Whether the source's own properties are sent. Never without `receive -x`: mountpoints and shares would be sent too.
 * `cannot send …: encrypted dataset … may not be sent with properties without the raw flag`.
 */
function sendsProperties(request: ReplicationRequest, dataset: Dataset, receives: ReadonlySet<string>, raw: boolean) {
  const wanted = request.properties === 'yes' || (request.properties === 'auto' && request.package === 'replication');
  return wanted && receives.has('x') && (raw || !isEncrypted(dataset));
}

/**
 * @param place the copy's parent: under an encrypted parent a stream with properties would be stored in plain text,
 *   silently, without `-x encryption`
 */
function skipped(request: ReplicationRequest, dataset: Dataset, place: Dataset | null, raw: boolean): string[] {
  const given = new Set([...request.receive.set.map(([name]) => name)]);
  const encryption = !raw && place !== null && isEncrypted(place) ? ['encryption'] : [];
  const all = [...NEVER_TAKEN[dataset.kind], ...encryption, ...request.receive.skip];
  return [...new Set(all)].filter((name) => !given.has(name));
}

export function chooseFlags(parts: {
  readonly request: ReplicationRequest;
  readonly source: Inventory;
  readonly destination: Inventory;
  readonly dataset: Dataset;
  /** The destination dataset that the stream adds to; null when it will be new. */
  readonly target: Dataset | null;
  /** The nearest dataset that the copy will be in, or the copy itself. */
  readonly place: Dataset | null;
  /** The copy of a new clone's origin, where it already exists. */
  readonly originCopy?: Dataset | null;
  /** The flags of the first run, which an existing copy keeps. */
  readonly frozen?: FrozenFlags | null;
}): Flags {
  const { request, source, destination, dataset, target, place } = parts;
  const frozen = target === null ? null : (parts.frozen ?? null);
  const sends = new Set(source.zfs.capabilities.send);
  const receives = new Set(destination.zfs.capabilities.receive);
  const from = poolNamed(source, dataset.name);
  const to = poolNamed(destination, request.destination.dataset);
  const raw =
    frozen !== null && request.raw === 'auto'
      ? frozen.raw && canSendRaw(source)
      : chooseRaw(request, dataset, target, canSendRaw(source), parts.originCopy);
  const properties = sendsProperties(request, dataset, receives, raw);
  const possible = sendFlags(source, destination, from, to, raw);
  const fitting =
    target === null ? chosen(possible, from) : keepFrozen(possible, frozen ?? { ...possible, largeBlocks: false });
  const send = { ...fitting, properties };
  // `receive -s` itself needs the pool feature extensible_dataset.
  const resumable = sends.has('t') && receives.has('s') && to?.features.extensible_dataset !== 'disabled';
  const profile = target === null ? profileOf(request, dataset.kind) : [];
  const canSet = receives.has('o');
  const receive: ReceiveOptions = {
    resumable,
    unmounted: !request.receive.mount && receives.has('u'),
    set: canSet ? profile : [],
    skip: properties ? skipped(request, dataset, place, raw) : [],
  };
  return {
    send,
    receive,
    setAfter: canSet ? [] : profile,
    sentences: sentencesOf(send, receive, request, profile),
  };
}

/**
 * For a new copy: blocks above 128 KiB can only be where the source's pool has made some. An existing copy of which nothing
 * is known gets no -L: begun half-way it zeroes what was not modified (openzfs#6224, openzfs#17866), while left away where
 * it was used before it is refused (`incremental send stream requires -L`), which is then known (`runs/pairs.ts`).
 */
const chosen = (possible: FrozenFlags, from: Pool | undefined): FrozenFlags => ({
  ...possible,
  largeBlocks: possible.largeBlocks && from?.features.large_blocks === 'active',
});

/** What both ends can do. */
function sendFlags(
  source: Inventory,
  destination: Inventory,
  from: Pool | undefined,
  to: Pool | undefined,
  raw: boolean,
): FrozenFlags {
  const { send } = source.zfs.capabilities;
  // On Solaris -c means self-contained; legacy tools do not have it.
  const modern = source.zfs.dialect !== 'solaris' && destination.zfs.dialect !== 'legacy';
  return {
    raw,
    compressed:
      !raw &&
      modern &&
      send.includes('c') &&
      usable('lz4_compress', from, to) &&
      usable('zstd_compress', from, to) &&
      to?.features.lz4_compress !== undefined,
    largeBlocks:
      !raw &&
      modern &&
      send.includes('L') &&
      to?.features.large_blocks !== 'disabled' &&
      usable('large_blocks', from, to),
    // `incompatible embedded data stream feature with encrypted receive.`
    embedded: false,
  };
}

function sentencesOf(
  send: SendFlags,
  receive: ReceiveOptions,
  request: ReplicationRequest,
  profile: readonly (readonly [string, string])[],
): string[] {
  const wanted = new Map(profile);
  return [
    ...(send.raw ? ['Encrypted blocks are sent as they are; the destination never sees a key (-w).'] : []),
    ...(send.compressed ? ['Compressed blocks stay compressed in transit (-c).'] : []),
    ...(send.largeBlocks ? ['Blocks above 128 KiB stay whole (-L).'] : []),
    receive.resumable
      ? 'If the connection drops, the next attempt resumes where it stopped (receive -s).'
      : 'These tools cannot resume: an interrupted stream starts over.',
    ...(receive.unmounted ? ['The copy is received without mounting it (-u).'] : []),
    ...(wanted.get('readonly') === 'on'
      ? ['The copy is read-only, so that nothing can come between it and the next update.']
      : []),
    ...(wanted.has('canmount') ? ['It will not mount by itself at boot (canmount=noauto).'] : []),
    ...(wanted.has('setuid')
      ? ['Set-user-id programs and device files in the copy have no effect there (setuid=off, devices=off).']
      : []),
    send.properties
      ? 'Properties of the source are sent (-p), but not its mountpoint, shares, quotas and reservations (-x).'
      : 'Properties of the source, such as its mountpoint, shares and quotas, are not sent.',
    ...(request.limit === null ? [] : [`The rate is limited to ${spokenRate(request.limit)}.`]),
  ];
}
