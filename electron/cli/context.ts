/** What every command of the command line works with. */
import { SluiceError } from '../../shared/model/failure.ts';
import { describeAddress } from '../../shared/model/host.ts';
import type { Engine } from '../engine.ts';
import { readLine } from './ask-terminal.ts';
import { type HostReference, hostAt } from './endpoint.ts';
import type { Words } from './options.ts';
import type { Terminal } from './terminal.ts';

export const exitCodes = { done: 0, failed: 1, blocked: 2, interrupted: 3, cancelled: 3, usage: 64 } as const;

export interface Context {
  readonly engine: Engine;
  readonly words: Words;
  /** What follows the command's name, without options. */
  readonly positionals: readonly string[];
  readonly json: boolean;
  /** For people: stdout, or stderr where stdout is for JSON alone. */
  readonly terminal: Terminal;
  /** Aborts once stdout or stderr cannot be written any more. */
  readonly outputLost: AbortSignal;
  /** One JSON document or line on stdout. */
  emit(document: unknown): void;
}

/** The host-book name of a reference. @throws SluiceError `host-unknown` */
export function hostNameOf(context: Context, reference: HostReference): string {
  if (reference.kind === 'book') return context.engine.hosts.get(reference.name).name;
  const found = hostAt(reference.address, context.engine.hosts.list());
  if (found !== null) return found.name;
  const shown = describeAddress(reference.address);
  throw new SluiceError({
    code: 'host-unknown',
    message: `No host in the host book has the address ${shown}.`,
    cause: 'A host is added once, with its key, before anything is sent to it.',
    next: `sluice hosts add NAME ssh://${shown} --host-key SHA256:…`,
    evidence: { address: reference.address },
  });
}

/** True if somebody could answer: stdin and stderr are a terminal. */
export const isSomebodyThere = (): boolean => process.stdin.isTTY && process.stderr.isTTY;

/** Asks a person; null where there is none. Who answers with Ctrl-C or Ctrl-D has said nothing: no yes, and no name that fits. */
export async function ask(question: string): Promise<string | null> {
  if (!isSomebodyThere()) return null;
  const answer = await readLine({ input: process.stdin, output: process.stderr }, question, true);
  return (answer ?? '').trim();
}
