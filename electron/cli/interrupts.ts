/** Ctrl-C, `kill`, a terminal that is closed, and output that is lost, reported once however often they come. */

/**
 * A terminal sends Ctrl-C to every process of its group, and npm and build/bootstrap.mjs hand theirs on: the same press comes two or
 * three times, on a busy machine not at once.
 */
const SAME_PRESS_MS = 1000;

/** SIGHUP would end Node at once, also under `nohup`: Node sets what was ignored back to the default when it starts. */
const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * @param outputLost counts as the first signal: nobody sees any more what is done
 * @param act on the first signal; one that comes a second later ends the process as if nobody had listened
 * @returns stops listening, unless a signal came: its echoes must not end the process while it still tidies up
 */
export function onInterrupt(outputLost: AbortSignal, act: () => void): () => void {
  let first: number | null = null;
  const stop = () => {
    for (const signal of SIGNALS) process.off(signal, told);
    outputLost.removeEventListener('abort', lost);
  };
  const lost = () => {
    if (first !== null) return;
    first = performance.now();
    act();
  };
  const told = (signal: NodeJS.Signals) => {
    const now = performance.now();
    if (first === null) {
      first = now;
      // Node takes its listeners away when nothing is left to do: an echo would end it by the signal, with another status than its own.
      setTimeout(() => undefined, SAME_PRESS_MS);
      act();
    } else if (now - first > SAME_PRESS_MS) {
      stop();
      process.kill(process.pid, signal);
    }
  };
  for (const signal of SIGNALS) process.on(signal, told);
  if (outputLost.aborted) lost();
  else outputLost.addEventListener('abort', lost);
  return () => {
    if (first === null) stop();
  };
}
