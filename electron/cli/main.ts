/** The `sluice` command: reads the arguments, runs one command, and ends with its exit code. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { failure, toFailure } from '../../shared/model/failure.ts';
import { createEngine } from '../engine.ts';
import { prepareStateDir } from '../hosts/state-dir.ts';
import { onState } from '../own-program.ts';
import { parsePracticeDialects } from '../practice-dialects.ts';
import { askOnTerminal } from './ask-terminal.ts';
import { parseCommand } from './command-table.ts';
import { exitCodes, isSomebodyThere } from './context.ts';
import { many } from './options.ts';
import { isReaderGone, READER_GONE, watchOutput } from './output.ts';
import { printFailure } from './show-run.ts';
import { createTerminal } from './terminal.ts';
import { USAGE, UsageError } from './usage.ts';

async function main(argv: readonly string[], outputLost: AbortSignal): Promise<number> {
  const json = argv.includes('--json');
  const terminal = createTerminal(json ? process.stderr : process.stdout);
  const emit = (document: unknown) => process.stdout.write(`${JSON.stringify(document)}\n`);
  if (argv.length === 0 || argv.includes('--help') || argv.includes('-h') || argv[0] === 'help') {
    terminal.print(USAGE);
    return argv.length === 0 ? exitCodes.usage : await unlessLost(exitCodes.done, outputLost);
  }
  let close = async () => {};
  try {
    const { entry, words, positionals } = parseCommand(argv);
    const given = words['state-dir'];
    const dialects = parsePracticeDialects(many(words['practice-dialect']));
    if (!dialects.ok) throw new UsageError(dialects.error);
    const practice = words.practice === true || Object.keys(dialects.value).length > 0;
    const stateDir = await prepareStateDir({ argument: typeof given === 'string' ? given : null, practice });
    if (practice) createTerminal(process.stderr).print('Practice hosts: simulated, inside this program.');
    const engine = await createEngine({
      stateDir,
      practice,
      practiceDialects: dialects.value,
      shell: 'browser',
      program: onState([process.execPath, process.argv[1] ?? 'sluice'], stateDir, practice ? dialects.value : null),
    });
    const asking = isSomebodyThere()
      ? askOnTerminal(engine.prompts, { input: process.stdin, output: process.stderr })
      : null;
    close = async () => {
      asking?.();
      await engine.close();
    };
    const damage = engine.hosts.damage();
    if (damage !== null) printFailure(createTerminal(process.stderr), damage);
    const code = await entry.run({ engine, words, positionals, json, terminal, emit, outputLost });
    return entry.tellsEnd === true ? code : await unlessLost(code, outputLost);
  } catch (thrown) {
    const usage = thrown instanceof UsageError;
    const error = usage
      ? failure({ code: 'usage', message: thrown.message, next: 'See sluice --help.' })
      : toFailure(thrown);
    if (json)
      emit({ event: 'finished', run: null, at: new Date().toISOString(), status: 'failed', receipt: null, error });
    printFailure(createTerminal(process.stderr), error);
    return usage ? exitCodes.usage : exitCodes.failed;
  } finally {
    await close();
  }
}

/** What came to nobody is no success of a command that is there for its output; it ends quietly as others do. */
async function unlessLost(code: number, outputLost: AbortSignal): Promise<number> {
  // The last write's fault is told then.
  await nextTurn();
  if (!outputLost.aborted || code !== exitCodes.done) return code;
  return isReaderGone(outputLost) ? READER_GONE : exitCodes.failed;
}

const outputLost = watchOutput([process.stdout, process.stderr]);
process.exitCode = await main(process.argv.slice(2), outputLost);
if (outputLost.aborted && !isReaderGone(outputLost)) process.stderr.write(`sluice: ${outputLost.reason}\n`);
