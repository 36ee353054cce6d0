/** Practice hosts beside real ones in one process: an engine and state of their own, started when they are first asked for. */
import type { Backend } from './backend.ts';

export interface PracticeBeside {
  /** The backend of the practice hosts. A start that failed is tried again at the next call. */
  backend(): Promise<Backend>;
  runsUnderWay(): number;
  /** Closes it if it was ever started. */
  close(): Promise<void>;
}

export function practiceBeside(start: () => Promise<Backend>): PracticeBeside {
  let starting: Promise<Backend> | null = null;
  let started: Backend | null = null;
  return {
    async backend() {
      starting ??= start();
      try {
        started = await starting;
        return started;
      } catch (error) {
        starting = null;
        throw error;
      }
    },
    runsUnderWay: () => started?.runsUnderWay() ?? 0,
    async close() {
      // Whoever could not be started need not be closed; who asked for it has been told why.
      const backend = await starting?.catch(() => null);
      await backend?.close();
    },
  };
}
