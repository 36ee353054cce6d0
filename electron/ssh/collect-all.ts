/** Many reading commands in as few round trips as command lines have room for. */
import { inPortions } from '../../shared/zfs/in-portions.ts';
import { type BatchPart, readBatch, type WireText, wireBatch } from '../../shared/zfs/wire.ts';
import type { CollectOptions, Shell } from './shell.ts';

/**
 * Bytes of a command line that every login shell takes. Debian's csh ends a word at 8191 ("Word too long."), Linux an argument at
 * 128 KiB ("Argument list too long").
 */
const MOST_BYTES = 8_000;

export interface Answers {
  /** One a command, in its order; null for those whose end was never seen. */
  readonly parts: readonly (BatchPart | null)[];
  /** What the host said instead, if a command's end was not seen: the login shell, usually. Else empty. */
  readonly instead: string;
}

const bytesOf = (text: WireText): number => new TextEncoder().encode(text).length;

/** Consecutive commands whose batch has room in a line; one that is too long gets its own. */
function portions(commands: readonly (readonly string[])[]): (readonly string[])[][] {
  const frame = bytesOf(wireBatch([]));
  // Its place in the batch is written twice, and has more digits than here.
  return inPortions(commands, MOST_BYTES - frame, (argv) => bytesOf(wireBatch([argv])) - frame + 6);
}

/**
 * @param options for each round trip
 * @throws SluiceError as `Shell.collect` does
 */
export async function collectAll(
  shell: Pick<Shell, 'collect'>,
  commands: readonly (readonly string[])[],
  options: CollectOptions = {},
): Promise<Answers> {
  const parts: (BatchPart | null)[] = [];
  let instead = '';
  for (const portion of portions(commands)) {
    const { stdout, stderr } = await shell.collect(wireBatch(portion), options);
    const answers = readBatch(portion.length, stdout, stderr);
    parts.push(...answers);
    if (!answers.includes(null)) continue;
    instead = stderr.trim() || stdout.trim();
    break;
  }
  return { parts: commands.map((_, at) => parts[at] ?? null), instead };
}
