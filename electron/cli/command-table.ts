/** Which commands there are, which options each takes, and which of them a command line means. */
import { parseArgs } from 'node:util';
import { exportCommand, exportOptions } from './commands/export.ts';
import { hostsCommand } from './commands/hosts.ts';
import { inventoryCommand } from './commands/inventory.ts';
import { planCommand, runCommand } from './commands/replicate.ts';
import {
  cancelCommand,
  limitCommand,
  pauseCommand,
  receiptCommand,
  resumeCommand,
  runsCommand,
} from './commands/runs.ts';
import { verifyCommand, verifyOptions } from './commands/verify.ts';
import type { Context } from './context.ts';
import { requestOptions } from './options.ts';
import { UsageError } from './usage.ts';

export const globalOptions = {
  json: { type: 'boolean' },
  practice: { type: 'boolean' },
  'practice-dialect': { type: 'string', multiple: true },
  'state-dir': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;
const hostOptions = {
  identity: { type: 'string' },
  privilege: { type: 'string' },
  'host-key': { type: 'string' },
  jump: { type: 'string' },
  notes: { type: 'string' },
  colour: { type: 'string' },
  carrier: { type: 'string' },
  'write-known-hosts': { type: 'boolean' },
  address: { type: 'string' },
  as: { type: 'string' },
  fix: { type: 'string' },
  yes: { type: 'boolean' },
} as const;

interface CommandEntry {
  readonly options: NonNullable<Parameters<typeof parseArgs>[0]>['options'];
  /** True if its exit code tells how something ended that was under way, whether or not anybody read the output to its end. */
  readonly tellsEnd?: true;
  run(context: Context): Promise<number> | number;
}

export const commands: Record<string, CommandEntry> = {
  hosts: { options: hostOptions, run: hostsCommand },
  inventory: { options: {}, run: inventoryCommand },
  plan: { options: requestOptions, run: planCommand },
  run: { options: requestOptions, tellsEnd: true, run: runCommand },
  export: { options: { ...requestOptions, ...exportOptions }, run: exportCommand },
  runs: { options: {}, run: runsCommand },
  resume: { options: {}, tellsEnd: true, run: resumeCommand },
  receipt: { options: {}, run: receiptCommand },
  verify: { options: verifyOptions, tellsEnd: true, run: verifyCommand },
  cancel: { options: {}, run: cancelCommand },
  pause: { options: {}, run: pauseCommand(true) },
  continue: { options: {}, run: pauseCommand(false) },
  limit: { options: {}, run: limitCommand },
};

interface Parsed {
  readonly name: string;
  readonly entry: CommandEntry;
  readonly words: Context['words'];
  readonly positionals: string[];
}

/**
 * @param argv what follows the program; global options may also precede the command
 * @throws UsageError
 */
export function parseCommand(argv: readonly string[]): Parsed {
  const args = [...argv];
  const { tokens } = parseArgs({ args, options: globalOptions, strict: false, allowPositionals: true, tokens: true });
  const word = tokens.find(({ kind }) => kind === 'positional');
  const name = word === undefined ? undefined : args[word.index];
  if (word === undefined || name === undefined) throw new UsageError('A command is needed.');
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (entry === undefined) throw new UsageError(`There is no command ${JSON.stringify(name)}.`);
  try {
    const { values, positionals } = parseArgs({
      args: args.toSpliced(word.index, 1),
      options: { ...globalOptions, ...entry.options },
      allowPositionals: true,
    });
    return { name, entry, words: values as Context['words'], positionals };
  } catch (thrown) {
    throw new UsageError(thrown instanceof Error ? thrown.message : String(thrown));
  }
}
