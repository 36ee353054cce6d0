/** Processes of a practice host: numbered, listed by `ps`, ended by `kill`. */
import { Killed, type Sink, type Source } from '../io.ts';
import type { Machine } from '../model/machine.ts';
import type { DialectTable } from '../zfs/dialect.ts';

/** Who runs a command. */
export interface User {
  readonly name: string;
  /** May do everything. */
  readonly root: boolean;
  /** What `sudo -n` lets the user run as root without a password. */
  readonly sudo: 'everything' | 'nothing';
}

export const ROOT: User = { name: 'root', root: true, sudo: 'everything' };

/** What belongs to the host as a whole. */
export interface System {
  /** Another one after a reset. */
  machine: Machine;
  readonly processes: ProcessTable;
  /** Bytes per second of every `zfs send`; null: as fast as it goes. */
  rate: number | null;
  /** Which ZFS it pretends to have. */
  dialect: DialectTable;
  /** Whoever logs in has lost the rights of root, `sudo` included. */
  demoted: boolean;
  /** A program by its name and the folders of PATH, or null. */
  readonly find: (name: string, path: string) => Installed | null;
}

export interface Installed {
  readonly path: string;
  readonly run: Program;
}

/** One program being run. Its status is 0 to 255. */
export interface Process {
  readonly pid: number;
  readonly group: number;
  readonly user: User;
  readonly argv: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  readonly stdin: Source;
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** Raised, with {@link Killed} as its reason, when the process must end. */
  readonly signal: AbortSignal;
  readonly system: System;
}

export type Program = (process: Process) => Promise<number>;

export const say = (process: Process, text: string): Promise<void> => process.stdout.write(Buffer.from(text));
export const complain = (process: Process, text: string): Promise<void> => process.stderr.write(Buffer.from(text));

interface Entry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly user: User;
  readonly argv: readonly string[];
  readonly abort: AbortController;
}

export const SIGNALS: ReadonlyMap<string, number> = new Map([
  ['HUP', 1],
  ['INT', 2],
  ['QUIT', 3],
  ['KILL', 9],
  ['USR1', 10],
  ['PIPE', 13],
  ['TERM', 15],
  ['CONT', 18],
]);

export class ProcessTable {
  readonly #entries = new Map<number, Entry>();
  #last = 1200;

  /** @param parent null for the leader of a new group */
  enter(argv: readonly string[], user: User, parent: { pid: number; group: number } | null): Entry {
    this.#last += 3;
    const pid = this.#last;
    const entry = {
      pid,
      parent: parent?.pid ?? 1,
      group: parent?.group ?? pid,
      user,
      argv,
      abort: new AbortController(),
    };
    this.#entries.set(pid, entry);
    return entry;
  }

  leave(entry: Entry): void {
    this.#entries.delete(entry.pid);
  }

  killAll(): void {
    for (const entry of this.#entries.values()) entry.abort.abort(new Killed('KILL'));
  }

  all(): Entry[] {
    return [...this.#entries.values()];
  }

  /**
   * @param target a pid, or a negative number for a whole group
   * @returns false if there is no such process
   */
  kill(target: number, signal: string): boolean {
    const hit = this.all().filter((one) => (target < 0 ? one.group === -target : one.pid === target));
    // Nothing is ever stopped here that could be continued.
    for (const entry of hit) if (signal !== '0' && signal !== 'CONT') entry.abort.abort(new Killed(signal));
    return hit.length > 0;
  }
}
