/** What the rest of Sluice sees of a host's command line, reached over SSH or on this computer. */
import type { Readable, Writable } from 'node:stream';
import type { Failure } from '../../shared/model/failure.ts';
import type { WireText } from '../../shared/zfs/wire.ts';

/** How a command ended. Only `status === 0` with `lost === null` is success. */
export interface Exit {
  /** The command's own status, from the frame's trailer where there is one; null if it never came. */
  readonly status: number | null;
  /** Name of the signal that ended the remote shell, without `SIG`. */
  readonly signal: string | null;
  /** Why the connection ended before the command did; null if it did not. */
  readonly lost: Failure | null;
  /** The command's stderr without the frame's lines; the last 64 KiB of it. */
  readonly stderr: string;
}

export interface Collected extends Exit {
  readonly stdout: string;
}

/** A command under way. Its stdout must be consumed; stderr is consumed here, always. */
export interface Running {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Settles once, never rejects, also when the connection is lost. */
  readonly exit: Promise<Exit>;
  /** Ends the remote command's process group, best effort, and closes the channel. */
  kill(): void;
}

export interface StartOptions {
  /** Called with each complete line of stderr that is the command's own. */
  readonly onStderr?: (line: string) => void;
  /** Called once with the pid that the frame reports: the remote shell's, which leads the command's process group. */
  readonly onPid?: (pid: number) => void;
}

export interface CollectOptions {
  /** Milliseconds until the command is ended and `timeout` reported. Default 60 000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Bytes of stdout taken before the command is ended and `output-too-large` reported. Default 1 GiB. */
  readonly maxBytes?: number;
}

/** One logged-in connection (or this computer). */
export interface Shell {
  /** True where the system's own ssh carries: it lends no key of ours to the host. */
  readonly bySystem?: boolean;
  /** Settles with the reason once the connection is gone, null when closed by us. */
  readonly closed: Promise<Failure | null>;
  /** Starts a command; throws SluiceError if the connection is gone or the channel is refused. */
  start(command: WireText, options?: StartOptions): Promise<Running>;
  /** Runs a command to its end. Throws SluiceError if the connection is lost or the time is over, not for a status. */
  collect(command: WireText, options?: CollectOptions): Promise<Collected>;
  /** Runs a command and yields its stdout line by line as it comes; throws like `collect`, returns its exit. */
  lines(command: WireText, options?: CollectOptions): AsyncGenerator<string, Exit>;
  close(): Promise<void>;
}
