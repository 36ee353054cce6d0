/** A plan being carried out, as others see it: a record, events, and at the end a receipt. */
import { z } from 'zod';
import { FailureSchema } from './failure.ts';
import { BytesSchema, GuidSchema } from './inventory.ts';
import { CommandSchema, PlanSchema } from './plan.ts';
import { RequestSchema } from './request.ts';

export const RunIdSchema = z.string().regex(/^[0-9]{8}-[0-9]{6}-[a-z0-9]{4}$/);

/** What a run is doing, in the order in which it normally happens. */
export const PhaseSchema = z.enum([
  'planning',
  'preparing',
  'connecting',
  'sending',
  'finishing',
  'waiting',
  'proving',
  'ended',
]);
export type Phase = z.infer<typeof PhaseSchema>;

export const RunStatusSchema = z.enum(['running', 'done', 'failed', 'blocked', 'interrupted', 'cancelled']);
export type RunStatus = z.infer<typeof RunStatusSchema>;

export const ProgressSchema = z.object({
  phase: PhaseSchema,
  /** Bytes of all the run's streams that went through so far, resumed parts included. */
  bytes: BytesSchema,
  /** The estimate; null: unknown. `bytes` may pass it, since it is an estimate. */
  total: BytesSchema.nullable(),
  /** Over the last ten seconds. */
  bytesPerSecond: z.number(),
  /** Over the time this run spent sending. */
  meanBytesPerSecond: z.number(),
  /** An honest range, or null while it cannot be told. */
  secondsLeft: z.object({ low: z.number(), high: z.number() }).nullable(),
  /** Milliseconds since a byte last moved. */
  silentMs: z.number(),
  /**
   * What went over the wire, parts that were sent twice included, and ms while at least one stream was under way; over all attempts
   * and processes. Of a process that was killed it is what its journal knew last. (Old journals have none.)
   */
  sent: z.object({ bytes: BytesSchema, ms: z.number() }).default({ bytes: 0, ms: 0 }),
  stream: z
    .object({ index: z.int(), count: z.int(), snapshot: z.string(), bytes: BytesSchema, total: BytesSchema.nullable() })
    .nullable(),
});
export type Progress = z.infer<typeof ProgressSchema>;

export const ReceiptSchema = z.object({
  run: RunIdSchema,
  source: z.object({ host: z.string(), dataset: z.string(), zfs: z.string() }),
  destination: z.object({ host: z.string(), dataset: z.string(), zfs: z.string() }),
  startedAt: z.string(),
  finishedAt: z.string(),
  /** Every planned snapshot, its GUID on both sides as listed after the run. */
  snapshots: z.array(
    z.object({
      name: z.string(),
      sourceGuid: GuidSchema.nullable(),
      destinationGuid: GuidSchema.nullable(),
      equal: z.boolean(),
    }),
  ),
  /** Each thing that was checked, in words, and whether it holds. */
  checks: z.array(z.object({ code: z.string(), holds: z.boolean(), sentence: z.string() })),
  /** True if all GUIDs agree and all checks hold. */
  proved: z.boolean(),
  /** Bytes that went over the wire in this run, as its progress counted them. */
  bytes: BytesSchema,
  durationMs: z.number(),
  meanBytesPerSecond: z.number(),
  interruptions: z.int(),
  commands: z.array(CommandSchema),
  /** What the tools said although they succeeded: ZFS reports problems on stderr with status 0. */
  remarks: z.array(z.object({ host: z.string(), text: z.string() })),
});
export type Receipt = z.infer<typeof ReceiptSchema>;

const base = { run: RunIdSchema, at: z.string() };

/** The events of a run. The command line prints them as they are with `--json`; the window draws them. */
export const RunEventSchema = z.discriminatedUnion('event', [
  /** Once at the beginning, and again with the new plan whenever a run looked again after a fault (`attempt` counts). */
  z.object({ ...base, event: z.literal('started'), attempt: z.int(), request: RequestSchema, plan: PlanSchema }),
  z.object({
    ...base,
    event: z.literal('step'),
    index: z.int(),
    kind: z.string(),
    title: z.string(),
    state: z.enum(['begun', 'done', 'failed']),
    /** It failed for good, and its copy with what waits for it is given up in this run (`onFailure: skip-subtree`). */
    leftOut: z.boolean().optional(),
  }),
  z.object({ ...base, event: z.literal('progress'), ...ProgressSchema.shape }),
  z.object({
    ...base,
    event: z.literal('message'),
    host: z.string(),
    level: z.enum(['info', 'warning']),
    text: z.string(),
  }),
  z.object({
    ...base,
    event: z.literal('control'),
    /** Nothing moves until the run goes on; what is a single command is not interrupted. */
    paused: z.boolean(),
    /** Bytes per second of all streams together; null: no limit. */
    limit: z.number().positive().nullable(),
  }),
  z.object({
    ...base,
    event: z.literal('retry'),
    attempt: z.int(),
    /** Milliseconds until the next attempt. */
    inMs: z.number(),
    error: FailureSchema,
  }),
  z.object({
    ...base,
    event: z.literal('finished'),
    status: RunStatusSchema.exclude(['running']),
    receipt: ReceiptSchema.nullable(),
    error: FailureSchema.nullable(),
  }),
]);
export type RunEvent = z.infer<typeof RunEventSchema>;

/** What a list of runs shows. */
export const RunSummarySchema = z.object({
  run: RunIdSchema,
  status: RunStatusSchema,
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  request: RequestSchema,
  /** Bytes over the wire, null before the first. */
  bytes: BytesSchema.nullable(),
  error: FailureSchema.nullable(),
  /** True if it can be resumed. */
  resumable: z.boolean(),
});
export type RunSummary = z.infer<typeof RunSummarySchema>;

/** All about one run, for a page that opens or comes back; events after it follow through `watch`. */
export const RunDetailSchema = z.object({
  summary: RunSummarySchema,
  plan: PlanSchema,
  progress: ProgressSchema.nullable(),
  steps: z.array(
    z.object({
      kind: z.string(),
      title: z.string(),
      state: z.enum(['waiting', 'begun', 'done', 'failed']),
      leftOut: z.boolean().optional(),
    }),
  ),
  messages: z.array(
    z.object({ at: z.string(), host: z.string(), level: z.enum(['info', 'warning']), text: z.string() }),
  ),
  retry: z.object({ attempt: z.int(), until: z.string(), error: FailureSchema }).nullable(),
  receipt: ReceiptSchema.nullable(),
  /** As the person has set it since the run began. */
  paused: z.boolean(),
  limit: z.number().positive().nullable(),
});
export type RunDetail = z.infer<typeof RunDetailSchema>;
