import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** /var/tmp, as /tmp may be memory; and short, as paths of unix sockets end at 108 bytes. */
export const LAB_DIRECTORY_PREFIX = '/var/tmp/sluice-lab-';

const OWNER_FILE = 'owner';

/** Notes which process a lab's folder belongs to. */
export function claimDirectory(directory: string): void {
  writeFileSync(join(directory, OWNER_FILE), `${process.pid} ${startTimeOf(process.pid)}`);
}

/** Removes the folders of labs whose process was killed before it could. Their hosts ended with it. */
export function removeStaleDirectories(): void {
  const parent = dirname(LAB_DIRECTORY_PREFIX);
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(basename(LAB_DIRECTORY_PREFIX))) continue;
    const ownerFile = join(parent, name, OWNER_FILE);
    if (!existsSync(ownerFile)) continue;
    const [pid = '', startTime] = readFileSync(ownerFile, 'utf8').split(' ');
    if (startTimeOf(pid) !== startTime) removeDirectory(join(parent, name));
  }
}

export function removeDirectory(directory: string): void {
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
}

/** Tells a process from a later one with the same id: field 22 of /proc/PID/stat, counted after the name in brackets. */
function startTimeOf(pid: number | string): string | undefined {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return undefined;
  return readFileSync(file, 'utf8').split(') ').at(-1)?.split(' ')[19];
}
