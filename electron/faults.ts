/** What a process of ours does about an error that nobody handled: say it, end the runs so that they can go on later, stop. */

/** Milliseconds that closing may take before the process ends all the same. */
const CLOSING_MS = 5_000;

/**
 * The last words of a process: the error with its stack, for stderr.
 *
 * @param fault whatever was thrown
 */
export function faultText(fault: unknown): string {
  const text = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
  return `Sluice stops because of an internal error. Runs can be resumed.\n${text}\n`;
}

/**
 * Makes an unhandled error end the process with status 1 after `close`, once. An unhandled rejection counts too.
 *
 * @param close ends what is under way; it may be called although it is running already
 * @param exit how the process ends
 */
export function endOnFault(close: () => Promise<void>, exit: (status: number) => void): void {
  let ending = false;
  process.on('uncaughtException', (fault) => {
    process.stderr.write(faultText(fault));
    if (ending) return;
    ending = true;
    const timer = setTimeout(() => exit(1), CLOSING_MS);
    close()
      .catch((error: unknown) => process.stderr.write(faultText(error)))
      .finally(() => {
        clearTimeout(timer);
        exit(1);
      });
  });
}
