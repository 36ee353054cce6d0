/** Runs several listings in one round trip and hands their lines on as they come; nothing is kept but what readers keep. */

import { SluiceError } from '../../shared/model/failure.ts';
import type { Side } from '../../shared/model/side.ts';
import { commandFailure, saysAbsent } from '../../shared/zfs/diagnose.ts';
import type { Listing } from '../../shared/zfs/listing.ts';
import { readBatch, readBatchMark, showCommand, wireBatch } from '../../shared/zfs/wire.ts';
import type { Exit, Shell } from '../ssh/shell.ts';

export interface ListingRequest {
  readonly listing: Listing;
  /**
   * What a failure means. `fault`: the host cannot be read; `absent`: the same, unless it only says that what was asked for does not exist
   * (`saysAbsent`); `untold`: nothing, the host has no answer.
   */
  readonly failure: 'fault' | 'absent' | 'untold';
}

function unreadable(host: string, listing: Listing, fault: string): SluiceError {
  return new SluiceError({
    code: 'listing-unreadable',
    message: `A listing of ${host} could not be understood.`,
    cause: `${showCommand(listing.argv)}: ${fault}`,
    next: 'Please report this with the versions of ZFS on the host; nothing was changed.',
  });
}

/**
 * @param side where the host stands in the request, for the error's stderr
 * @throws SluiceError if the line breaks, a listing fails whose failure is a fault, or a line is not what was asked for
 */
export async function readListings(
  shell: Shell,
  host: string,
  requests: readonly ListingRequest[],
  side: Side = 'source',
): Promise<void> {
  const lines = shell.lines(wireBatch(requests.map(({ listing }) => listing.argv)), { timeoutMs: 600_000 });
  const statuses: number[] = [];
  let exit: Exit | null = null;
  try {
    while (exit === null) {
      const next = await lines.next();
      if (next.done) {
        exit = next.value;
        break;
      }
      const mark = readBatchMark(next.value);
      const current = requests[statuses.length]?.listing;
      if (mark !== null) {
        const fault = current?.end() ?? null;
        if (current !== undefined && fault !== null) throw unreadable(host, current, fault);
        statuses.push(mark.status);
      } else if (current !== undefined && next.value !== '') {
        const fault = current.take(next.value);
        if (fault !== null) throw unreadable(host, current, fault);
      }
    }
  } finally {
    // Of a listing that nobody reads on, neither the command nor its time limit may outlive this call.
    if (exit === null) await lines.return({ status: null, signal: null, lost: null, stderr: '' });
  }
  const errors = readBatch(requests.length, exit.stderr, '');
  requests.forEach(({ listing, failure }, index) => {
    const status = statuses[index];
    const stderr = errors[index]?.stdout ?? exit.stderr;
    if (status === 0 || (status !== undefined && failure === 'untold')) return;
    if (status !== undefined && failure === 'absent' && saysAbsent(stderr)) return;
    throw new SluiceError(
      commandFailure({
        what: `${showCommand(listing.argv)} on ${host}`,
        side,
        status: status ?? null,
        stderr,
      }),
    );
  });
}
