/** What Sluice's window can be started with, the same for Electron and for a browser. */
import { parseArgs } from 'node:util';
import type { PracticeDialects } from '../shared/model/practice.ts';
import { parsePracticeDialects } from './practice-dialects.ts';

export interface LaunchOptions {
  /** Offer practice hosts only, with state kept apart. */
  readonly practice: boolean;
  readonly practiceDialects: PracticeDialects;
  /** Serve the window to a browser even where Electron could be had. */
  readonly web: boolean;
  /** TCP port for the browser's window; 0 takes a free one. */
  readonly port: number;
  /** Where state is kept; null for the usual place. */
  readonly stateDir: string | null;
  /** Open the browser; false only prints the address. */
  readonly open: boolean;
  /** Prove the window, print a verdict, and end. */
  readonly selfTest: boolean;
}

/** The arguments were not understood; the message says which. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = `npm start -- [--practice] [--practice-dialect HOST=ZFS] [--web] [--port N] [--no-open] [--state-dir DIR]

  --practice       two practice hosts inside the application, nothing of yours is touched
  --practice-dialect HOST=ZFS
                   which ZFS a practice host pretends to have: laptop, backupbox or office;
                   openzfs-2.3, openzfs-0.8, illumos, solaris-11.4 or legacy; may be repeated
  --web            open in the browser even if the Electron runtime is there
  --port N         port for the browser's window (default: a free one)
  --no-open        print the address and open nothing
  --state-dir DIR  keep hosts, settings and runs in DIR
`;

const known = {
  practice: { type: 'boolean' },
  'practice-dialect': { type: 'string', multiple: true },
  web: { type: 'boolean' },
  port: { type: 'string' },
  'no-open': { type: 'boolean' },
  'state-dir': { type: 'string' },
  'self-test': { type: 'boolean' },
} as const;

/**
 * Reads the arguments after the program's name.
 *
 * @param tolerant skip what is not known: Electron hands over Chromium's own switches as well
 * @throws {UsageError} if an argument is unknown, or a value is missing or wrong
 */
export function parseLaunchOptions(args: readonly string[], { tolerant = false } = {}): LaunchOptions {
  const values = readValues(tolerant ? args.filter(isKnown) : args);
  return {
    // Whoever says how they speak wants them.
    practice: values.practice ?? values['practice-dialect'] !== undefined,
    practiceDialects: dialectsOf(values['practice-dialect'] ?? []),
    web: values.web ?? false,
    port: portOf(values.port ?? '0'),
    stateDir: values['state-dir'] ?? null,
    open: !(values['no-open'] ?? false),
    selfTest: values['self-test'] ?? false,
  };
}

function readValues(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: known, strict: true }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** True for our switches and for the values that follow them. */
function isKnown(arg: string, index: number, args: readonly string[]): boolean {
  const optionOf = (text: string | undefined) => /^--([a-z-]+)(=|$)/.exec(text ?? '')?.[1] ?? '';
  if (arg.startsWith('--')) return optionOf(arg) in known;
  const before = optionOf(args[index - 1]);
  return !args[index - 1]?.includes('=') && before in known && known[before as keyof typeof known].type === 'string';
}

function dialectsOf(given: readonly string[]): PracticeDialects {
  const parsed = parsePracticeDialects(given);
  if (!parsed.ok) throw new UsageError(parsed.error);
  return parsed.value;
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new UsageError(`--port takes a number from 0 to 65535, not "${text}"`);
  return port;
}
