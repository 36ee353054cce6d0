/** After which faults a run tries again, and how long it waits before. */
import { type Failure, toFailure } from '../../shared/model/failure.ts';
import { retryDelayMs } from '../../shared/transfer/retry.ts';
import { StepFault } from './step-fault.ts';

/** Attempts in a row that may fail without headway on a line that held, before a fault counts as permanent. */
const FRUITLESS_ATTEMPTS = 5;

export interface Retry {
  /** Counted from 1 again whenever headway was made. */
  readonly retry: number;
  readonly inMs: number;
}

/** What earlier attempts left running at the destination makes it busy until its host notices the lost line. */
const passesWithTime = (thrown: unknown, { code }: Failure): boolean =>
  !(thrown instanceof StepFault) || thrown.lineLost || code === 'busy';

export class Patience {
  readonly #random: () => number;
  #fruitless = 0;
  #retries = 0;

  /** @param random numbers from 0 up to, not including, 1 */
  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /**
   * @param moved whether headway was made since the last fault
   * @returns null if trying again is of no use
   */
  after(thrown: unknown, moved: boolean): Retry | null {
    const error = toFailure(thrown);
    if (error.kind === 'permanent') return null;
    this.#fruitless = moved || passesWithTime(thrown, error) ? 0 : this.#fruitless + 1;
    if (this.#fruitless >= FRUITLESS_ATTEMPTS) return null;
    this.#retries = moved ? 1 : this.#retries + 1;
    return { retry: this.#retries, inMs: retryDelayMs(this.#retries, this.#random) };
  }
}
