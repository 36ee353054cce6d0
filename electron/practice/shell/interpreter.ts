/** Runs parsed shell text. Nothing here ever reaches a real shell or a real program. */
import { BrokenPipe, emptySource, Killed, nullSink, pipe, type Sink, type Source, untilKilled } from '../io.ts';
import { BUILTINS, type ShellState } from './builtins.ts';
import { ShellSyntaxError, type Word } from './lexer.ts';
import { type Command, parseScript, type Redirect, type SimpleCommand, type Step } from './parser.ts';
import { type Process, SIGNALS } from './process.ts';

const BROKEN_PIPE_STATUS = 128 + (SIGNALS.get('PIPE') ?? 0);

type Descriptors = readonly [Source, Sink, Sink];

function variable(state: ShellState, process: Process, name: string): string {
  if (name === '?') return String(state.status);
  if (name === '$') return String(process.pid);
  if (name === '0') return state.name;
  return state.variables.get(name) ?? '';
}

/** One word as it reads after expansion: none, one or several fields. */
function expand(state: ShellState, process: Process, word: Word): string[] {
  const fields: string[] = [];
  let open: string | null = null;
  for (const piece of word) {
    const text = piece.kind === 'text' ? piece.text : variable(state, process, piece.name);
    if (piece.kind === 'text' || piece.quoted) {
      open = (open ?? '') + text;
      continue;
    }
    const parts = text.split(/[ \t\n]+/);
    parts.forEach((part, index) => {
      if (index > 0 && open !== null) {
        fields.push(open);
        open = null;
      }
      if (part !== '') open = (open ?? '') + part;
    });
  }
  if (open !== null) fields.push(open);
  return fields;
}

const joined = (state: ShellState, process: Process, word: Word): string =>
  word.map((piece) => (piece.kind === 'text' ? piece.text : variable(state, process, piece.name))).join('');

class RedirectError extends Error {}

function redirected(descriptors: Descriptors, redirects: readonly (Redirect & { target: string })[]): Descriptors {
  const now: [Source, Sink, Sink] = [...descriptors];
  for (const { text, from, target } of redirects) {
    if (text === '<' && from === 0 && target === '/dev/null') now[0] = emptySource;
    else if ((text === '>' || text === '>>') && (from === 1 || from === 2) && target === '/dev/null')
      now[from] = nullSink;
    else if (text === '>&' && from === 1 && target === '2') now[1] = now[2];
    else if (text === '>&' && from === 2 && target === '1') now[2] = now[1];
    else if (text === '<') throw new RedirectError(`cannot open ${target}: No such file`);
    else if (text === '>' || text === '>>') throw new RedirectError(`cannot create ${target}: Read-only file system`);
    else throw new RedirectError(`${target}: bad file descriptor`);
  }
  return now;
}

class Shell {
  readonly #process: Process;
  readonly #state: ShellState;
  readonly #replace: boolean;

  /** @param replace the script is one command, which takes the shell's place instead of becoming its child */
  constructor(process: Process, state: ShellState, replace: boolean) {
    this.#process = process;
    this.#state = state;
    this.#replace = replace;
  }

  async run(steps: readonly Step[]): Promise<number> {
    for (const step of steps) {
      if (this.#state.exited) break;
      if (step.when === 'after-success' && this.#state.status !== 0) continue;
      if (step.when === 'after-failure' && this.#state.status === 0) continue;
      this.#state.status = await this.#pipeline(step.pipeline);
    }
    return this.#state.status;
  }

  async #pipeline(commands: readonly Command[]): Promise<number> {
    const { stdin, stdout, stderr } = this.#process;
    const pipes = commands.slice(1).map(() => pipe());
    const runs = commands.map(async (command, index) => {
      const before = pipes[index - 1];
      const after = pipes[index];
      const status = await this.#command(command, [before?.source ?? stdin, after?.sink ?? stdout, stderr]);
      before?.source.close();
      after?.sink.close();
      return status;
    });
    const settled = await Promise.allSettled(runs);
    for (const run of settled) if (run.status === 'rejected') throw run.reason;
    const last = settled.at(-1);
    return last?.status === 'fulfilled' ? last.value : 0;
  }

  /** Runs a command with its redirections; a redirection that cannot be made fails it. */
  async #command(command: Command, descriptors: Descriptors): Promise<number> {
    try {
      const redirects = command.redirects.map((one) => ({
        ...one,
        target: joined(this.#state, this.#process, one.to),
      }));
      const [stdin, stdout, stderr] = redirected(descriptors, redirects);
      const process: Process = { ...this.#process, stdin, stdout, stderr };
      if ('list' in command) return await new Shell(process, this.#state, false).run(command.list);
      return await this.#simple(command, process);
    } catch (error) {
      // What the shell itself writes to nobody ends the shell, as SIGPIPE does: an `echo` after a connection was cut.
      if (error instanceof BrokenPipe) {
        this.#state.exited = true;
        return BROKEN_PIPE_STATUS;
      }
      if (!(error instanceof RedirectError)) throw error;
      await this.#complain(error.message);
      return 2;
    }
  }

  async #simple(command: SimpleCommand, process: Process): Promise<number> {
    const state = this.#state;
    const argv = command.words.flatMap((word) => expand(state, this.#process, word));
    const assigned = command.assignments.map((one): [string, string] => [
      one.name,
      joined(state, this.#process, one.value),
    ]);
    const [name] = argv;
    if (name === undefined) {
      for (const [key, value] of assigned) state.variables.set(key, value);
      return 0;
    }
    const inner: Process = { ...process, argv };
    if (name === 'exec' && argv.length > 1) {
      const status = await this.#external({ ...process, argv: argv.slice(1) }, assigned, true);
      state.exited = true;
      return status;
    }
    const builtin = BUILTINS.get(name);
    return builtin === undefined ? this.#external(inner, assigned) : builtin(inner, state);
  }

  async #external(
    inner: Process,
    assigned: readonly (readonly [string, string])[],
    replace = this.#replace,
  ): Promise<number> {
    const state = this.#state;
    const [name = ''] = inner.argv;
    const exported = [...state.variables].filter(([key]) => state.exported.has(key));
    const env = new Map([...exported, ...assigned]);
    const program = inner.system.find(name, env.get('PATH') ?? state.variables.get('PATH') ?? '');
    if (program === null) {
      await this.#complain(`${name}: not found`, inner.stderr);
      return 127;
    }
    return replace ? program.run({ ...inner, env }) : runProgram(program.run, { ...inner, env });
  }

  #complain(text: string, stderr = this.#process.stderr): Promise<void> {
    return stderr.write(Buffer.from(`${this.#state.name}: 1: ${text}\n`));
  }
}

/** Runs a program as a process of its own; signals and broken pipes become the statuses a shell would see. */
export async function runProgram(run: (process: Process) => Promise<number>, from: Process): Promise<number> {
  const { processes } = from.system;
  const entry = processes.enter(from.argv, from.user, from);
  const signal = AbortSignal.any([entry.abort.signal, from.signal]);
  const process: Process = {
    ...from,
    pid: entry.pid,
    signal,
    stdin: { read: () => untilKilled(from.stdin.read(), signal) },
    stdout: { write: (data) => untilKilled(from.stdout.write(data), signal) },
  };
  try {
    return await run(process);
  } catch (error) {
    if (error instanceof BrokenPipe) return BROKEN_PIPE_STATUS;
    if (error instanceof Killed && !from.signal.aborted) return 128 + (SIGNALS.get(error.signal) ?? 0);
    throw error;
  } finally {
    processes.leave(entry);
  }
}

/**
 * Runs shell text to its end.
 * @param name what the shell calls itself in messages
 * @returns its status
 * @throws Killed if the process was ended
 */
export async function runScript(process: Process, script: string, name = 'sh'): Promise<number> {
  const state: ShellState = {
    variables: new Map(process.env),
    exported: new Set(process.env.keys()),
    status: 0,
    exited: false,
    name,
  };
  try {
    const steps = parseScript(script);
    const replace = steps.length === 1 && steps[0]?.pipeline.length === 1;
    return await new Shell(process, state, replace).run(steps);
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) throw error;
    await process.stderr.write(Buffer.from(`${name}: 1: ${error.message}\n`));
    return 2;
  }
}
