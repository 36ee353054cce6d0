/**
 * Transcripts of commands and what they said, so that two implementations of ZFS can be compared word for word.
 *
 * A command stands behind `$ `; below it its stdout behind `  > `, its stderr behind `  ! `, and its status. Two things
 * that no shell knows may stand in a command: `write DATASET MIB` puts that much content into a mounted filesystem, and
 * `{token DATASET}` is the dataset's receive_resume_token.
 */

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

export interface Entry extends Outcome {
  readonly command: string;
}

/** A host under test. Every transcript begins with two empty pools of 240 MiB, P and O, mounted at /P and /O. */
export interface Player {
  run(command: string): Promise<Outcome>;
  write(dataset: string, mebibytes: number): Promise<void>;
}

const PROPERTY_TABLE =
  /\n[Tt]he following properties are supported:\n.*?(?:S-1-234-567-89"\)|See zpool-features\(7\)\.)\n/gs;

/** What differs from run to run and from host to host without meaning anything. */
export function normalise(text: string): string {
  return (
    text
      .replace(/1-[0-9a-f]+-[0-9a-f]+-[0-9a-f]{20,}/g, 'TOKEN')
      .replace(/\b\d{15,20}\b/g, 'GUID')
      .replace(/\b1[789]\d{8}\b/g, 'SECONDS')
      .replace(/\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d [ \d]\d:\d\d \d{4}\b/g, 'DATE')
      // Which of its snapshots a refusal names is the order of a hash table.
      .replace(/\(eg\. [^)]+@[^)]+\)/g, '(eg. SNAPSHOT)')
      .replace(/received \S+ stream in \d+\.\d\d seconds \(\S+\/sec\)/g, 'received a stream')
  );
}

/** The table of properties is long; one transcript has it, in the others it is folded. */
export const fold = (text: string): string => text.replace(PROPERTY_TABLE, '(the table of properties)\n');

const lines = (mark: string, text: string): string =>
  text === ''
    ? ''
    : `${text
        .replace(/\n$/, '')
        .split('\n')
        .map((line) => `  ${mark} ${line}\n`)
        .join('')}`;

export const showEntry = (entry: Entry): string =>
  `$ ${entry.command}\n${lines('>', entry.stdout)}${lines('!', entry.stderr)}  rc=${entry.status}\n`;

/** @throws Error for a line that is none of a transcript */
export function readTranscript(text: string): Entry[] {
  const entries: { command: string; stdout: string; stderr: string; status: number | null }[] = [];
  for (const line of text.split('\n')) {
    const last = entries.at(-1);
    if (line === '') continue;
    if (line.startsWith('$ ')) entries.push({ command: line.slice(2), stdout: '', stderr: '', status: null });
    else if (line.startsWith('  > ') && last !== undefined) last.stdout += `${line.slice(4)}\n`;
    else if (line.startsWith('  ! ') && last !== undefined) last.stderr += `${line.slice(4)}\n`;
    else if (line.startsWith('  rc=') && last !== undefined) last.status = Number(line.slice(5));
    else throw new Error(`Not a line of a transcript: ${JSON.stringify(line)}`);
  }
  return entries;
}

async function withToken(player: Player, command: string): Promise<string> {
  const found = /\{token (\S+)\}/.exec(command);
  if (found === null) return command;
  const { stdout } = await player.run(`zfs get -H -o value receive_resume_token ${found[1]}`);
  return command.replace(found[0], stdout.trim());
}

/** Runs one command of a transcript. */
export async function play(player: Player, command: string): Promise<Entry> {
  const writing = /^write (\S+) (\d+)$/.exec(command);
  if (writing !== null) {
    await player.write(writing[1] ?? '', Number(writing[2]));
    return { command, stdout: '', stderr: '', status: 0 };
  }
  return { command, ...(await player.run(await withToken(player, command))) };
}

/** `zfs diff` tells changes in the order of its object numbers, which is another each time. */
const sortLines = (text: string): string =>
  text
    .split('\n')
    .filter(Boolean)
    .sort()
    .map((line) => `${line}\n`)
    .join('');

/** The form in which an outcome is recorded and compared. */
export function recorded(entry: Entry, folded: boolean): Entry {
  const shorten = (text: string) => normalise(folded ? fold(text) : text);
  const stdout = entry.command.startsWith('zfs diff') ? sortLines(entry.stdout) : entry.stdout;
  return { ...entry, stdout: shorten(stdout), stderr: shorten(entry.stderr) };
}
