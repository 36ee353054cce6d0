/** What the shell does itself. */
import { complain, type Process, SIGNALS, say } from './process.ts';

/** What one shell remembers between its commands. */
export interface ShellState {
  readonly variables: Map<string, string>;
  readonly exported: Set<string>;
  status: number;
  /** Set by `exit`. */
  exited: boolean;
  /** What the shell calls itself in messages. */
  readonly name: string;
}

type Builtin = (process: Process, state: ShellState) => Promise<number>;

/** Backslash escapes of `printf` and of dash's `echo`; octal as `\036`. */
function expandEscapes(text: string): string {
  const letters: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', '\\': '\\' };
  return text.replaceAll(/\\(?:([0-7]{1,3})|(.))/gs, (all, octal: string | undefined, letter: string | undefined) =>
    octal === undefined ? (letters[letter ?? ''] ?? all) : String.fromCharCode(Number.parseInt(octal, 8)),
  );
}

/** `%s`, `%d` and `%%`; the format is used again while arguments are left. */
function format(pattern: string, given: readonly string[]): string {
  const rest = [...given];
  let result = '';
  do {
    const before = rest.length;
    result += expandEscapes(pattern).replaceAll(/%([sd%])/g, (_all, letter: string) => {
      if (letter === '%') return '%';
      const argument = rest.shift() ?? '';
      return letter === 'd' ? String(Number.parseInt(argument, 10) || 0) : argument;
    });
    if (rest.length === before) break;
  } while (rest.length > 0);
  return result;
}

const echo: Builtin = async (process) => {
  const words = process.argv.slice(1);
  const bare = words[0] === '-n';
  await say(process, expandEscapes(words.slice(bare ? 1 : 0).join(' ')) + (bare ? '' : '\n'));
  return 0;
};

const printf: Builtin = async (process) => {
  const [, pattern, ...given] = process.argv;
  if (pattern === undefined) {
    await complain(process, 'sh: 1: printf: usage: printf format [arg ...]\n');
    return 2;
  }
  await say(process, format(pattern, given));
  return 0;
};

const exportNames: Builtin = (process, state) => {
  for (const word of process.argv.slice(1)) {
    const [name = '', ...value] = word.split('=');
    if (value.length > 0) state.variables.set(name, value.join('='));
    state.exported.add(name);
  }
  return Promise.resolve(0);
};

const unset: Builtin = (process, state) => {
  for (const name of process.argv.slice(1)) state.variables.delete(name);
  return Promise.resolve(0);
};

const exit: Builtin = (process, state) => {
  state.exited = true;
  return Promise.resolve(process.argv[1] === undefined ? state.status : Number.parseInt(process.argv[1], 10) & 255);
};

/** `command -v NAME`: where a program is, or that the shell has it itself. */
const command: Builtin = async (process, state) => {
  const [, option, ...names] = process.argv;
  if (option !== '-v') {
    await complain(process, 'sh: 1: command: only -v is part of this shell\n');
    return 2;
  }
  let status = 0;
  for (const name of names) {
    const path = BUILTINS.has(name) ? name : process.system.find(name, state.variables.get('PATH') ?? '')?.path;
    if (path === undefined) status = 127;
    else await say(process, `${path}\n`);
  }
  return status;
};

/** `kill [-SIGNAL | -s SIGNAL] [--] PID…`; a negative PID is a group. */
const kill: Builtin = async (process) => {
  const words = process.argv.slice(1);
  let signal = 'TERM';
  if (words[0] === '-s') signal = words.splice(0, 2)[1] ?? 'TERM';
  else if (/^-([A-Z]+[0-9]?|[0-9]+)$/.test(words[0] ?? '') && words.length > 1) signal = (words.shift() ?? '').slice(1);
  if (words[0] === '--') words.shift();
  const named = [...SIGNALS].find(
    ([name, number]) => signal === name || signal === `SIG${name}` || signal === `${number}`,
  );
  if (named === undefined && signal !== '0') {
    await complain(process, `sh: 1: kill: invalid signal number or name: ${signal}\n`);
    return 1;
  }
  let status = 0;
  for (const word of words) {
    const target = Number.parseInt(word, 10);
    if (Number.isNaN(target)) {
      await complain(process, `sh: 1: kill: Illegal number: ${word}\n`);
      return 2;
    }
    if (process.system.processes.kill(target, named?.[0] ?? '0')) continue;
    await complain(process, 'sh: 1: kill: No such process\n\n');
    status = 1;
  }
  return status;
};

const nothing =
  (status: number): Builtin =>
  () =>
    Promise.resolve(status);

export const BUILTINS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  [':', nothing(0)],
  ['true', nothing(0)],
  ['false', nothing(1)],
  ['echo', echo],
  ['printf', printf],
  ['export', exportNames],
  ['unset', unset],
  ['exit', exit],
  ['command', command],
  ['kill', kill],
]);
