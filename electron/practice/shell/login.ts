/** Runs a command line as sshd does: by the user's login shell, as the leader of a process group of its own. */
import { Killed, type Sink, type Source } from '../io.ts';
import { runScript } from './interpreter.ts';
import { type Process, ROOT, type System, type User } from './process.ts';

/** What sshd gives to commands that are not logins; the ZFS tools are not in these folders. */
const loginEnvironment = ({ name, root }: User): [string, string][] => [
  ['PATH', '/usr/local/bin:/usr/bin:/bin:/usr/games'],
  ['HOME', root ? '/root' : `/home/${name}`],
  ['USER', name],
  ['LOGNAME', name],
  ['SHELL', '/bin/sh'],
];

export interface Streams {
  readonly stdin: Source;
  readonly stdout: Sink;
  readonly stderr: Sink;
}

/** A status, or the signal that ended the command. */
export type Ending = { readonly status: number } | { readonly signal: string };

export interface Running {
  readonly ending: Promise<Ending>;
  /** Sends a signal to the whole group. */
  kill(signal: string): void;
}

export function runCommandLine(system: System, text: string, streams: Streams, user: User = ROOT): Running {
  const entry = system.processes.enter(['sh', '-c', text], user, null);
  const process: Process = {
    pid: entry.pid,
    group: entry.group,
    user,
    argv: ['sh', '-c', text],
    env: new Map(loginEnvironment(user)),
    ...streams,
    signal: entry.abort.signal,
    system,
  };
  const ending = runScript(process, text)
    .then(
      (status): Ending => ({ status }),
      (error: unknown): Ending => {
        if (error instanceof Killed) return { signal: error.signal };
        throw error;
      },
    )
    .finally(() => system.processes.leave(entry));
  return { ending, kill: (signal) => void system.processes.kill(-entry.group, signal) };
}
