/** The `sluice` command: reads the arguments, runs one command, and ends with its exit code. */
import { parseArgs } from 'node:util';
import { failure, toFailure } from '../../shared/model/failure.ts';
import { createEngine } from '../engine.ts';
import { prepareStateDir } from '../hosts/state-dir.ts';
import { parsePracticeDialects } from '../practice-dialects.ts';
import { askOnTerminal } from './ask-terminal.ts';
import { exportCommand, exportOptions } from './commands/export.ts';
import { hostsCommand } from './commands/hosts.ts';
import { inventoryCommand } from './commands/inventory.ts';
import { planCommand, runCommand } from './commands/replicate.ts';
import {
  cancelCommand,
  holdCommand,
  limitCommand,
  receiptCommand,
  resumeCommand,
  runsCommand,
} from './commands/runs.ts';
import { verifyCommand, verifyOptions } from './commands/verify.ts';
import { type Context, exitCodes } from './context.ts';
import { many, requestOptions } from './options.ts';
import { printFailure } from './show-run.ts';
import { createTerminal } from './terminal.ts';
import { USAGE, UsageError } from './usage.ts';

const globalOptions = {
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
  run(context: Context): Promise<number> | number;
}

const commands: Record<string, CommandEntry> = {
  hosts: { options: hostOptions, run: hostsCommand },
  inventory: { options: {}, run: inventoryCommand },
  plan: { options: requestOptions, run: planCommand },
  run: { options: requestOptions, run: runCommand },
  export: { options: { ...requestOptions, ...exportOptions }, run: exportCommand },
  runs: { options: {}, run: runsCommand },
  resume: { options: {}, run: resumeCommand },
  receipt: { options: {}, run: receiptCommand },
  verify: { options: verifyOptions, run: verifyCommand },
  cancel: { options: {}, run: cancelCommand },
  pause: { options: {}, run: holdCommand(true) },
  continue: { options: {}, run: holdCommand(false) },
  limit: { options: {}, run: limitCommand },
};

function parse(argv: readonly string[]) {
  const [name, ...rest] = argv;
  const entry = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (entry === undefined)
    throw new UsageError(name === undefined ? 'A command is needed.' : `There is no command ${JSON.stringify(name)}.`);
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      options: { ...globalOptions, ...entry.options },
      allowPositionals: true,
    });
    return { entry, words: values as Context['words'], positionals };
  } catch (thrown) {
    throw new UsageError(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

async function main(argv: readonly string[]): Promise<number> {
  const json = argv.includes('--json');
  const terminal = createTerminal(json ? process.stderr : process.stdout);
  const emit = (document: unknown) => process.stdout.write(`${JSON.stringify(document)}\n`);
  if (argv.length === 0 || argv.includes('--help') || argv.includes('-h') || argv[0] === 'help') {
    terminal.print(USAGE);
    return argv.length === 0 ? exitCodes.usage : exitCodes.done;
  }
  let close = async () => {};
  try {
    const { entry, words, positionals } = parse(argv);
    const given = words['state-dir'];
    const dialects = parsePracticeDialects(many(words['practice-dialect']));
    if (!dialects.ok) throw new UsageError(dialects.error);
    const practice = words.practice === true || Object.keys(dialects.value).length > 0;
    const stateDir = await prepareStateDir({ argument: typeof given === 'string' ? given : null, practice });
    if (practice) createTerminal(process.stderr).print('Practice hosts: simulated, inside this program.');
    const engine = await createEngine({ stateDir, practice, practiceDialects: dialects.value, shell: 'browser' });
    const asking =
      process.stdin.isTTY && process.stderr.isTTY
        ? askOnTerminal(engine.prompts, { input: process.stdin, output: process.stderr })
        : null;
    close = async () => {
      asking?.();
      await engine.close();
    };
    const damage = engine.hosts.damage();
    if (damage !== null) printFailure(createTerminal(process.stderr), damage);
    return await entry.run({ engine, words, positionals, json, terminal, emit });
  } catch (thrown) {
    const usage = thrown instanceof UsageError;
    const error = usage
      ? failure({ code: 'usage', message: thrown.message, next: 'sluice --help shows what there is.' })
      : toFailure(thrown);
    if (json)
      emit({ event: 'finished', run: null, at: new Date().toISOString(), status: 'failed', receipt: null, error });
    printFailure(createTerminal(process.stderr), error);
    return usage ? exitCodes.usage : exitCodes.failed;
  } finally {
    await close();
  }
}

process.exitCode = await main(process.argv.slice(2));
