/** What `zfs receive` says when it cannot. */
import type { Reception, Refusal } from '../model/reception.ts';
import type { Broken } from '../stream/reader.ts';
import { resumeTokenOf } from '../stream/token.ts';
import { ZfsError } from './options.ts';
import type { Target } from './receive-target.ts';

/** What the kernel's refusals read like. */
export function refusalText(refusal: Refusal, prefix: string, target: Target): string {
  switch (refusal) {
    case 'modified':
      return `${prefix}: destination ${target.name} has been modified\nsince most recent snapshot`;
    case 'no-base':
      return `${prefix}: most recent snapshot of ${target.name} does not\nmatch incremental source`;
    case 'partial':
      return `${prefix}: destination ${target.name} contains partially-complete state from "zfs receive -s".`;
    case 'busy':
      return `${prefix}: dataset is busy`;
    case 'snapshot-exists':
      return `cannot restore to ${target.name}@${target.label}: destination already exists`;
    case 'not-resumable':
      return `${prefix}: kernel modules must be upgraded to receive this stream.`;
    case 'resume-exists':
      return `${prefix}: Resuming recv on existing destination '${target.name}'\nmust specify -F to overwrite it`;
    case 'no-space':
      return `${prefix}: out of space`;
    case 'quota':
      return `${prefix}: destination ${target.name} space quota exceeded.`;
    case 'pool-read-only':
      return `${prefix}: pool is read-only`;
  }
}

/** A broken stream: what was kept, and how to go on. */
export function brokenText(how: Broken, prefix: string, reception: Reception): string {
  const { partial } = reception.dataset;
  if (partial?.resumable !== true) {
    return `${prefix}: ${how === 'truncated' ? 'incomplete stream' : 'checksum mismatch'}`;
  }
  return (
    `${prefix}: checksum mismatch or incomplete stream.\nPartially received snapshot is saved.\n` +
    `A resuming stream can be generated on the sending system by running:\n    zfs send -t ${resumeTokenOf(partial)}`
  );
}

/** What does not begin as a stream does. */
export function notAStream(how: Broken | 'magic'): ZfsError {
  if (how === 'magic') return new ZfsError('cannot receive: invalid stream (bad magic number)');
  return new ZfsError(
    how === 'truncated'
      ? 'cannot receive: failed to read from stream'
      : 'cannot receive new filesystem stream: checksum mismatch',
  );
}
