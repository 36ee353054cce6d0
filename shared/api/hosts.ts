/** What crosses between window and main process about hosts. */
import { z } from 'zod';
import {
  CheckStateSchema,
  FingerprintSchema,
  HostColourSchema,
  HostNameSchema,
  PrivilegeSchema,
  SshAddressSchema,
  SshAliasSchema,
} from '../model/host.ts';
import { ZfsSchema } from '../model/inventory.ts';

/** How a new SSH host is reached and logged in to; nothing secret. */
export const NewHostSchema = z.object({
  name: HostNameSchema,
  address: SshAddressSchema,
  identityFile: z.string().min(1).nullable(),
  privilege: PrivilegeSchema,
  jump: HostNameSchema.nullable().default(null),
  notes: z.string().max(4000).default(''),
  colour: HostColourSchema.nullable().default(null),
});
export type NewHost = z.input<typeof NewHostSchema>;

/** What the user's own ~/.ssh/known_hosts says of a key. */
export const KnownSchema = z.object({
  /** `known`: the file has this key for the host. `changed`: it has others of this type. `revoked`: it forbids this key. */
  state: z.enum(['unknown', 'known', 'changed', 'revoked', 'unreadable']),
  file: z.string(),
  /** Fingerprints that the file has for this host (for `revoked`: the one forbidden), with the line each stands on. */
  entries: z.array(z.object({ line: z.int(), type: z.string(), fingerprint: FingerprintSchema })),
});
export type Known = z.infer<typeof KnownSchema>;

export const SeenKeySchema = z.object({
  type: z.string(),
  fingerprint: FingerprintSchema,
  known: KnownSchema,
  /** The command that shows the fingerprint on the host itself. */
  compare: z.string(),
});
export type SeenKey = z.infer<typeof SeenKeySchema>;

/** What can be changed of a host; what is left out stays. A new `name` renames it. */
export const HostChangesSchema = z
  .object({
    name: HostNameSchema,
    address: SshAddressSchema,
    identityFile: z.string().min(1).nullable(),
    privilege: PrivilegeSchema,
    /** Replaces the pinned key: a deliberate act of its own. */
    hostKey: FingerprintSchema,
    jump: HostNameSchema.nullable(),
    carrier: z.enum(['auto', 'system']),
    notes: z.string().max(4000),
    colour: HostColourSchema.nullable(),
  })
  .partial();
export type HostChanges = z.infer<typeof HostChangesSchema>;

/** A host that ~/.ssh/config names. */
export const ImportableSchema = z.object({
  alias: SshAliasSchema,
  /** Proposed for the host book. */
  name: HostNameSchema,
  address: SshAddressSchema,
  identityFile: z.string().nullable(),
  /** The hops of ProxyJump, the first one nearest to this computer; they are taken over, too. */
  jumps: z.array(z.string()),
  carrier: z.enum(['auto', 'system']),
  /** What cannot be honoured, or is honoured by another way, in sentences. */
  remarks: z.array(z.string()),
  /** The host of the book that has this alias or address already. */
  present: HostNameSchema.nullable(),
});
export type Importable = z.infer<typeof ImportableSchema>;

/** Something that makes a check pass. */
export const FixSchema = z.object({
  /** Stable, kebab-case; what `hosts.fix` is called with. */
  id: z.string(),
  label: z.string(),
  /** Exactly what is run or written, to be read before; several lines are possible. */
  command: z.string(),
  /** Where: on the host, or here. */
  where: z.enum(['host', 'here']),
  /** True if Sluice can do it itself after being told to. */
  canDo: z.boolean(),
  /** True if the user's password on the host will be asked for (as a prompt). */
  asksPassword: z.boolean(),
});
export type Fix = z.infer<typeof FixSchema>;

/** One line of a host check. */
export const CheckSchema = z.object({
  code: z.string(),
  state: CheckStateSchema,
  title: z.string(),
  detail: z.string(),
  /** What was seen, by name; for the curious and for scripts. */
  evidence: z.record(z.string(), z.unknown()).default({}),
  /** The safest first. */
  fixes: z.array(FixSchema).default([]),
});
export type Check = z.infer<typeof CheckSchema>;

export const HostReportSchema = z.object({
  checks: z.array(CheckSchema),
  zfs: ZfsSchema.nullable(),
  /** ISO time at which the check ended. */
  at: z.string(),
});
export type HostReport = z.infer<typeof HostReportSchema>;

/** What comes while a host is checked: its lines one by one, then all of them. */
export const CheckEventSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('check'), check: CheckSchema }),
  z.object({ event: z.literal('report'), report: HostReportSchema }),
]);
export type CheckEvent = z.infer<typeof CheckEventSchema>;
