import { existsSync, readFileSync } from 'node:fs';

/** In a host's folder: a guest's console, or what the zfs-fuse host's processes said. */
export const HOST_LOG = 'host.log';

/** @returns the last lines of a log, or that there is none; for messages about a failure. */
export function tail(file: string, lines = 30): string {
  if (!existsSync(file)) return `(${file} does not exist)`;
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}
