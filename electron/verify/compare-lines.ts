/** Compares what two hosts say of one snapshot, record by record as they come; nothing is kept but the differences. */
import { type ContentPart, readPart, readRecord, sizeOfEntry } from '../../shared/zfs/content.ts';

export interface Entry {
  readonly part: ContentPart;
  readonly path: string;
  /** null: there is none on that side. */
  readonly source: string | null;
  readonly destination: string | null;
}

export interface ContentCount {
  readonly entries: number;
  readonly files: number;
  readonly bytes: number;
  /** False if one side could not list extended attributes. */
  readonly attributes: boolean;
  /** False if a side ended before its end: what was read proves nothing. */
  readonly complete: boolean;
}

type Lines = AsyncIterator<string, unknown>;

/** One side's records, with the part each belongs to. */
class Side {
  part: ContentPart | null = null;
  record: { readonly path: string; readonly value: string } | null = null;
  ended = false;
  readonly #lines: Lines;

  constructor(lines: Lines) {
    this.#lines = lines;
  }

  /** The next record; at the beginning of a part there is none. */
  async next(): Promise<void> {
    const next = await this.#lines.next();
    this.record = null;
    if (next.done) {
      this.ended = true;
      return;
    }
    const part = readPart(next.value);
    if (part !== null) this.part = part;
    else if (this.part !== null) this.record = readRecord(this.part, next.value);
  }
}

/** As `sort` ordered them in the C locale: entries as whole records, in which a tab follows the path, the rest by path alone. */
function order(part: ContentPart | null, a: string, b: string): number {
  const end = part === 'entries' ? '\t' : '';
  return Buffer.compare(Buffer.from(a + end), Buffer.from(b + end));
}

/**
 * @param onEntry called for each record that differs
 * @param onRecord called for each record compared
 * @throws what the lines throw
 */
export async function compareLines(
  source: Lines,
  destination: Lines,
  onEntry: (entry: Entry) => void,
  onRecord: (part: ContentPart) => void,
): Promise<ContentCount> {
  const [a, b] = [new Side(source), new Side(destination)];
  const count = { entries: 0, files: 0, bytes: 0 };
  let attributes = false;
  await Promise.all([a.next(), b.next()]);
  for (;;) {
    if (a.record === null && b.record === null) {
      if (a.ended || b.ended || a.part !== b.part) {
        // getfattr on one side only: that part is passed over.
        const skipped = a.part === 'attributes' ? a : b.part === 'attributes' ? b : null;
        if (skipped === null || a.ended || b.ended) break;
        do await skipped.next();
        while (!skipped.ended && skipped.part === 'attributes');
        continue;
      }
      if (a.part === 'end') break;
      if (a.part === 'attributes') attributes = true;
      await Promise.all([a.next(), b.next()]);
      continue;
    }
    const part = (a.record === null ? b.part : a.part) ?? 'entries';
    const sides = a.record === null ? 1 : b.record === null ? -1 : order(a.part, a.record.path, b.record.path);
    const [mine, theirs] = [sides <= 0 ? a.record : null, sides >= 0 ? b.record : null];
    if (mine?.value !== theirs?.value || mine === null || theirs === null)
      onEntry({
        part,
        path: mine?.path ?? theirs?.path ?? '',
        source: mine?.value ?? null,
        destination: theirs?.value ?? null,
      });
    if (mine !== null && part === 'entries') {
      count.entries += 1;
      count.bytes += sizeOfEntry(mine.value);
    }
    if (mine !== null && part === 'files') count.files += 1;
    onRecord(part);
    await Promise.all([mine === null ? null : a.next(), theirs === null ? null : b.next()]);
  }
  return { ...count, attributes, complete: a.part === 'end' && b.part === 'end' };
}
