/** What the user asked for. */
import { z } from 'zod';
import { SnapshotFilterSchema } from './filter.ts';
import { DatasetNameSchema, LabelSchema } from './names.ts';

export const BaseChoiceSchema = z.discriminatedUnion('kind', [
  /** The newest common snapshot by GUID, else a bookmark of one. */
  z.object({ kind: z.literal('auto') }),
  /** A full stream, whatever is common. */
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('snapshot'), label: LabelSchema }),
  z.object({ kind: z.literal('bookmark'), label: LabelSchema }),
]);
export type BaseChoice = z.infer<typeof BaseChoiceSchema>;

/** What is to happen when the destination changed since the base. `stop` is the default and names what changed. */
export const DivergenceSchema = z.enum(['stop', 'set-aside', 'rollback']);
export type Divergence = z.infer<typeof DivergenceSchema>;

/** What a half-received stream that does not fit the request is worth: kept (and the plan stops) or thrown away. */
export const PartialChoiceSchema = z.enum(['keep', 'discard']);

/** A property's name: lower case, a colon in those that users make. */
export const PropertyNameSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9:._-]*$/,
    'A property name has lower-case letters, digits, colon, dot, hyphen or underscore.',
  );

export const ReceiveProfileSchema = z.object({
  readonly: z.enum(['on', 'off', 'leave']),
  mount: z.boolean(),
  /** Further properties of the copy (`receive -o`). */
  set: z.array(z.tuple([PropertyNameSchema, z.string()])),
  /** Properties of the source that the copy shall not take (`receive -x`), besides those it never takes. */
  skip: z.array(PropertyNameSchema),
});
export type ReceiveProfile = z.infer<typeof ReceiveProfileSchema>;

/**
 * What is sent together. `replication`: dataset, descendants, all their snapshots, properties (what `-R` holds).
 * `recursive`: dataset, descendants, the chosen snapshot of each, and snapshots that clones in the package grow from.
 * `self-contained`: the same, and a clone that grows from outside the package is sent in full.
 */
export const PackageSchema = z.enum(['single', 'replication', 'recursive', 'self-contained']);
export type Package = z.infer<typeof PackageSchema>;

/**
 * How copies are named. `exact`: the destination is the copy's own name. `last-name`: the copy lies in it under its last
 * name (`receive -e`). `without-pool`: it lies in it under its whole path without the pool (`receive -d`).
 */
export const NamingSchema = z.enum(['exact', 'last-name', 'without-pool']);
export type Naming = z.infer<typeof NamingSchema>;

export const RequestSchema = z.object({
  package: PackageSchema,
  source: z.object({
    host: z.string(),
    dataset: DatasetNameSchema,
    /** Further datasets of the same host, treated like the first; `exact` names only one. */
    also: z.array(DatasetNameSchema),
    /** Datasets that are left out of the package, with all below them. */
    exclude: z.array(DatasetNameSchema),
    /** null: the newest snapshot at the time of planning. */
    snapshot: LabelSchema.nullable(),
    /** The snapshot does not exist yet: the run makes it first, of all datasets of the package at one instant. */
    take: z.boolean(),
  }),
  destination: z.object({ host: z.string(), dataset: DatasetNameSchema, naming: NamingSchema }),
  base: BaseChoiceSchema,
  /** Send every snapshot between base and target (`-I`), or only the target (`-i`). A replication package sends all. */
  intermediates: z.boolean(),
  /** Which snapshots between base and target are brought; null: all. The target always is. */
  filter: SnapshotFilterSchema.nullable(),
  /** Whether the source's own properties go along (`send -p`); `auto`: in a replication package. */
  properties: z.enum(['auto', 'yes', 'no']),
  onDivergence: DivergenceSchema,
  partial: PartialChoiceSchema,
  receive: ReceiveProfileSchema,
  raw: z.enum(['auto', 'yes', 'no']),
  /** Bytes per second, null for no limit. */
  limit: z.number().positive().nullable(),
  /** How bytes travel; `auto` takes the fastest that works. */
  route: z.enum(['auto', 'local', 'relay', 'direct']),
  /** With what streams are compressed on the way; `auto`: where it was measured to be faster. */
  compress: z.enum(['auto', 'zstd', 'lz4', 'no']),
  /** Datasets that are sent at the same time, at most. */
  concurrency: z.int().min(1).max(16),
  /** When a dataset of a package fails: end the run, or leave out what depends on it and go on with the rest. */
  onFailure: z.enum(['stop', 'skip-subtree']),
});
export type ReplicationRequest = z.infer<typeof RequestSchema>;

export const defaultReceiveProfile: ReceiveProfile = { readonly: 'on', mount: false, set: [], skip: [] };

/** Everything but the two ends, as Next-Next-Next would choose it. */
export const defaultOptions: Omit<ReplicationRequest, 'source' | 'destination'> = {
  package: 'single',
  base: { kind: 'auto' },
  intermediates: true,
  filter: null,
  properties: 'auto',
  onDivergence: 'stop',
  partial: 'keep',
  receive: defaultReceiveProfile,
  raw: 'auto',
  limit: null,
  route: 'auto',
  compress: 'auto',
  concurrency: 1,
  onFailure: 'stop',
};

/** What a source is besides host, dataset and snapshot, for a single dataset. */
export const plainSource = { also: [], exclude: [], take: false } satisfies Partial<ReplicationRequest['source']>;
