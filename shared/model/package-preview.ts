/** What a package of a source would hold as a first copy, before a destination is chosen. */
import { z } from 'zod';
import { StreamSchema } from './plan.ts';
import { PackageSchema } from './request.ts';

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
