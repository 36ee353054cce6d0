/** The output's reader may go away before the program ends: `sluice run … --json | head -2`, a pager that is left, a closed terminal. */

/** As a shell tells it of a program that SIGPIPE ended; Node ignores that signal. */
export const READER_GONE = 141;

/** Codes of a write that nobody reads; `EOF` is Windows' for a pipe. Any other, such as ENOSPC, is a fault of where it goes. */
const NOBODY = new Set(['EPIPE', 'EIO', 'EOF', 'ECONNRESET', 'ERR_STREAM_DESTROYED']);

/**
 * Nobody else may listen for what these streams cannot write: without a listener "write EPIPE" ends the process on the spot, and a
 * run would leave its keys at the destination.
 *
 * @returns aborts, with the fault for its reason, once something could not be written
 */
export function watchOutput(streams: readonly NodeJS.WritableStream[]): AbortSignal {
  const lost = new AbortController();
  for (const stream of streams) stream.on('error', (error) => lost.abort(error));
  return lost.signal;
}

/** True if the output was lost because nobody reads it any more. */
export const isReaderGone = ({ reason }: AbortSignal): boolean =>
  reason instanceof Error && NOBODY.has((reason as NodeJS.ErrnoException).code ?? '');
