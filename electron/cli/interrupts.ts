/** Ctrl-C and `kill`, reported once however often they come. */

/**
 * A terminal sends Ctrl-C to every process of its group, and npm and build/bootstrap.mjs hand theirs on: the same press comes two or
 * three times, on a busy machine not at once.
 */
const SAME_PRESS_MS = 1000;

/**
 * @param act on the first signal; one that comes a second later ends the process as if nobody had listened
 * @returns stops listening, unless a signal came: its echoes must not end the process while it still tidies up
 */
export function onInterrupt(signals: readonly NodeJS.Signals[], act: () => void): () => void {
  let first: number | null = null;
  const stop = () => {
    for (const signal of signals) process.off(signal, told);
  };
  const told = (signal: NodeJS.Signals) => {
    const now = performance.now();
    if (first === null) {
      first = now;
      act();
    } else if (now - first > SAME_PRESS_MS) {
      stop();
      process.kill(process.pid, signal);
    }
  };
  for (const signal of signals) process.on(signal, told);
  return () => {
    if (first === null) stop();
  };
}
