/** What the user asked for. */
import { z } from 'zod';
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

export const ReceiveProfileSchema = z.object({
  readonly: z.enum(['on', 'off', 'leave']),
  mount: z.boolean(),
});
export type ReceiveProfile = z.infer<typeof ReceiveProfileSchema>;

export const RequestSchema = z.object({
  source: z.object({
    host: z.string(),
    dataset: DatasetNameSchema,
    /** null: the newest snapshot at the time of planning. */
    snapshot: LabelSchema.nullable(),
  }),
  destination: z.object({ host: z.string(), dataset: DatasetNameSchema }),
  base: BaseChoiceSchema,
  /** Send every snapshot between base and target (`-I`), or only the target (`-i`). */
  intermediates: z.boolean(),
  onDivergence: DivergenceSchema,
  partial: PartialChoiceSchema,
  receive: ReceiveProfileSchema,
  raw: z.enum(['auto', 'yes', 'no']),
  /** Bytes per second, null for no limit. */
  limit: z.number().positive().nullable(),
});
export type ReplicationRequest = z.infer<typeof RequestSchema>;

export const defaultReceiveProfile: ReceiveProfile = { readonly: 'on', mount: false };

/** Everything but the two ends, as Next-Next-Next would choose it. */
export const defaultOptions: Omit<ReplicationRequest, 'source' | 'destination'> = {
  base: { kind: 'auto' },
  intermediates: true,
  onDivergence: 'stop',
  partial: 'keep',
  receive: defaultReceiveProfile,
  raw: 'auto',
  limit: null,
};
