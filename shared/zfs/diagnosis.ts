/** What a message of ZFS means, in words for people. */
export interface Diagnosis {
  readonly code: string;
  readonly cause: string;
  readonly next: string;
  /** A `passing` fault may be gone at the next attempt; a `permanent` one needs somebody. */
  readonly kind: 'passing' | 'permanent';
}

/** One cause and the messages that indicate it. */
export interface Entry extends Omit<Diagnosis, 'cause' | 'next'> {
  readonly message: RegExp;
  /** A function is given what the first group of `message` found. */
  readonly cause: string | ((named: string) => string);
  readonly next: string | ((named: string) => string);
}

export const passing = 'passing' as const;
export const permanent = 'permanent' as const;
