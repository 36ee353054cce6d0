/** Which of several snapshots are meant: by name, by age, by the naming scheme of the tool that made them. */
import { z } from 'zod';

/** Tools whose automatic snapshots are known by their names. */
export const NamingSchemeSchema = z.enum(['sanoid', 'zrepl', 'zfs-auto-snapshot', 'zfs_autobackup', 'sluice']);
export type NamingScheme = z.infer<typeof NamingSchemeSchema>;

/** Matched against the label, the part behind the `@`. */
export const PatternSchema = z.discriminatedUnion('kind', [
  /** The text occurs anywhere in the label, upper and lower case alike. */
  z.object({ kind: z.literal('text'), text: z.string().min(1) }),
  /** `*` and `?`, for the whole label. */
  z.object({ kind: z.literal('glob'), glob: z.string().min(1) }),
  /** A JavaScript regular expression with the flag `u`, anywhere in the label. */
  z.object({ kind: z.literal('regex'), regex: z.string().min(1) }),
  z.object({ kind: z.literal('scheme'), scheme: NamingSchemeSchema }),
]);
export type Pattern = z.infer<typeof PatternSchema>;

export const SnapshotFilterSchema = z.object({
  /** One of these must match; empty: any snapshot. */
  include: z.array(PatternSchema),
  /** None of these may match. */
  exclude: z.array(PatternSchema),
  /** Seconds since 1970, both inclusive; null: open. */
  since: z.int().nullable(),
  until: z.int().nullable(),
});
export type SnapshotFilter = z.infer<typeof SnapshotFilterSchema>;
