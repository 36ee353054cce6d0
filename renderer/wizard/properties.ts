/** Properties as they are typed, one a line: `name=value` for those the copy gets, `name` for those it does not take. */
import { PropertyNameSchema, type ReceiveProfile } from '../../shared/model/request.ts';

export interface ReadLines<T> {
  readonly values: readonly T[];
  /** The first line that cannot be read; null if all can. */
  readonly fault: string | null;
}

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

const isName = (name: string): boolean => PropertyNameSchema.safeParse(name).success;

function read<T>(text: string, parse: (line: string) => T | null): ReadLines<T> {
  const parsed = lines(text).map((line) => ({ line, value: parse(line) }));
  return {
    values: parsed.flatMap(({ value }) => (value === null ? [] : [value])),
    fault: parsed.find(({ value }) => value === null)?.line ?? null,
  };
}

export const readSettings = (text: string): ReadLines<ReceiveProfile['set'][number]> =>
  read(text, (line) => {
    const cut = line.indexOf('=');
    const name = line.slice(0, Math.max(cut, 0)).trim();
    return cut > 0 && isName(name) ? [name, line.slice(cut + 1).trim()] : null;
  });

export const readNames = (text: string): ReadLines<string> => read(text, (line) => (isName(line) ? line : null));

export const writeSettings = (set: ReceiveProfile['set']): string =>
  set.map(([name, value]) => `${name}=${value}`).join('\n');

export const writeNames = (names: readonly string[]): string => names.join('\n');
