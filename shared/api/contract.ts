/**
 * The contract between the main process and whoever draws: the window over a MessagePort, a browser over a WebSocket.
 * Everything that crosses is checked against these schemas on the main process's side.
 */
import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { DraftSchema } from '../model/draft.ts';
import { FailureSchema } from '../model/failure.ts';
import { FingerprintSchema, HostNameSchema, HostSchema, SshAddressSchema, SshAliasSchema } from '../model/host.ts';
import { BookmarkSchema, DatasetSchema, PoolSchema, SnapshotSchema, ZfsSchema } from '../model/inventory.ts';
import { DatasetNameSchema, LabelSchema } from '../model/names.ts';
import { PackagePreviewSchema } from '../model/package-preview.ts';
import { PlanSchema } from '../model/plan.ts';
import {
  BreakageSchema,
  BrokenSchema,
  PracticeDialectSchema,
  PracticeStateSchema,
  StorySchema,
} from '../model/practice.ts';
import { PromptEventSchema } from '../model/prompt.ts';
import { RequestSchema } from '../model/request.ts';
import { ReceiptSchema, RunDetailSchema, RunEventSchema, RunIdSchema, RunSummarySchema } from '../model/run.ts';
import { SettingsSchema } from '../model/settings.ts';
import { VerifyEventSchema, VerifyRequestSchema } from '../model/verify.ts';
import {
  CheckEventSchema,
  HostChangesSchema,
  HostReportSchema,
  ImportableSchema,
  NewHostSchema,
  SeenKeySchema,
} from './hosts.ts';

export type { Check, Fix, HostChanges, HostReport, Importable, Known, NewHost, SeenKey } from './hosts.ts';

/** Every procedure may fail with this one error, whose data is a Failure. */
const procedure = oc.errors({ SLUICE: { status: 422, data: FailureSchema } });

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
  /** True if the system's keychain can keep secrets over the end of Sluice. */
  keychain: z.boolean(),
  /** How a schedule calls `sluice` on this computer, the folder of its state included. */
  program: z.array(z.string()).min(1),
});
export type AppInfo = z.infer<typeof AppInfoSchema>;

export const contract = {
  app: {
    info: procedure.output(AppInfoSchema),
  },
  settings: {
    get: procedure.output(SettingsSchema),
    /** Changes some and answers with all. */
    change: procedure.input(SettingsSchema.partial()).output(SettingsSchema),
  },
  /** What was chosen in the wizard and not started yet; for a window that has lost its own memory of it. */
  drafts: {
    get: procedure.output(DraftSchema.nullable()),
    keep: procedure.input(DraftSchema.nullable()).output(z.null()),
  },
  hosts: {
    list: procedure.output(z.array(HostSchema)),
    /**
     * Connects just far enough to see the host key, through `jump` if given; nothing is sent to the host but the SSH
     * handshake.
     */
    seeKey: procedure
      .input(z.object({ address: SshAddressSchema, jump: HostNameSchema.nullable().default(null) }))
      .output(SeenKeySchema),
    /**
     * Pins the key the user has seen; the connection is refused if the host shows another. With `writeKnownHosts` the
     * key is also appended to the user's own ~/.ssh/known_hosts.
     */
    add: procedure
      .input(NewHostSchema.extend({ hostKey: FingerprintSchema, writeKnownHosts: z.boolean().default(false) }))
      .output(HostSchema),
    edit: procedure.input(z.object({ name: HostNameSchema, changes: HostChangesSchema })).output(HostSchema),
    duplicate: procedure.input(z.object({ name: HostNameSchema, as: HostNameSchema })).output(HostSchema),
    remove: procedure.input(z.object({ name: HostNameSchema })).output(z.null()),
    /** The hosts that ~/.ssh/config names; `faults` says in sentences what of it could not be read. */
    importable: procedure.output(
      z.object({ file: z.string(), hosts: z.array(ImportableSchema), faults: z.array(z.string()) }),
    ),
    /**
     * Takes one over, with the hosts it jumps through; returns those that are new, the last one being the wanted one.
     * Their keys are asked for (prompt `host-key`) when they are first connected to, unless ~/.ssh/known_hosts has them.
     */
    import: procedure.input(z.object({ alias: SshAliasSchema, name: HostNameSchema })).output(z.array(HostSchema)),
    /** Each line as soon as it is known; ends with the report. */
    check: procedure.input(z.object({ name: HostNameSchema })).output(eventIterator(CheckEventSchema)),
    /**
     * Does what a fix of the last check shows, and checks again. To be called only after the person has seen its command.
     * Fails with `fix-unknown` if the last check offered no such fix.
     */
    fix: procedure.input(z.object({ name: HostNameSchema, fix: z.string() })).output(HostReportSchema),
    /** Something of the host book that a person should know: that it was damaged, and where the file was kept. */
    damage: procedure.output(FailureSchema.nullable()),
  },
  prompts: {
    /** Open questions first, then each new one and each that was closed. Ends with the signal only. */
    watch: procedure.output(eventIterator(PromptEventSchema)),
    /** One answer for each field. Fails with `prompt-unknown` if the question is over. */
    answer: procedure
      .input(z.object({ id: z.string(), answers: z.array(z.string()), remember: z.boolean().default(false) }))
      .output(z.null()),
    cancel: procedure.input(z.object({ id: z.string() })).output(z.null()),
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
    /**
     * Runs the command of a finding's fix on its host as root, or through sudo with the password that is asked for. To be
     * called only after the person has seen the command. Fails with `fix-by-hand` where the fix has none of this kind.
     */
    applyFix: procedure.input(z.object({ plan: z.string(), finding: z.int(), fix: z.int() })).output(z.null()),
    /** Each kind of package of a source, as a first copy of it. Reads the source, writes nothing. */
    preview: procedure
      .input(
        z.object({
          host: HostNameSchema,
          dataset: DatasetNameSchema,
          also: z.array(DatasetNameSchema),
          exclude: z.array(DatasetNameSchema),
          snapshot: LabelSchema.nullable(),
          take: z.boolean(),
        }),
      )
      .output(z.array(PackagePreviewSchema)),
  },
  /** Compares two trees that exist; changes nothing anywhere. */
  verify: {
    start: procedure.input(VerifyRequestSchema).output(z.object({ id: z.string() })),
    /** How it stands, then what comes; ends with `finished`. */
    watch: procedure.input(z.object({ id: z.string() })).output(eventIterator(VerifyEventSchema)),
    cancel: procedure.input(z.object({ id: z.string() })).output(z.null()),
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
    /** Streams stand still with their connections, and no further step is begun. Also for a run of another process. */
    pause: procedure.input(z.object({ run: RunIdSchema })).output(z.null()),
    goOn: procedure.input(z.object({ run: RunIdSchema })).output(z.null()),
    /** Bytes per second of all streams together, from now on; null: no limit. `limit-fixed` where they pass this computer by. */
    setLimit: procedure.input(z.object({ run: RunIdSchema, limit: z.number().positive().nullable() })).output(z.null()),
    resume: procedure.input(z.object({ run: RunIdSchema })).output(z.null()),
    receipt: procedure.input(z.object({ run: RunIdSchema })).output(ReceiptSchema),
  },
  /** Only where practice hosts are offered (`app.info`), and refused with `not-practice` elsewhere; `open` the other way round. */
  practice: {
    /**
     * Opens a window on practice hosts beside this one, with state of its own. With `address` it waits in a browser
     * there, which opens once; null: the window is open.
     */
    open: procedure.output(z.object({ address: z.string().nullable() })),
    stories: procedure.output(z.array(StorySchema)),
    /** How each practice host stands, in the order they were started. */
    hosts: procedure.output(z.array(PracticeStateSchema)),
    /** Starts the third host, `office`, and answers it; there is one at most. */
    addOffice: procedure.output(HostSchema),
    break: procedure.input(z.object({ what: BreakageSchema, host: HostNameSchema })).output(BrokenSchema),
    /** The host speaks as that ZFS from now on; connections to it end. */
    setDialect: procedure.input(z.object({ host: HostNameSchema, dialect: PracticeDialectSchema })).output(z.null()),
    /** Puts all practice hosts back as they were at the start, dialects aside; connections to them end. */
    reset: procedure.output(z.null()),
  },
};
export type Contract = typeof contract;
