/** The small programs that can stand between a send and its receive, and their argument lists. */

export const HELPERS = ['pv', 'mbuffer', 'zstd', 'lz4'] as const;
export type Helper = (typeof HELPERS)[number];
/** Those that a host has. */
export type Helpers = ReadonlySet<Helper>;

export const COMPRESSORS = ['zstd', 'lz4'] as const;
export type Compressor = (typeof COMPRESSORS)[number];

/** Prints the names of those that are there, one a line; needs no rights and runs none of them. */
export const askHelpers: readonly string[] = [
  'sh',
  '-c',
  'for t; do command -v "$t" >/dev/null && echo "$t"; done; :',
  'sh',
  ...HELPERS,
];

export function readHelpers(stdout: string): Helpers {
  const said = new Set(stdout.split('\n'));
  return new Set(HELPERS.filter((helper) => said.has(helper)));
}

/** Level 1: above it zstd becomes slower than most lines, and a stream hardly smaller. */
export const pack = (compressor: Compressor): string[] => [compressor, '-q', '-1', '-c'];
export const unpack = (compressor: Compressor): string[] => [compressor, '-q', '-d', '-c'];

/** What a host may lend the stream: a second of a gigabit line, so that neither end waits while the other writes to its disks. */
const BUFFER = '128M';

/** @param limit bytes per second; null: as fast as it goes */
export const buffer = (limit: number | null): string[] => [
  'mbuffer',
  '-q',
  '-m',
  BUFFER,
  ...(limit === null ? [] : ['-R', String(Math.max(1, Math.floor(limit)))]),
];

/** Prints the bytes so far, once a second, alone on a line of stderr. */
export const count: readonly string[] = ['pv', '-n', '-b', '-i', '1'];

/** @param bytesPerSecond positive */
export const slowDown = (bytesPerSecond: number): string[] => [
  'pv',
  '-q',
  '-L',
  String(Math.max(1, Math.floor(bytesPerSecond))),
];
