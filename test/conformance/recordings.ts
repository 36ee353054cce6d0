/** The recordings of OpenZFS 2.3.9: `test/conformance/openzfs-2.3.9/*.txt`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Entry, readTranscript } from './transcript.ts';

const FOLDER = join(import.meta.dirname, 'openzfs-2.3.9');

export interface Recording {
  readonly name: string;
  readonly file: string;
  readonly entries: readonly Entry[];
  /** The table of properties is left out of it. */
  readonly folded: boolean;
}

export function recordings(): Recording[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .map((name) => {
      const file = join(FOLDER, name);
      return { name, file, entries: readTranscript(readFileSync(file, 'utf8')), folded: name !== 'usage.txt' };
    });
}
