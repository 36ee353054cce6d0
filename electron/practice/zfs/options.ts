/** `getopt` as glibc does it: options may stand after operands, letters may be joined, `--` ends them. */

/** A verb was called wrongly: the message, if any, then its usage, status 2. */
export class UsageError extends Error {}

/** A command failed with these lines on stderr. */
export class ZfsError extends Error {
  readonly status: number;

  constructor(message: string, status = 1) {
    super(message);
    this.status = status;
  }
}

export interface Options {
  /** The letters given, in order, with their arguments. */
  readonly given: readonly { readonly letter: string; readonly value: string }[];
  readonly operands: readonly string[];
  has(letter: string): boolean;
  /** The last argument given for the letter, or null. */
  value(letter: string): string | null;
  values(letter: string): string[];
  /** How often a letter was given. */
  count(letter: string): number;
}

/**
 * @param spec letters, each followed by a colon if it takes an argument
 * @throws UsageError for a letter that is not in `spec` or has no argument
 */
export function readOptions(words: readonly string[], spec: string): Options {
  const given: { letter: string; value: string }[] = [];
  const operands: string[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      operands.push(...rest.splice(0));
    } else if (word.startsWith('-') && word !== '-') {
      readCluster(word.slice(1), rest, spec, given);
    } else {
      operands.push(word);
    }
  }
  return {
    given,
    operands,
    has: (letter) => given.some((one) => one.letter === letter),
    value: (letter) => given.findLast((one) => one.letter === letter)?.value ?? null,
    values: (letter) => given.filter((one) => one.letter === letter).map((one) => one.value),
    count: (letter) => given.filter((one) => one.letter === letter).length,
  };
}

function readCluster(cluster: string, rest: string[], spec: string, given: { letter: string; value: string }[]): void {
  for (let at = 0; at < cluster.length; at += 1) {
    const letter = cluster.charAt(at);
    const place = letter === ':' ? -1 : spec.indexOf(letter);
    if (place < 0) throw new UsageError(`invalid option '${letter}'`);
    if (spec.charAt(place + 1) !== ':') {
      given.push({ letter, value: '' });
      continue;
    }
    const joined = cluster.slice(at + 1);
    const value = joined === '' ? rest.shift() : joined;
    if (value === undefined) throw new UsageError(`missing argument for '${letter}' option`);
    given.push({ letter, value });
    return;
  }
}

/** `-o property=value` as it stands in `create`, `snapshot` and `receive`. */
export function readAssignments(words: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const word of words) {
    const cut = word.indexOf('=');
    if (cut < 0) throw new UsageError(`missing '=' for property=value argument`);
    const name = word.slice(0, cut);
    if (found.has(name)) throw new ZfsError(`property '${name}' specified multiple times`);
    found.set(name, word.slice(cut + 1));
  }
  return found;
}
