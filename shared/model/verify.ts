/** Comparing two trees that exist: what `sluice verify` asks and answers. */
import { z } from 'zod';
import { FailureSchema } from './failure.ts';
import { GuidSchema } from './inventory.ts';
import { DatasetNameSchema, LabelSchema, SnapshotNameSchema } from './names.ts';

export const VerifyRequestSchema = z.object({
  source: z.object({
    host: z.string(),
    dataset: DatasetNameSchema,
    /** Only this snapshot is compared; null: all of them. */
    snapshot: LabelSchema.nullable(),
  }),
  destination: z.object({ host: z.string(), dataset: DatasetNameSchema }),
  /** Also every file, or block, of the newest common snapshot (or the one that was named), read on both hosts. */
  content: z.boolean(),
});
export type VerifyRequest = z.infer<typeof VerifyRequestSchema>;

export const DifferenceSchema = z.object({
  /**
   * `other-guid`: the same name, another snapshot. `missing`, `extra`: only at the source, only at the destination.
   * `behind`: only at the source, and newer than what both have. `no-dataset`: no copy at all. `entry`: a file, link or folder.
   */
  kind: z.enum(['no-dataset', 'no-common', 'behind', 'other-guid', 'missing', 'extra', 'entry']),
  /** False for what is usual where only some snapshots are brought or kept. */
  counts: z.boolean(),
  /** What it is for the next update: `stops` it, `comes` with it, or neither. */
  nextUpdate: z.enum(['stops', 'comes', 'unaffected']).default('unaffected'),
  dataset: DatasetNameSchema,
  /** Snapshot, or path within one. */
  name: z.string(),
  source: z.string().nullable(),
  destination: z.string().nullable(),
});
export type Difference = z.infer<typeof DifferenceSchema>;

export const ComparedSchema = z.object({
  source: DatasetNameSchema,
  copy: DatasetNameSchema,
  kind: z.enum(['filesystem', 'volume']),
  /** Snapshots with the same GUID on both sides. */
  common: z.int(),
  /** The newest of them, by its name on each side. */
  newest: z.object({ source: SnapshotNameSchema, copy: SnapshotNameSchema, guid: GuidSchema }).nullable(),
});
export type Compared = z.infer<typeof ComparedSchema>;

export const ContentProofSchema = z.object({
  source: SnapshotNameSchema,
  copy: SnapshotNameSchema,
  /** `unread`: it could not be read, which proves nothing either way. */
  state: z.enum(['equal', 'differs', 'unread']),
  entries: z.int(),
  files: z.int(),
  /** Of a volume; each of the same size but the last. */
  blocks: z.int(),
  bytes: z.int(),
  /** What was not compared or not read, and why; empty where all was. */
  remarks: z.array(z.string()),
});
export type ContentProof = z.infer<typeof ContentProofSchema>;

export const VerdictSchema = z.object({
  request: VerifyRequestSchema,
  /** True if nothing that counts differs, and all content that was asked for was read and is equal. */
  equal: z.boolean(),
  datasets: z.array(ComparedSchema),
  /** The first thousand. */
  differences: z.array(DifferenceSchema),
  differenceCount: z.int(),
  content: z.array(ContentProofSchema),
});
export type Verdict = z.infer<typeof VerdictSchema>;

export const VerifyEventSchema = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('progress'),
    dataset: z.string(),
    /** `waiting`: a line was lost; it goes on from where it was. */
    phase: z.enum(['snapshots', 'entries', 'files', 'attributes', 'blocks', 'waiting']),
    /** Entries compared so far in this phase of this dataset; while waiting, seconds until it goes on. */
    done: z.int(),
    /** null: not known yet. */
    total: z.int().nullable(),
  }),
  z.object({ event: z.literal('finished'), verdict: VerdictSchema.nullable(), error: FailureSchema.nullable() }),
]);
export type VerifyEvent = z.infer<typeof VerifyEventSchema>;
