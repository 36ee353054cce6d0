/**
 * What one host has, at one instant. GUIDs are strings of decimal digits (64 bits do not fit a number);
 * byte counts and transaction groups are numbers checked to be below 2^53 when parsed.
 */
import { z } from 'zod';
import { BookmarkNameSchema, DatasetNameSchema, SnapshotNameSchema } from './names.ts';

/** A 64-bit identity in decimal, compared as text. */
export const GuidSchema = z.string().regex(/^\d{1,20}$/);
export const BytesSchema = z.int().min(0);

/** `legacy` is zfs-fuse 0.7 and other tools of pool version 28 and before. */
export const DialectSchema = z.enum(['openzfs', 'illumos', 'solaris', 'legacy']);
export type Dialect = z.infer<typeof DialectSchema>;

/** What the tools of a host can do; asked from the tools themselves, never guessed from a version number alone. */
export const CapabilitiesSchema = z.object({
  /** Option letters of `zfs send` and `zfs receive`. */
  send: z.array(z.string()),
  receive: z.array(z.string()),
  bookmarks: z.boolean(),
  holds: z.boolean(),
  /** `zfs list -Hp`; legacy tools have it for `get` only. */
  parsableList: z.boolean(),
  /** The `written` property. */
  written: z.boolean(),
});
export type Capabilities = z.infer<typeof CapabilitiesSchema>;

export const ZfsSchema = z.object({
  dialect: DialectSchema,
  /** Version of the tools, e.g. `2.3.9-0+deb13u1`; null where they do not tell. */
  version: z.string().nullable(),
  /** Version of the kernel module, where it is told apart. */
  kernel: z.string().nullable(),
  /** `uname -srv` */
  system: z.string(),
  capabilities: CapabilitiesSchema,
});
export type Zfs = z.infer<typeof ZfsSchema>;

export const PoolSchema = z.object({
  name: DatasetNameSchema,
  guid: GuidSchema.nullable(),
  size: BytesSchema.nullable(),
  allocated: BytesSchema.nullable(),
  free: BytesSchema.nullable(),
  health: z.string(),
  readonly: z.boolean(),
  /** State of the features that decide which streams the pool can take; empty where the dialect has no features. */
  features: z.record(z.string(), z.enum(['disabled', 'enabled', 'active'])),
});
export type Pool = z.infer<typeof PoolSchema>;

/** What `receive_resume_token` says of a half-received stream. */
export const PartialReceiveSchema = z.object({
  token: z.string(),
  /** The snapshot being received. */
  toName: z.string(),
  toGuid: GuidSchema,
  /** The base of an incremental stream, null for a full one. */
  fromGuid: GuidSchema.nullable(),
  /** Bytes of the stream already taken in. */
  bytes: BytesSchema,
  raw: z.boolean(),
});
export type PartialReceive = z.infer<typeof PartialReceiveSchema>;

export const DatasetSchema = z.object({
  name: DatasetNameSchema,
  kind: z.enum(['filesystem', 'volume']),
  guid: GuidSchema,
  createtxg: z.int(),
  used: BytesSchema.nullable(),
  available: BytesSchema.nullable(),
  referenced: BytesSchema.nullable(),
  /** Bytes written since the newest snapshot; null where the dialect does not tell. */
  written: BytesSchema.nullable(),
  origin: SnapshotNameSchema.nullable(),
  mountpoint: z.string().nullable(),
  mounted: z.boolean().nullable(),
  canmount: z.string().nullable(),
  readonly: z.boolean(),
  /** `off`, `aes-256-gcm`, …; null where the dialect has none. */
  encryption: z.string().nullable(),
  /** The dataset whose key this one uses. */
  encryptionRoot: z.string().nullable(),
  keyStatus: z.string().nullable(),
  /** A half-received stream waiting here, or null; a token that nobody could read is in `undecodedToken`. */
  partial: PartialReceiveSchema.nullable(),
  undecodedToken: z.string().nullable(),
});
export type Dataset = z.infer<typeof DatasetSchema>;

export const SnapshotSchema = z.object({
  name: SnapshotNameSchema,
  guid: GuidSchema,
  createtxg: z.int(),
  /** Seconds since 1970. */
  creation: z.int().nullable(),
  used: BytesSchema.nullable(),
  referenced: BytesSchema.nullable(),
  /** Number of holds; null where the dialect does not tell. */
  holds: z.int().nullable(),
  /** Bytes written between the snapshot before and this one; null or absent where that was not asked or is not told. */
  written: BytesSchema.nullable().optional(),
});
export type Snapshot = z.infer<typeof SnapshotSchema>;

export const BookmarkSchema = z.object({
  name: BookmarkNameSchema,
  guid: GuidSchema,
  createtxg: z.int(),
  creation: z.int().nullable(),
});
export type Bookmark = z.infer<typeof BookmarkSchema>;

/** A `zfs receive` that runs on the host. */
export interface Receiving {
  readonly pid: number;
  /** Its arguments as `ps` shows them, without quotes: names with spaces are several words. */
  readonly words: string;
}

export const InventorySchema = z.object({
  /** Name in the host book. */
  host: z.string(),
  /** ISO time at which the listing ended. */
  readAt: z.string(),
  zfs: ZfsSchema,
  /** What stands before `zfs` for commands that change or send: nothing for root and for `zfs allow` users. */
  elevation: z.array(z.string()),
  /** True if commands run with root's rights, by login or by elevation. */
  root: z.boolean(),
  pools: z.array(PoolSchema),
  datasets: z.array(DatasetSchema),
  snapshots: z.array(SnapshotSchema),
  bookmarks: z.array(BookmarkSchema),
  /** How far the host's clock is ahead of this computer's, ms, as near as a round trip; null where it was not told. */
  clockAheadMs: z.number().nullable(),
});
export type Inventory = z.infer<typeof InventorySchema>;
