/** The ssh that stays, tied to Sluice: however Sluice ends, it ends, too. */
import { type ChildProcess, spawn } from 'node:child_process';

/** What a shell exits with if there is no such program. */
export const NO_PROGRAM = 127;

/**
 * Becomes ssh, and leaves a watcher whose input ends with Sluice's process or thread, killed ones as well: nothing else would end
 * an ssh whose thread was terminated. Its input ends also when ssh has ended; then Sluice is there to remove the folder. The
 * watcher holds none of ssh's outputs, so that their end can be seen. Arguments: the folder, and ssh's own.
 */
const TIED = `
  folder=$1; shift
  exec 3<&0 </dev/null
  (read -r _ <&3; kill $$ && rm -rf "$folder") >/dev/null 2>&1 &
  exec "$@" 3<&-
`;

/** @param folder of its control socket; removed when Sluice ends without having done so */
export const spawnMaster = (args: readonly string[], folder: string): ChildProcess =>
  spawn('/bin/sh', ['-c', TIED, 'sh', folder, 'ssh', ...args], { stdio: ['pipe', 'ignore', 'pipe'] });
