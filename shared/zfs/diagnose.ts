/**
 * What stderr of `zfs send`, `zfs receive` and their helpers means. Texts of the receiving end are looked at first,
 * because a sender only says that its pipe broke.
 */

import type { FailureParts } from '../model/failure.ts';
import type { Side } from '../model/side.ts';
import { type Diagnosis, type Entry, permanent } from './diagnosis.ts';
import { bothSides } from './messages-common.ts';
import { receiveSide } from './messages-receive.ts';

const unknown: Diagnosis = {
  code: 'command-failed',
  kind: permanent,
  cause: 'The command failed for a reason that Sluice does not know.',
  next: 'Read what the host said, below.',
};

function match(entries: readonly Entry[], text: string): Diagnosis | undefined {
  for (const { message, code, kind, cause, next } of entries) {
    const found = message.exec(text);
    if (found === null) continue;
    const said = (words: Entry['cause']) => (typeof words === 'string' ? words : words(found[1] ?? ''));
    return { code, kind, cause: said(cause), next: said(next) };
  }
  return undefined;
}

/** @returns what one command's stderr means, or null if it is empty or says nothing known */
export function diagnose(stderr: string): Diagnosis | null {
  return match(receiveSide, stderr) ?? match(bothSides, stderr) ?? null;
}

/** What one end says when the other has failed: a cut stream at the receiver, a broken pipe at the sender. */
const CONSEQUENCES = new Set(['stream-cut', 'pipe-broken']);

/**
 * @param stderr untouched stderr of both ends of a `send | receive`
 * @returns the cause that explains the failure: the receiver's if it knows one, else the sender's
 */
export function diagnoseTransfer(stderr: { readonly source: string; readonly destination: string }): Diagnosis {
  const destination = match(receiveSide, stderr.destination) ?? match(bothSides, stderr.destination);
  const source = match(bothSides, stderr.source) ?? match(receiveSide, stderr.source);
  if (destination !== undefined && !CONSEQUENCES.has(destination.code)) return destination;
  if (source !== undefined && !CONSEQUENCES.has(source.code)) return source;
  // Only consequences are known. A sender's broken pipe explains nothing where the receiver gave its reason in words
  // that are not in the catalogue.
  if (destination !== undefined) return destination;
  return source === undefined || stderr.destination.trim() !== '' ? unknown : source;
}

/** Stderr of bookkeeping commands (hold, release, bookmark) that only says the wanted state is there already. */
export function saysAlreadySo(stderr: string): boolean {
  // cannot hold snapshot 'D/f@1': tag already exists on this dataset
  // cannot release hold from snapshot 'D/f@1': no such tag on this dataset
  // cannot create bookmark 'D/f#1': bookmark exists
  return /tag already exists on this dataset|no such tag on this dataset|bookmark exists/.test(stderr);
}

/**
 * True if a listing has nothing to say but that what it was asked for is not there, or out of reach with its whole pool: that is told by
 * the pool's health.
 */
export function saysAbsent(stderr: string): boolean {
  // cannot open 'tank/nope': dataset does not exist
  // Solaris 11: cannot open 'tank/nope': filesystem does not exist
  // cannot open 'D': pool I/O is currently suspended
  const absent = /^cannot open '.*': (\w+ does not exist|no such pool|pool I\/O is currently suspended)/;
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  return lines.length > 0 && lines.every((line) => absent.test(line));
}

/** A failure of one command at one end. */
export function commandFailure(parts: {
  readonly what: string;
  readonly side: Side;
  readonly status: number | null;
  readonly stderr: string;
}): FailureParts {
  const found = diagnose(parts.stderr) ?? unknown;
  return {
    code: found.code,
    message: `${parts.what} failed${parts.status === null ? '' : ` with status ${parts.status}`}.`,
    cause: found.cause,
    next: found.next,
    kind: found.kind,
    stderr: { [parts.side]: parts.stderr },
    evidence: { status: parts.status },
  };
}
