/**
 * The stream format of the practice hosts. It has the shape of ZFS's own (records with a head of 312 bytes, a running
 * checksum in every head, so that a payload is proved by the head after it) but another magic number: a real
 * `zfs receive` refuses it, and a practice host refuses a real stream, both with `invalid stream (bad magic number)`.
 *
 * Head, little-endian: u32 type, u32 payload length, fields by type, at 308 the CRC-32 of everything before it.
 */
import { crc32 } from 'node:zlib';
import { RECORD_HEAD } from '../model/changes.ts';

export { RECORD_HEAD };

export const RecordType = { begin: 1, object: 2, write: 3, free: 4, end: 5, package: 6 } as const;
export type RecordType = (typeof RecordType)[keyof typeof RecordType];

const CHECKSUM_AT = RECORD_HEAD - 4;
const MAGIC = Buffer.from('SLUICEPH');

const FLAGS = ['large', 'embed', 'compress', 'raw'] as const;
const RESUMING = 16;
const CLONE = 32;
/** `DMU_OST_ZFS` and `DMU_OST_ZVOL`. */
const KIND = { filesystem: 2, volume: 3 } as const;

export interface BeginHead {
  readonly toName: string;
  readonly toGuid: string;
  readonly fromGuid: string | null;
  readonly creation: number;
  readonly kind: 'filesystem' | 'volume';
  readonly flags: {
    readonly large: boolean;
    readonly embed: boolean;
    readonly compress: boolean;
    readonly raw: boolean;
  };
  readonly resuming: boolean;
  /** The base is a snapshot of another dataset: receiving makes a clone. */
  readonly clone: boolean;
}

/** Writes heads and carries the checksum from record to record. */
export class HeadWriter {
  #checksum = 0;

  /** Fills the head's common fields and seals it; `fields` are set by the caller already. */
  seal(head: Buffer, type: RecordType, payload: Buffer | null): void {
    head.writeUInt32LE(type, 0);
    head.writeUInt32LE(payload?.length ?? 0, 4);
    this.#checksum = crc32(head.subarray(0, CHECKSUM_AT), this.#checksum);
    head.writeUInt32LE(this.#checksum, CHECKSUM_AT);
    if (payload !== null) this.#checksum = crc32(payload, this.#checksum);
  }
}

/** Checks heads against what was read before. */
export class HeadReader {
  #checksum = 0;

  /** @returns false if this head, or a payload before it, is not what was sent */
  check(head: Buffer): boolean {
    this.#checksum = crc32(head.subarray(0, CHECKSUM_AT), this.#checksum);
    return head.readUInt32LE(CHECKSUM_AT) === this.#checksum;
  }

  payload(part: Buffer): void {
    this.#checksum = crc32(part, this.#checksum);
  }
}

export function putBegin(head: Buffer, begin: BeginHead): void {
  head.fill(0);
  MAGIC.copy(head, 8);
  head.writeBigUInt64LE(BigInt(begin.toGuid), 16);
  head.writeBigUInt64LE(BigInt(begin.fromGuid ?? 0), 24);
  head.writeUIntLE(begin.creation, 32, 6);
  const flags = FLAGS.reduce((bits, name, index) => bits | (begin.flags[name] ? 1 << index : 0), 0);
  head.writeUInt32LE(flags | (begin.resuming ? RESUMING : 0) | (begin.clone ? CLONE : 0), 40);
  head.writeUInt32LE(KIND[begin.kind], 44);
  head.write(begin.toName, 48, CHECKSUM_AT - 48 - 1, 'latin1');
}

export const hasMagic = (head: Buffer): boolean => head.subarray(8, 16).equals(MAGIC);

export function getBegin(head: Buffer): BeginHead {
  const fromGuid = head.readBigUInt64LE(24);
  const bits = head.readUInt32LE(40);
  const flag = (index: number) => (bits & (1 << index)) !== 0;
  return {
    toName: head.toString('latin1', 48, head.indexOf(0, 48)),
    toGuid: head.readBigUInt64LE(16).toString(),
    fromGuid: fromGuid === 0n ? null : fromGuid.toString(),
    creation: head.readUIntLE(32, 6),
    kind: head.readUInt32LE(44) === KIND.volume ? 'volume' : 'filesystem',
    flags: { large: flag(0), embed: flag(1), compress: flag(2), raw: flag(3) },
    resuming: (bits & RESUMING) !== 0,
    clone: (bits & CLONE) !== 0,
  };
}

/** Two numbers below 2^48, a seed, and a third number; their meaning depends on the record's type. */
export interface Fields {
  readonly id: number;
  readonly offset: number;
  readonly seed: number;
  readonly start: number;
}

export function putFields(head: Buffer, fields: Partial<Fields>): void {
  head.fill(0);
  head.writeUIntLE(fields.id ?? 0, 8, 6);
  head.writeUIntLE(fields.offset ?? 0, 16, 6);
  head.writeUInt32LE(fields.seed ?? 0, 24);
  head.writeUIntLE(fields.start ?? 0, 32, 6);
}

export const getFields = (head: Buffer): Fields => ({
  id: head.readUIntLE(8, 6),
  offset: head.readUIntLE(16, 6),
  seed: head.readUInt32LE(24),
  start: head.readUIntLE(32, 6),
});

export const typeOf = (head: Buffer): number => head.readUInt32LE(0);
export const payloadLength = (head: Buffer): number => head.readUInt32LE(4);
