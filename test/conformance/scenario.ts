/**
 * Scenarios: what a host with ZFS is asked, and what it must answer, written once and played on every system.
 *
 * In commands and outputs `{s}` and `{d}` are two names of the scenario's own, one in each of two pools, `{S}` and `{D}`;
 * nothing exists under them when it begins. What no shell knows may stand in a command: `write DATASET KIB` puts a new
 * file of that size into a mounted filesystem, `{token DATASET}` is the dataset's receive_resume_token,
 * `{damage BYTES}` a filter that spoils a stream behind so many bytes, and `{user}` a user without rights.
 */

/** The meaning of a stderr: nothing was said, a code of the error catalogue, or words that are not in it. */
export type Meaning = 'nothing' | 'not in the catalogue' | (string & {});

export interface Expected {
  readonly status: number;
  readonly means: Meaning;
  /** Must stand in stderr: the words that are the same in every version. */
  readonly phrase: string | null;
  /** Exact lines of stdout; null: not looked at. */
  readonly stdout: readonly string[] | null;
  /** All lines of stdout are one and the same, or all are different; there are at least two. */
  readonly lines: 'same' | 'different' | null;
}

export interface Asked {
  readonly command: string;
  readonly user: 'root' | 'delegate';
  readonly expected: Expected;
}

/** The same question to all systems, or another one to those with the old tools; null there: not asked. */
export interface Step {
  readonly openzfs: Asked;
  readonly legacy: Asked | null;
}

export interface Scenario {
  readonly title: string;
  /** Why systems with the old tools cannot be asked; null if they can. */
  readonly openzfsOnly: string | null;
  readonly steps: readonly Step[];
}

const QUIET: Expected = { status: 0, means: 'nothing', phrase: null, stdout: null, lines: null };

const ask = (command: string, expected: Partial<Expected>): Asked => ({
  command,
  user: 'root',
  expected: { ...QUIET, ...expected },
});

/** Succeeds and has nothing to complain about. */
export const does = (command: string): Asked => ask(command, {});
/** Succeeds with exactly these lines on stdout. */
export const says = (command: string, ...stdout: readonly string[]): Asked => ask(command, { stdout });
/** Fails, and stderr means this. */
export const refuses = (command: string, status: number, means: Meaning, phrase: string | null = null): Asked =>
  ask(command, { status, means, phrase });
/** Succeeds, and yet says something on stderr. */
export const warns = (command: string, means: Meaning, phrase: string | null = null): Asked =>
  ask(command, { means, phrase });
/** Succeeds with lines that are all the same: GUIDs of a snapshot and of its copy. */
export const same = (command: string): Asked => ask(command, { lines: 'same' });
/** Succeeds with lines of which no two are the same. */
export const different = (command: string): Asked => ask(command, { lines: 'different' });
/** Asked by a user who is not root and has what `zfs allow` gave. */
export const byDelegate = (asked: Asked): Asked => ({ ...asked, user: 'delegate' });
/** The old tools answer otherwise, are asked otherwise, or (null) are not asked. */
export const either = (openzfs: Asked, legacy: Asked | null): Step => ({ openzfs, legacy });

const asStep = (given: Asked | Step): Step => ('command' in given ? { openzfs: given, legacy: given } : given);

export const scenario = (title: string, steps: readonly (Asked | Step)[]): Scenario => ({
  title,
  openzfsOnly: null,
  steps: steps.map(asStep),
});

/** @param why what the old tools lack */
export const openzfsOnly = (why: string, title: string, steps: readonly (Asked | Step)[]): Scenario => ({
  title,
  openzfsOnly: why,
  steps: steps.map(asStep),
});

export type Dialect = 'openzfs' | 'legacy';

/** What a system of this dialect is asked; null if the scenario is not for it. */
export function questions(one: Scenario, dialect: Dialect): Asked[] | null {
  if (dialect === 'legacy' && one.openzfsOnly !== null) return null;
  return one.steps.flatMap((step) => step[dialect] ?? []);
}
