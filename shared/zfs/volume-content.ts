/**
 * Reads a snapshot of a volume, on its host, as digests of its blocks in the lines of `content.ts`. The snapshot's own device is
 * there only with `snapdev=visible`, which is not ours to set; else a clone is read that bears our mark and lasts as long as the
 * reading. A clone that a host's crash has left is destroyed by a later one; a younger one may be another reading's own.
 */
import type { DatasetName, Label } from '../model/names.ts';

/** Bytes that one digest is taken of: few enough to say where volumes differ, enough to make the processes for it cheap. */
export const VOLUME_BLOCK = 16 * 1024 ** 2;
const MEBIBYTES = VOLUME_BLOCK / 1024 ** 2;

/** A clone that is older, s, and not busy, was left behind. */
const LEFT_AFTER = 600;

/** $1 volume, $2 label, $3 the first block, $4 what tells this reading's clone from others. */
const SCRIPT = [
  'd=/dev/zvol/$1@$2 c=',
  // udev looks at a new device for a moment, which makes it busy.
  'end() { [ -n "$c" ] || return 0; exec 4<&-; n=0; until e=$(zfs destroy "$c" 2>&1); do n=$((n+1)); [ $n -lt 60 ] || { echo "$e" >&2; exit 1; }; sleep 0.5; done; }',
  'trap end EXIT; trap "exit 143" HUP INT TERM PIPE',
  'if [ ! -e "$d" ]; then',
  `zfs get -H -t volume -o name,value -d 1 sluice:scratch "\${1%/*}" | while IFS=$(printf "\\t") read -r n m; do case $m$n in "verify$1.sluice-"*) [ $(($(date +%s) - $(zfs get -Hp -o value creation "$n"))) -lt ${LEFT_AFTER} ] || zfs destroy "$n" 2>/dev/null;; esac; done`,
  'zfs clone -o sluice:scratch=verify -o readonly=on -o volmode=dev "$1@$2" "$1.sluice-$4" || exit; c=$1.sluice-$4 d=/dev/zvol/$c; fi',
  // The device itself is read: udev takes its link away for a moment whenever another volume goes.
  'n=0; until r=$(readlink -f "$d" 2>/dev/null || echo "$d"); [ -b "$r" ] || [ -c "$r" ]; do n=$((n+1)); [ $n -lt 1200 ] || { echo "no device appears at $d" >&2; exit 1; }; sleep 0.1; done',
  // Kept open: nobody can destroy what is busy.
  'd=$r; exec 4<"$d"',
  's=$(blockdev --getsize64 "$d") || exit; i=$3',
  `printf '\\036blocks %d\\n' $(( (s + ${VOLUME_BLOCK} - 1) / ${VOLUME_BLOCK} ))`,
  `while o=$((i * ${VOLUME_BLOCK})); [ $o -lt $s ]; do`,
  // The pipe's status is the digest's; dd's own stands before it, since its line is written before its end of the pipe is closed.
  `r=$( { { dd if="$d" bs=1M skip=$((i * ${MEBIBYTES})) count=${MEBIBYTES} status=none; echo "read $?" >&3; } | sha256sum >&3; } 3>&1 )`,
  `case $r in "read 0"*) ;; *) exit 1;; esac; r=\${r#read 0?}`,
  `b=$((s - o)); [ $b -lt ${VOLUME_BLOCK} ] || b=${VOLUME_BLOCK}`,
  `printf '%015d\\t%s %d\\n' $i "\${r%% *}" $b; i=$((i + 1)); done`,
  "printf '\\036end\\n'",
].join('\n');

/**
 * @param elevation stands before the shell that reads
 * @param first number of the first block, from 0
 * @param mark of this reading's clone: letters and digits
 */
export const readVolume = (
  elevation: readonly string[],
  dataset: DatasetName,
  label: Label,
  first: number,
  mark: string,
): string[] => [...elevation, 'sh', '-c', SCRIPT, 'sh', dataset, label, String(first), mark];

/** Where a block lies, in words. @param index as the reading told it */
export function spokenBlock(index: string): string {
  const from = Number(index) * VOLUME_BLOCK;
  return `bytes ${from} to ${from + VOLUME_BLOCK - 1}`;
}
