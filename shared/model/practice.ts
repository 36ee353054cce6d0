/** The practice hosts as the window sees them: what there is to learn, what can be broken, which ZFS they pretend to have. */
import { z } from 'zod';

/** Which ZFS a practice host pretends to have; all but the first are simulated from documents, not held to a real one. */
export const PracticeDialectSchema = z.enum(['openzfs-2.3', 'openzfs-0.8', 'illumos', 'solaris-11.4', 'legacy']);
export type PracticeDialect = z.infer<typeof PracticeDialectSchema>;

/** What a practice host pretends to have unless it is told otherwise. */
export const DEFAULT_DIALECT: PracticeDialect = 'openzfs-2.3';

/** The two that are there from the start, and the one on request. */
export const PracticeNameSchema = z.enum(['laptop', 'backupbox', 'office']);
export type PracticeName = z.infer<typeof PracticeNameSchema>;
/** By the host's name. */
export type PracticeDialects = Readonly<Partial<Record<PracticeName, PracticeDialect>>>;

/** What can be broken on a practice host. */
export const BreakageSchema = z.enum([
  'cut-line',
  'fill-pool',
  'modify-destination',
  'change-host-key',
  'take-permission',
]);
export type Breakage = z.infer<typeof BreakageSchema>;

/** Something that was broken. */
export const BrokenSchema = z.object({
  what: BreakageSchema,
  /** ISO time. */
  at: z.string(),
  /** The pools that were filled or the datasets that were written to; of the others nothing. */
  touched: z.array(z.string()),
});
export type Broken = z.infer<typeof BrokenSchema>;

export const PracticeStateSchema = z.object({
  host: z.string(),
  dialect: PracticeDialectSchema,
  /** Since the start or the last reset, oldest first. */
  broken: z.array(BrokenSchema),
});
export type PracticeState = z.infer<typeof PracticeStateSchema>;

const EndSchema = z.object({ host: z.string(), dataset: z.string() });

/** One thing to do on the practice hosts, by what it takes; its words are the window's. */
export const LessonSchema = z.object({
  id: z.enum([
    'first-copy',
    'only-changes',
    'rarities',
    'package',
    'clone',
    'raw',
    'continue',
    'in-the-way',
    'too-small',
    'just-fits',
  ]),
  /** Where it begins: a page for looking, or a step of the wizard with what is known filled in. */
  opens: z.enum(['explore', 'source', 'snapshot', 'review']),
  source: EndSchema,
  /** The copy, if the lesson names one; `exists` if it is there from the start. */
  copy: EndSchema.extend({ exists: z.boolean() }).nullable(),
});
export type Lesson = z.infer<typeof LessonSchema>;

/** A practice host's story: a card about one of its pools. */
export const StorySchema = z.object({
  id: z.enum(['laptop-home', 'office-server', 'backup-diverged', 'disk-nearly-full']),
  host: z.string(),
  pool: z.string(),
  /** Of its encrypted dataset; a practice host has no secrets. */
  passphrase: z.string().nullable(),
  lessons: z.array(LessonSchema),
});
export type Story = z.infer<typeof StorySchema>;
