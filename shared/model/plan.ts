/** The pure result of a request and two inventories. */
import { z } from 'zod';
import { BytesSchema, GuidSchema } from './inventory.ts';
import { DatasetNameSchema, SnapshotNameSchema } from './names.ts';
import { PackageSchema, RequestSchema } from './request.ts';

/** An argument list for one host. It is quoted once, where it leaves Sluice, and shown as it is. */
export const CommandSchema = z.object({ host: z.string(), argv: z.array(z.string()).min(1) });
export type Command = z.infer<typeof CommandSchema>;

export const StreamSchema = z.object({
  type: z.enum(['full', 'incr']),
  snapshot: SnapshotNameSchema,
  /** null: a snapshot that the run makes first. */
  guid: GuidSchema.nullable(),
  /** Snapshot or bookmark the stream starts from. */
  from: z.string().nullable(),
  fromGuid: GuidSchema.nullable(),
  target: DatasetNameSchema,
  /** The destination's snapshot that the stream makes a clone of; null for what is not received as a clone. */
  origin: SnapshotNameSchema.nullable(),
  /** Estimated size in bytes; null: unknown, never 0 for unknown. */
  bytes: BytesSchema.nullable(),
  /** Bytes a half-received stream already brought; 0 for a fresh one. */
  alreadyReceived: BytesSchema,
});
export type Stream = z.infer<typeof StreamSchema>;

export const StepKindSchema = z.enum([
  'snapshot',
  'discard-partial',
  'set-aside',
  'roll-back',
  'create-parent',
  'hold',
  /** The direct route: a key that the source may use for the next stream is let in at the destination, … */
  'authorize',
  'send-receive',
  /** … and taken out again. */
  'revoke',
  'set-property',
  'bookmark',
  'release',
  'verify',
]);
export type StepKind = z.infer<typeof StepKindSchema>;

export const StepSchema = z.object({
  kind: StepKindSchema,
  /** The host that is changed (the destination for `send-receive`). */
  host: z.string(),
  /** One sentence for people. */
  title: z.string(),
  /**
   * In order. For `send-receive` joined by a pipe: first the send on its host, last the receive on its host; between them what the
   * route puts there (the source's ssh on the direct route, a counter or a limit).
   */
  commands: z.array(CommandSchema),
  /** Something that exists is lost by this step. */
  destructive: z.boolean(),
  /** Indexes into the plan's stream table. */
  streams: z.array(z.int()),
  /** The copy that the step is about; null: the run as a whole. */
  copy: DatasetNameSchema.nullable(),
  /** Of `set-aside`: the dataset that is renamed, and no other that may stand at its name by then. */
  moves: GuidSchema.optional(),
  /** What to do when it fails: a bookkeeping step that fails is reported and the run goes on. */
  essential: z.boolean(),
});
export type Step = z.infer<typeof StepSchema>;

export const SeveritySchema = z.enum(['blocks', 'warns', 'notes']);
export type Severity = z.infer<typeof SeveritySchema>;

export const FixSchema = z.object({
  label: z.string(),
  /** What this fix costs, or why it is safe; one sentence. */
  detail: z.string(),
  /** A change of the request that Sluice can make itself (merged over it). */
  change: RequestSchema.partial().optional(),
  /** A command for an administrator of its host; Sluice runs it only where `asAdmin` is set and the person says so. */
  command: CommandSchema.optional(),
  asAdmin: z.boolean().optional(),
  /** Data is lost if this is followed: it comes last and needs the dataset's name typed. */
  destructive: z.boolean(),
});
export type Fix = z.infer<typeof FixSchema>;

export const FindingSchema = z.object({
  code: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  severity: SeveritySchema,
  /** The dataset of the source that it is about; null: the request as a whole. */
  dataset: DatasetNameSchema.nullable(),
  message: z.string(),
  evidence: z.record(z.string(), z.unknown()),
  fixes: z.array(FixSchema),
});
export type Finding = z.infer<typeof FindingSchema>;

/** A thing at the destination that the plan would destroy, named before anything happens. */
export const LossSchema = z.object({
  what: z.enum(['snapshot', 'bookmark', 'changes', 'partial']),
  name: z.string(),
  /** Of a snapshot or bookmark: a rotation makes another one of the same name every hour. (Plans of old journals have none.) */
  guid: GuidSchema.nullable().default(null),
  bytes: BytesSchema.nullable(),
});
export type Loss = z.infer<typeof LossSchema>;

export const EstimateSchema = z.object({
  bytes: BytesSchema.nullable(),
  /** Where the figure came from, in words. */
  method: z.string(),
});
export type Estimate = z.infer<typeof EstimateSchema>;

/** One dataset of the package. */
export const MemberSchema = z.object({
  source: DatasetNameSchema,
  /** The copy's name. */
  copy: DatasetNameSchema,
  kind: z.enum(['filesystem', 'volume']),
  /** What the plan does for it; `up-to-date`: nothing is missing. */
  state: z.enum(['new', 'update', 'resume', 'up-to-date', 'blocked']),
  /** Copies that must have their first stream before this one can begin: its parent, the dataset its origin lies in. */
  after: z.array(DatasetNameSchema),
  /** Estimated bytes of its streams; null: unknown. */
  bytes: BytesSchema.nullable(),
});
export type Member = z.infer<typeof MemberSchema>;

export const PlanSchema = z.object({
  request: RequestSchema,
  /** False if a finding blocks. A ready plan without streams means: nothing to send. */
  ready: z.boolean(),
  package: PackageSchema,
  route: z.enum(['local', 'relay', 'direct']),
  /** Datasets of the package, in the order in which they are sent. */
  members: z.array(MemberSchema),
  /** The dataset that will hold the copy; for several, the one they all lie in. */
  target: DatasetNameSchema,
  streams: z.array(StreamSchema),
  steps: z.array(StepSchema),
  findings: z.array(FindingSchema),
  losses: z.array(LossSchema),
  /** Flags and choices as sentences, for the review page. */
  choices: z.array(z.string()),
  /** How the bytes travel and why, as sentences; a script made of the plan has its own way. (Plans of old journals have none.) */
  travel: z.array(z.string()).default([]),
  estimate: EstimateSchema,
});
export type Plan = z.infer<typeof PlanSchema>;
