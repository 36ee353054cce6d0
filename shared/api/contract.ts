/**
 * The contract between the main process and whoever draws: the window over a MessagePort, a browser over a WebSocket.
 * Everything that crosses is checked against these schemas on the main process's side.
 */
import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { FailureSchema } from '../model/failure.ts';
import { FingerprintSchema, HostNameSchema, HostSchema, PrivilegeSchema, SshAddressSchema } from '../model/host.ts';
import { BookmarkSchema, DatasetSchema, PoolSchema, SnapshotSchema, ZfsSchema } from '../model/inventory.ts';
import { DatasetNameSchema, LabelSchema } from '../model/names.ts';
import { PlanSchema, StreamSchema } from '../model/plan.ts';
import { PackageSchema, RequestSchema } from '../model/request.ts';
import { ReceiptSchema, RunDetailSchema, RunEventSchema, RunIdSchema, RunSummarySchema } from '../model/run.ts';

/** Every procedure may fail with this one error, whose data is a Failure. */
const procedure = oc.errors({ SLUICE: { status: 422, data: FailureSchema } });

/** How a new SSH host is reached and logged in to; nothing secret. */
export const NewHostSchema = z.object({
  name: HostNameSchema,
  address: SshAddressSchema,
  identityFile: z.string().min(1).nullable(),
  privilege: PrivilegeSchema,
});
export type NewHost = z.infer<typeof NewHostSchema>;

/** One line of a host check. */
export const CheckSchema = z.object({
  code: z.string(),
  state: z.enum(['ok', 'notes', 'warns', 'blocks']),
  title: z.string(),
  detail: z.string(),
});
export type Check = z.infer<typeof CheckSchema>;

/** A host's tree without its snapshots, which are asked for dataset by dataset. */
export const TreeSchema = z.object({
  host: z.string(),
  readAt: z.string(),
  zfs: ZfsSchema,
  root: z.boolean(),
  pools: z.array(PoolSchema),
  datasets: z.array(DatasetSchema.extend({ snapshots: z.int(), newestSnapshot: SnapshotSchema.nullable() })),
});
export type Tree = z.infer<typeof TreeSchema>;

/** What a package of a source would hold as a first copy, before a destination is chosen. */
export const PackagePreviewSchema = z.object({
  package: PackageSchema,
  /** The first of them; `count` says how many there are. */
  streams: z.array(StreamSchema.pick({ type: true, snapshot: true, from: true })),
  count: z.int(),
  /** Datasets of the package. */
  datasets: z.int(),
  /** Why it cannot be sent as it is, in one sentence; null if nothing is against it. */
  blocked: z.string().nullable(),
});
export type PackagePreview = z.infer<typeof PackagePreviewSchema>;

export const AppInfoSchema = z.object({
  version: z.string(),
  shell: z.enum(['electron', 'browser']),
  /** True if only practice hosts are offered, with state kept apart. */
  practice: z.boolean(),
  stateDir: z.string(),
  /** True if ZFS tools were found on this computer. */
  localZfs: z.boolean(),
  /** True if an SSH agent answers on this computer. */
  agent: z.boolean(),
});
export type AppInfo = z.infer<typeof AppInfoSchema>;

export const contract = {
  app: {
    info: procedure.output(AppInfoSchema),
  },
  hosts: {
    list: procedure.output(z.array(HostSchema)),
    /** Connects just far enough to see the host key; nothing is sent to the host but the SSH handshake. */
    seeKey: procedure
      .input(z.object({ address: SshAddressSchema }))
      .output(z.object({ type: z.string(), fingerprint: FingerprintSchema })),
    /** Pins the key the user has seen; the connection is refused if the host shows another. */
    add: procedure.input(NewHostSchema.extend({ hostKey: FingerprintSchema })).output(HostSchema),
    remove: procedure.input(z.object({ name: HostNameSchema })).output(z.null()),
    check: procedure
      .input(z.object({ name: HostNameSchema }))
      .output(z.object({ checks: z.array(CheckSchema), zfs: ZfsSchema.nullable() })),
  },
  inventory: {
    tree: procedure.input(z.object({ host: HostNameSchema })).output(TreeSchema),
    snapshots: procedure
      .input(z.object({ host: HostNameSchema, dataset: DatasetNameSchema }))
      .output(z.object({ snapshots: z.array(SnapshotSchema), bookmarks: z.array(BookmarkSchema) })),
  },
  plans: {
    /** Reads both hosts afresh and plans. Writes nothing anywhere. */
    make: procedure.input(RequestSchema).output(z.object({ id: z.string(), plan: PlanSchema })),
    /** Each kind of package of a source, as a first copy of it. Reads the source, writes nothing. */
    preview: procedure
      .input(
        z.object({
          host: HostNameSchema,
          dataset: DatasetNameSchema,
          exclude: z.array(DatasetNameSchema),
          snapshot: LabelSchema.nullable(),
          take: z.boolean(),
        }),
      )
      .output(z.array(PackagePreviewSchema)),
  },
  runs: {
    /**
     * Carries out a plan that was made and shown. Hosts are read and planned again first: if the steps would now be
     * others, the run is refused with `plan-changed`. `confirmed` holds the target's name, typed, for a plan with losses.
     */
    start: procedure
      .input(z.object({ plan: z.string(), confirmed: z.string().nullable() }))
      .output(z.object({ run: RunIdSchema })),
    list: procedure.output(z.array(RunSummarySchema)),
    get: procedure.input(z.object({ run: RunIdSchema })).output(RunDetailSchema),
    /** Events from now on; ends with the run. */
    watch: procedure.input(z.object({ run: RunIdSchema })).output(eventIterator(RunEventSchema)),
    cancel: procedure.input(z.object({ run: RunIdSchema })).output(z.null()),
    resume: procedure.input(z.object({ run: RunIdSchema })).output(z.null()),
    receipt: procedure.input(z.object({ run: RunIdSchema })).output(ReceiptSchema),
  },
};
export type Contract = typeof contract;
