/** What every command of the command line works with. */
import { createInterface } from 'node:readline/promises';
import { SluiceError } from '../../shared/model/failure.ts';
import { describeAddress } from '../../shared/model/host.ts';
import type { Engine } from '../engine.ts';
import { type HostReference, hostAt } from './endpoint.ts';
import type { Words } from './options.ts';
import type { Terminal } from './terminal.ts';

export const exitCodes = { done: 0, failed: 1, blocked: 2, interrupted: 3, cancelled: 3, usage: 64 } as const;

export interface Context {
  readonly engine: Engine;
  readonly words: Words;
  /** What stands after the command's name, options left out. */
  readonly positionals: readonly string[];
  readonly json: boolean;
  /** For people: stdout, or stderr where stdout is for JSON alone. */
  readonly terminal: Terminal;
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
    message: `No host of the host book has the address ${shown}.`,
    cause: 'A host is added once, with its key, before anything is sent to it.',
    next: `sluice hosts add NAME ssh://${shown} --host-key SHA256:…`,
    evidence: { address: reference.address },
  });
}

/** Asks a person; null where there is none (stdin or stderr is no terminal). */
export async function ask(question: string): Promise<string | null> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
  const reading = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await reading.question(question)).trim();
  } finally {
    reading.close();
  }
}
