/**
 * What a comparison of contents has found so far, in `verify/` of the state folder, so that an interrupted one resumes where it was:
 * reading may take days. Snapshots do not change, so what was read of them stays true. A note of another format is as good as none.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ContentProofSchema, DifferenceSchema, type VerifyRequest } from '../../shared/model/verify.ts';
import { StandingSchema } from './compare-lines.ts';

/** One snapshot that was compared to its end. */
const ComparedContentSchema = z.object({
  guid: z.string(),
  proof: ContentProofSchema,
  /** Those that are named, and how many there are. */
  differences: z.array(DifferenceSchema),
  different: z.int(),
});
export type ComparedContent = z.infer<typeof ComparedContentSchema>;

const NoteSchema = z.object({
  /** 2: proofs of before may be of files that were never read. */
  format: z.literal(2),
  /** ISO time of the last word. */
  at: z.string(),
  done: z.array(ComparedContentSchema),
  underWay: z.object({ guid: z.string(), copy: z.string(), standing: StandingSchema }).nullable(),
});
export type Note = z.infer<typeof NoteSchema>;
export type Noted = Omit<Note, 'at' | 'format'>;

/** ms: older notes are of copies that nobody remembers; everything is read again then. */
const OLDEST = 7 * 24 * 3600_000;

export class VerifyNotes {
  readonly #folder: string;

  constructor(stateDir: string) {
    this.#folder = join(stateDir, 'verify');
  }

  #file(request: VerifyRequest): string {
    const { source, destination } = request;
    const key = [source.host, source.dataset, source.snapshot ?? '', destination.host, destination.dataset].join('\n');
    return join(this.#folder, `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.json`);
  }

  /** @returns null if there is nothing to resume from */
  read(request: VerifyRequest): Note | null {
    try {
      const note = NoteSchema.safeParse(JSON.parse(readFileSync(this.#file(request), 'utf8')));
      return note.success && Date.now() - Date.parse(note.data.at) < OLDEST ? note.data : null;
    } catch {
      return null;
    }
  }

  write(request: VerifyRequest, note: Noted): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const file = this.#file(request);
    const whole = `${file}.${process.pid}`;
    writeFileSync(whole, JSON.stringify({ format: 2, at: new Date().toISOString(), ...note }), {
      mode: 0o600,
      flush: true,
    });
    renameSync(whole, file);
  }

  /** The comparison has come to its end. */
  forget(request: VerifyRequest): void {
    rmSync(this.#file(request), { force: true });
  }
}
