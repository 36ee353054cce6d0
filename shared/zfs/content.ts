/**
 * Reads all that is in one snapshot of a filesystem, on its host, as lines that two hosts can be compared by: GNU find, sort and
 * sha256sum (every Linux), getfattr where it is there. The snapshot is read under `.zfs/snapshot` of a mounted dataset, else it is
 * mounted read-only in a temporary folder and unmounted afterwards, whatever happens.
 */
import { z } from 'zod';
import type { DatasetName, Label } from '../model/names.ts';

/** Begins a part of the output; no line of a file's can (0x1E is turned away by nobody, but stands alone on no other line). */
const PART = '\u001e';

const SCRIPT = [
  'm=',
  'end() { cd /; [ -z "$m" ] || { umount "$m"; rmdir "$m"; }; }',
  'trap end EXIT; trap "exit 143" HUP INT TERM PIPE',
  'if [ -n "$3" ] && cd "$3/.zfs/snapshot/$2" 2>/dev/null; then :; else',
  'm=$(mktemp -d) || exit; mount -t zfs -o ro "$1@$2" "$m" || { s=$?; rmdir "$m"; m=; exit $s; }; cd "$m" || exit; fi',
  // A line end in a name becomes 0x01, so that every record is one line.
  "line() { tr '\\n\\0' '\\001\\n'; }",
  'if [ "$4" = entries ]; then printf \'\\036entries\\n\'',
  "find . -xdev -printf '%p\\t%y %m %U %G %T@ %s %l\\0' | sort -z | line; fi",
  'if [ "$4" != attributes ]; then printf \'\\036files\\n\'',
  'find . -xdev -type f -print0 | sort -z | tail -z -n "+$5" | xargs -0 -r sha256sum -bz -- | line; fi',
  "if command -v getfattr >/dev/null; then printf '\\036attributes\\n'",
  'find . -xdev -print0 | sort -z | xargs -0 -r getfattr -Phd -m - -e hex --absolute-names -- |',
  `awk 'BEGIN { RS = ""; ORS = "\\n" } { gsub(/\\n/, "\\t"); print }'; fi`,
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

/** A record's path and what is said of it; the paths of both hosts come in the same order (bytes, as `sort` has them). */
export function readRecord(part: ContentPart, line: string): { readonly path: string; readonly value: string } {
  if (part === 'files') return { path: named(line.slice(66)), value: line.slice(0, 64) };
  const cut = line.indexOf('\t');
  const path = cut < 0 ? line : line.slice(0, cut);
  return { path: named(path.replace(/^# file: /, '')), value: cut < 0 ? '' : line.slice(cut + 1) };
}

/** Size in bytes of a block, or of a regular file from its entry; 0 for anything else. */
export function sizeOf(part: ContentPart, value: string): number {
  const words = value.split(' ');
  if (part === 'blocks') return Number(words[1] ?? 0);
  return part === 'entries' && words[0] === 'f' ? Number(words[5] ?? 0) : 0;
}
