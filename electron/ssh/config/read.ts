/** ~/.ssh/config with its `Include`s in place, for listing the hosts it names and for computers without ssh. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import SSHConfig from 'ssh-config';
import { SshAliasSchema } from '../../../shared/model/host.ts';

/** OpenSSH's own limit (readconf.c, READCONF_MAX_DEPTH). */
const DEEPEST = 16;
/** A configuration with more lines is no configuration. */
const MOST_LINES = 100_000;

export interface ConfigText {
  readonly text: string;
  /** Sentences about what could not be read. */
  readonly faults: readonly string[];
}

const HEADER = /^\s*(?:host|match)(?:\s|=)/i;
const INCLUDE = /^\s*include(?:\s+|\s*=\s*)(.*)$/i;

/** The files an Include names: several, with wildcards, `~`, and relative ones below ~/.ssh. */
function filesOf(words: string, home: string): string[] {
  const names = [...words.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');
  return names.flatMap((name) => {
    const path = name.startsWith('~/') ? join(home, name.slice(2)) : isAbsolute(name) ? name : join(home, '.ssh', name);
    return /[*?[]/.test(path) ? globSync(path).toSorted() : existsSync(path) ? [path] : [];
  });
}

/** @param file may be absent: an empty configuration */
export function readConfigText(file: string, home: string = homedir()): ConfigText {
  const lines: string[] = [];
  const faults: string[] = [];
  const add = (path: string, depth: number): void => {
    if (depth > DEEPEST) {
      faults.push(`${path} is included more than ${DEEPEST} levels deep.`);
      return;
    }
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch (error) {
      faults.push(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      return;
    }
    let header: string | null = null;
    for (const line of text.split(/\r?\n/)) {
      if (lines.length > MOST_LINES) {
        faults.push(`${path}: only the first ${MOST_LINES} lines were read.`);
        return;
      }
      const include = INCLUDE.exec(line);
      if (include === null) {
        if (HEADER.test(line)) header = line;
        lines.push(line);
        continue;
      }
      for (const included of filesOf(include[1] ?? '', home)) add(included, depth + 1);
      // What follows belongs to the block in which the Include stands, or to all hosts if it stands before any.
      lines.push(header ?? 'Host *');
    }
  };
  if (existsSync(file)) add(file, 0);
  return { text: lines.join('\n'), faults };
}

/** Names after `Host` that can be typed after `ssh`: no patterns. In the order of the file, each once. */
export function aliasesOf(text: string): string[] {
  const found = new Set<string>();
  for (const line of text.split('\n')) {
    const names = /^\s*host(?:\s+|\s*=\s*)(.*)$/i.exec(line)?.[1];
    if (names === undefined) continue;
    for (const match of names.replace(/\s#.*$/, '').matchAll(/"([^"]*)"|(\S+)/g)) {
      const name = match[1] ?? match[2] ?? '';
      if (SshAliasSchema.safeParse(name).success) found.add(name);
    }
  }
  return [...found];
}

/** The parser would run nslookup for it, with names from the file. */
const CANONICALIZE = /^\s*canonicali[sz]ehostname(?:\s|=).*$/gim;

/**
 * What the text says of an alias, by keyword in lower case; null if it is not a configuration that can be parsed.
 * Nothing is run: `Match exec` does not match.
 */
export function computeWithoutSsh(text: string, alias: string): Map<string, string[]> | null {
  try {
    const computed = SSHConfig.parse(text.replace(CANONICALIZE, '')).compute(alias, {
      ignoreCase: true,
      matchExec: false,
    });
    const values = new Map<string, string[]>();
    for (const [keyword, value] of Object.entries(computed)) {
      values.set(keyword.toLowerCase(), Array.isArray(value) ? value.map(String) : [String(value)]);
    }
    return values;
  } catch {
    return null;
  }
}
