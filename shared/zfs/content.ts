/**
 * Reads all that is in one snapshot of a filesystem, on its host, as lines that two hosts can be compared by: GNU find, sort and
 * sha256sum (every Linux), getfattr where it is there. The snapshot is read under `.zfs/snapshot` of a mounted dataset, else it is
 * mounted read-only in a temporary folder and unmounted afterwards, whatever happens. Status 0 means that all of it was read.
 */
import { z } from 'zod';
import type { DatasetName, Label } from '../model/names.ts';

/** Begins a part of the output; no line of a file's can (0x1E is turned away by nobody, but stands alone on no other line). */
const PART = '\u001e';

const SCRIPT = [
  // Elevation may have left the frame's behind; the order of the paths and "Operation not supported" are in this one.
  'LC_ALL=C; export LC_ALL; m=',
  'end() { cd /; [ -z "$m" ] || { umount "$m"; rmdir "$m"; }; }',
  'trap end EXIT; trap "exit 143" HUP INT TERM PIPE',
  'if [ -n "$3" ] && cd "$3/.zfs/snapshot/$2" 2>/dev/null; then :; else',
  'm=$(mktemp -d) || exit; mount -t zfs -o ro "$1@$2" "$m" || { s=$?; rmdir "$m"; m=; exit $s; }; cd "$m" || exit; fi',
  // A line end in a name becomes 0x01, so that every record is one line.
  "line() { tr '\\n\\0' '\\001\\n'; }",
  // A pipe's status is its last command's: each says its own on 3, and what they make goes past them on 4. One that was turned away
  // ("sha256sum: ./secret: Permission denied") ends the script: whatever it said, something was not read. (`pipefail` is not in POSIX.)
  'stage() { "$@" 3>&- 4>&-; echo $? >&3; }',
  'whole() { for s in $1; do [ "$s" = 0 ] || exit "$s"; done; }',
  // "Operation not supported" is what all files say where attributes are off (xattr=off): there is nothing to be read then. An attribute
  // that could not be read leaves getfattr's status at 0, hence its words count; xargs says 123 for any status of getfattr's.
  'attributes() { { e=$( { xargs -0 -r getfattr -Phd -m - -e hex --absolute-names -- 2>&1 >&5 5>&-; echo "xargs: status $?"; } |',
  "sed -n -e '/: Operation not supported$/d' -e '/^xargs: status 0$/d' -e '/^xargs: status 123$/d' -e '/^getfattr: /p' -e '/^xargs: /p' -e '/^\\.[/:]/p' |",
  'tail -n 50 ); } 5>&1; [ -z "$e" ] || { printf "%s\\n" "$e" >&2; return 1; }; }',
  'if [ "$4" = entries ]; then printf \'\\036entries\\n\'',
  // Two slashes end a path: none has them within.
  '{ s=$( { stage find . -xdev -printf \'%p//%y %m %U %G %T@ %s %l\\0\' | stage sort -z | stage line >&4; } 3>&1 ); } 4>&1; whole "$s"; fi',
  'if [ "$4" != attributes ]; then printf \'\\036files\\n\'',
  '{ s=$( { stage find . -xdev -type f -print0 | stage sort -z | stage tail -z -n "+$5" | stage xargs -0 -r sha256sum -bz -- | stage line >&4; } 3>&1 ); } 4>&1',
  'whole "$s"; fi',
  "if command -v getfattr >/dev/null; then printf '\\036attributes\\n'",
  '{ s=$( { stage find . -xdev -print0 | stage sort -z | stage attributes |',
  `stage awk 'BEGIN { RS = ""; ORS = "\\n" } { gsub(/\\n/, "\\t"); print }' >&4; } 3>&1 ); } 4>&1; whole "$s"; fi`,
  "printf '\\036end\\n'",
].join('\n');

/**
 * @param elevation stands before the shell that reads: files may be anybody's
 * @param mountpoint of the dataset, if it is mounted
 * @param from where to begin; of the files so many have been read already
 */
export const readContent = (
  elevation: readonly string[],
  dataset: DatasetName,
  label: Label,
  mountpoint: string | null,
  from: { readonly part: 'entries' | 'files' | 'attributes'; readonly skip: number },
): string[] => [
  ...elevation,
  'sh',
  '-c',
  SCRIPT,
  'sh',
  dataset,
  label,
  mountpoint ?? '',
  from.part,
  String(from.part === 'files' ? from.skip + 1 : 1),
];

/** Of a filesystem entries, files and attributes, one after the other; of a volume blocks. */
export const ContentPartSchema = z.enum(['entries', 'files', 'attributes', 'blocks', 'end']);
export type ContentPart = z.infer<typeof ContentPartSchema>;

/** The part that a line begins, with the number of its records where that is known; null for a line of a part. */
export function readPart(line: string): { readonly part: ContentPart; readonly records: number | null } | null {
  if (!line.startsWith(PART)) return null;
  const [name, records] = line.slice(1).split(' ');
  const part = ContentPartSchema.safeParse(name);
  return part.success ? { part: part.data, records: records === undefined ? null : Number(records) } : null;
}

/** A name as it is: a line end in it was sent as 0x01. */
const named = (path: string): string => path.replaceAll('\u0001', '\n');

/** What ends the path in an entry; those of the other parts are ordered by their paths alone. */
export const ENTRY_CUT = '//';

/** A record's path and what is said of it; the paths of both hosts come in the same order (bytes, as `sort` has them). */
export function readRecord(part: ContentPart, line: string): { readonly path: string; readonly value: string } {
  if (part === 'files') return { path: named(line.slice(66)), value: line.slice(0, 64) };
  const mark = part === 'entries' ? ENTRY_CUT : '\t';
  const cut = line.indexOf(mark);
  const path = cut < 0 ? line : line.slice(0, cut);
  return { path: named(path.replace(/^# file: /, '')), value: cut < 0 ? '' : line.slice(cut + mark.length) };
}

/** True for the entry of a regular file, of which a digest has to follow. */
export const isRegular = (value: string): boolean => value.startsWith('f ');

/** Size in bytes of a block, or of a regular file from its entry; 0 for anything else. */
export function sizeOf(part: ContentPart, value: string): number {
  const words = value.split(' ');
  if (part === 'blocks') return Number(words[1] ?? 0);
  return part === 'entries' && isRegular(value) ? Number(words[5] ?? 0) : 0;
}

/** Complaints that are told; whoever may not read one folder may not read a thousand. */
const TOLD = 3;
const COMPLAINT =
  /^(?:(?:find|sort|tail|xargs|sha256sum|tr|awk|getfattr|mktemp|mount|umount|sh|sudo|doas|pfexec): |\.[:/])/;

/** What a reading that failed could not read, in its tools' first words: a banner may stand before them. */
export function complaints(stderr: string): string {
  const lines = stderr.split('\n').flatMap((line) => line.trim() || []);
  const own = lines.filter((line) => COMPLAINT.test(line));
  const all = own.length > 0 ? own : lines;
  return [...all.slice(0, TOLD), ...(all.length > TOLD ? ['…'] : [])].join('; ');
}
