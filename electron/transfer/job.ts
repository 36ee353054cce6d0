/** What a relay is asked to do and what it reports; all plain data, since it crosses to a worker thread. */

import type { Failure } from '../../shared/model/failure.ts';
import type { Side } from '../../shared/model/side.ts';
import type { WireText } from '../../shared/zfs/wire.ts';
import type { Exit } from '../ssh/shell.ts';
import type { SshTarget } from '../ssh/target.ts';

/** Where one end's command runs. */
export type Endpoint = { readonly kind: 'local' } | { readonly kind: 'ssh'; readonly target: SshTarget };

/** @param target how a host is connected; null: this computer */
export const endpointOf = (target: SshTarget | null): Endpoint =>
  target === null ? { kind: 'local' } : { kind: 'ssh', target };

/** What a relay lies between. */
export type RelayEnds = Readonly<Record<Side, Endpoint>>;

export interface RelayPart {
  readonly endpoint: Endpoint;
  readonly command: WireText;
}

export interface RelayJob {
  /** Its stdout is what is carried; its stdin is empty. */
  readonly source: RelayPart;
  /** Its stdin takes what is carried. */
  readonly destination: RelayPart;
  /** Bytes per second on the line; null: no limit. */
  readonly limit: number | null;
  /**
   * The source's stderr tells how much of the stream is through (`zfs send -vP`, `pv -n -b`), and that is what is metered: what
   * passes here is compressed. Absent: what passes here.
   */
  readonly tells?: boolean;
  /** For tests of tampering: the byte at this offset of the stream is changed in transit. */
  readonly flipAt?: number | null;
}

export interface Meter {
  readonly phase: 'connecting' | 'sending' | 'finishing';
  /** Of the stream: accepted by the destination's channel, or as its source reports ({@link RelayJob.tells}). */
  readonly bytes: number;
  /** Over the last ten seconds. */
  readonly bytesPerSecond: number;
  /** Over the time spent sending, pauses left out. */
  readonly meanBytesPerSecond: number;
  /**
   * Milliseconds since a byte last moved (or sending began), pauses left out. However long that is, it is only shown: ZFS may have
   * to read or free for hours, and lines that vanished are found by the connections' keep-alives.
   */
  readonly silentMs: number;
}

export interface Pids {
  readonly source: number | null;
  readonly destination: number | null;
}

export interface StreamOutcome {
  /** Null if the command was never started, or did not tell its end although it was ended. */
  readonly source: Exit | null;
  readonly destination: Exit | null;
  /** Of the frames' shells on the hosts, as far as they reported them. */
  readonly pids: Pids;
  /** Of the stream, as in {@link Meter}. */
  readonly bytes: number;
  /** What went over the line; null if it did not come through here. */
  readonly lineBytes: number | null;
  /** What went wrong apart from the commands' own statuses; null if nothing did. */
  readonly fault: Failure | null;
  /**
   * The end that failed first, whose status and stderr are the cause; the other's are only its consequence. Null if
   * neither did, or the relay itself failed, or it was cancelled.
   */
  readonly failedFirst: Side | null;
  readonly cancelled: boolean;
}

/** True if both commands said so themselves and nothing else went wrong. For a receive the truth is still in the GUIDs. */
export const streamSucceeded = (end: StreamOutcome): boolean =>
  end.fault === null && !end.cancelled && succeeded(end.source) && succeeded(end.destination);

/** True if the command ended with status 0 on a connection that was there to tell. */
export const succeeded = (exit: Exit | null): boolean => exit !== null && exit.status === 0 && exit.lost === null;
