/**
 * Reads all that is in one snapshot of a filesystem, on its host, as lines that two hosts can be compared by: GNU find, sort and
 * sha256sum (every Linux), getfattr where it is there. The snapshot is read under `.zfs/snapshot` of a mounted dataset, else it is
 * mounted read-only in a temporary folder and unmounted afterwards, whatever happens.
 */
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
  "printf '\\036entries\\n'",
  "find . -xdev -printf '%p\\t%y %m %U %G %T@ %s %l\\0' | sort -z | line",
  "printf '\\036files\\n'",
  'find . -xdev -type f -print0 | sort -z | xargs -0 -r sha256sum -bz -- | line',
  "if command -v getfattr >/dev/null; then printf '\\036attributes\\n'",
  'find . -xdev -print0 | sort -z | xargs -0 -r getfattr -Phd -m - -e hex --absolute-names -- |',
  `awk 'BEGIN { RS = ""; ORS = "\\n" } { gsub(/\\n/, "\\t"); print }'; fi`,
  "printf '\\036end\\n'",
].join('\n');

/**
 * @param elevation stands before the shell that reads: files may be anybody's
 * @param mountpoint of the dataset, if it is mounted
 */
export const readContent = (
  elevation: readonly string[],
  dataset: DatasetName,
  label: Label,
  mountpoint: string | null,
): string[] => [...elevation, 'sh', '-c', SCRIPT, 'sh', dataset, label, mountpoint ?? ''];

export type ContentPart = 'entries' | 'files' | 'attributes' | 'end';

/** The part that a line begins, or null for a line of a part. */
export function readPart(line: string): ContentPart | null {
  const name = line.startsWith(PART) ? line.slice(1) : null;
  return name === 'entries' || name === 'files' || name === 'attributes' || name === 'end' ? name : null;
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

/** Size in bytes of a regular file from its entry, 0 for anything else. */
export function sizeOfEntry(value: string): number {
  const [type, , , , , size] = value.split(' ');
  return type === 'f' ? Number(size ?? 0) : 0;
}
