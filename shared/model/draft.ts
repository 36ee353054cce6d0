/** What a person has chosen in the wizard so far; kept by the main process, so that no window's end costs it. */
import { z } from 'zod';
import { NamingSchema, RequestSchema } from './request.ts';

export const DraftSchema = z.object({
  sourceHost: z.string().nullable(),
  sourceDataset: z.string().nullable(),
  /** Further datasets of the source's host that are treated like the first. */
  also: z.array(z.string()).readonly(),
  /** Left out of the package, with all below them. */
  exclude: z.array(z.string()).readonly(),
  /** Label; null: the newest at the time of planning. As it was typed: it need not be a label yet. */
  snapshot: z.string().nullable(),
  /** The snapshot does not exist yet: the run takes it first. */
  take: z.boolean(),
  destinationHost: z.string().nullable(),
  /** A dataset of its own under `parent`, or `continued`, which exists. */
  mode: z.enum(['new', 'continue']),
  parent: z.string().nullable(),
  /** Below `parent`; may have several parts. */
  name: z.string(),
  continued: z.string().nullable(),
  naming: NamingSchema,
  options: RequestSchema.omit({ source: true, destination: true }),
});
export type Draft = z.infer<typeof DraftSchema>;
