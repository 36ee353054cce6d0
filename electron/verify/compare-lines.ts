/** Compares what two hosts say of one snapshot, record by record as they come; nothing is kept but counts and the differences. */
import { z } from 'zod';
import { ContentPartSchema, ENTRY_CUT, isRegular, readPart, readRecord, sizeOf } from '../../shared/zfs/content.ts';

/** Differences that are named; the rest is counted. */
export const NAMED = 1000;

const EntrySchema = z.object({
  part: ContentPartSchema,
  path: z.string(),
  /** null: there is none on that side. */
  source: z.string().nullable(),
  destination: z.string().nullable(),
});
export type Entry = z.infer<typeof EntrySchema>;

const FilesSchema = z.object({
  /** Regular files among the entries. */
  regular: z.int(),
  /** Those of them whose digest was reported: fewer of them than regular files means that some were never read. */
  digests: z.int(),
  /** The last file whose digest was reported. */
  last: z.string().nullable(),
});
const noFiles: z.infer<typeof FilesSchema> = { regular: 0, digests: 0, last: null };

/** How far two readings have been compared, and what came out so far: enough to resume from there. */
export const StandingSchema = z.object({
  part: ContentPartSchema,
  /** Records of this part that each side has reported and that are compared. */
  source: z.int(),
  destination: z.int(),
  /** What each side has reported about its files. */
  sourceFiles: FilesSchema,
  destinationFiles: FilesSchema,
  entries: z.int(),
  files: z.int(),
  blocks: z.int(),
  bytes: z.int(),
  /** False as long as not both sides have listed extended attributes. */
  attributes: z.boolean(),
  different: z.int(),
  /** The first of those that differ. */
  found: z.array(EntrySchema),
});
export type Standing = z.infer<typeof StandingSchema>;

export const beginning = (part: 'entries' | 'blocks'): Standing => ({
  part,
  source: 0,
  destination: 0,
  sourceFiles: { ...noFiles },
  destinationFiles: { ...noFiles },
  entries: 0,
  files: 0,
  blocks: 0,
  bytes: 0,
  attributes: false,
  different: 0,
  found: [],
});

type Lines = AsyncIterator<string, unknown>;

/** One side's records, with the part each belongs to; what it has told of its files is carried on in `files`. */
class RecordReader {
  part: Standing['part'] | null = null;
  /** Number of records in the part, if the host has reported it. */
  records: number | null = null;
  record: { readonly path: string; readonly value: string } | null = null;
  ended = false;
  readonly #lines: Lines;
  readonly #files: Standing['sourceFiles'];
  /** The last file reported before an interruption, until a later one is reported. */
  #before: string | null;

  constructor(lines: Lines, files: Standing['sourceFiles']) {
    this.#lines = lines;
    this.#files = files;
    this.#before = files.last;
  }

  /**
   * Takes the record into the counts of files. One that could not be read has no digest, so that a reading which resumes after so
   * many digests resumes too early, and never reports again what it could not read: a digest reported before counts once.
   */
  count(): void {
    if (this.record === null) return;
    const { path, value } = this.record;
    if (this.part === 'entries' && isRegular(value)) this.#files.regular += 1;
    if (this.part !== 'files' || (this.#before !== null && order('files', path, this.#before) <= 0)) return;
    this.#before = null;
    this.#files.digests += 1;
    this.#files.last = path;
  }

  /** The next record; at the beginning of a part there is none. */
  async next(): Promise<void> {
    const next = await this.#lines.next();
    this.record = null;
    if (next.done) {
      this.ended = true;
      return;
    }
    const begun = readPart(next.value);
    if (begun !== null) {
      this.part = begun.part;
      this.records = begun.records;
    } else if (this.part !== null) this.record = readRecord(this.part, next.value);
  }

  /** Passes over the rest of a part. */
  async skip(part: Standing['part']): Promise<void> {
    do await this.next();
    while (!this.ended && this.part === part);
  }
}

/** As `sort` ordered them in the C locale: entries as whole records, in which the cut follows the path, the rest by path alone. */
function order(part: Standing['part'] | null, a: string, b: string): number {
  const end = part === 'entries' ? ENTRY_CUT : '';
  return Buffer.compare(Buffer.from(a + end), Buffer.from(b + end));
}

export interface Listeners {
  /** After each record. @param total of the part, where it is known */
  readonly onRecord: (standing: Standing, total: number | null) => void;
  /** The two sides have come to a part; what was compared of the parts before it needs no second look. */
  readonly onPart: (standing: Standing) => void;
}

/**
 * Both sides stand at the beginning of a part, or at their ends.
 *
 * @returns false if there is nothing more to compare
 */
async function enterPart(
  a: RecordReader,
  b: RecordReader,
  standing: Standing,
  onPart: Listeners['onPart'],
): Promise<boolean> {
  if (a.ended || b.ended) return false;
  if (a.part !== b.part) {
    // getfattr on one side only: that part is passed over.
    const having = a.part === 'attributes' ? a : b.part === 'attributes' ? b : null;
    await having?.skip('attributes');
    return having !== null;
  }
  if (a.part === null || a.part === 'end') return false;
  if (a.part !== standing.part) Object.assign(standing, { part: a.part, source: 0, destination: 0 });
  onPart(standing);
  if (a.part === 'attributes') standing.attributes = true;
  await Promise.all([a.next(), b.next()]);
  return true;
}

/** Takes into the standing what both have of one path, or one of them alone. */
function count(
  standing: Standing,
  part: Standing['part'],
  mine: RecordReader['record'],
  theirs: RecordReader['record'],
): void {
  if (mine === null || theirs === null || mine.value !== theirs.value) {
    standing.different += 1;
    if (standing.found.length < NAMED)
      standing.found.push({
        part,
        path: mine?.path ?? theirs?.path ?? '',
        source: mine?.value ?? null,
        destination: theirs?.value ?? null,
      });
  }
  if (mine !== null) {
    standing.source += 1;
    standing.bytes += sizeOf(part, mine.value);
    if (part === 'entries' || part === 'files' || part === 'blocks') standing[part] += 1;
  }
  if (theirs !== null) standing.destination += 1;
}

/**
 * @param standing where the two readings begin; carried on as they are compared
 * @returns false if a side ended before its end: what was read proves nothing then
 * @throws what the lines throw
 */
export async function compareLines(
  source: Lines,
  destination: Lines,
  standing: Standing,
  { onRecord, onPart }: Listeners,
): Promise<boolean> {
  const [a, b] = [
    new RecordReader(source, standing.sourceFiles),
    new RecordReader(destination, standing.destinationFiles),
  ];
  await Promise.all([a.next(), b.next()]);
  // What one side has beyond the other's end says nothing, and may take days to be read.
  while (!(a.ended || b.ended)) {
    if (a.record === null && b.record === null) {
      if (!(await enterPart(a, b, standing, onPart))) break;
      continue;
    }
    const part = (a.record === null ? b.part : a.part) ?? 'entries';
    const sides = a.record === null ? 1 : b.record === null ? -1 : order(a.part, a.record.path, b.record.path);
    const [mine, theirs] = [sides <= 0 ? a.record : null, sides >= 0 ? b.record : null];
    count(standing, part, mine, theirs);
    if (mine !== null) a.count();
    if (theirs !== null) b.count();
    onRecord(standing, a.records ?? b.records ?? (part === 'entries' ? null : standing.entries));
    await Promise.all([mine === null ? null : a.next(), theirs === null ? null : b.next()]);
  }
  return a.part === 'end' && b.part === 'end';
}
