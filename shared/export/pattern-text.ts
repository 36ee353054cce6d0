/** A pattern of a filter as the command line takes it, where one word has to say which kind it is. */
import type { Pattern } from '../model/filter.ts';

const LITERAL = /[\\^$.*+?()[\]{}|/]/g;
const literal = (text: string): string => text.replaceAll(LITERAL, '\\$&');

/** Labels are ASCII. */
const inAnyCase = (text: string): string =>
  text.replaceAll(/[a-z]|[^a-z]+/gi, (part) =>
    /^[a-z]$/i.test(part) ? `[${part.toLowerCase()}${part.toUpperCase()}]` : literal(part),
  );

const globAsRegex = (glob: string): string =>
  `^${glob.replaceAll(/[*?]|[^*?]+/g, (part) => (part === '*' ? '.*' : part === '?' ? '.' : literal(part)))}$`;

/** The command line takes these for something else than a text or a glob. */
const MEANS_ELSE = /^(?:scheme:.*|\/.+\/)$/s;
const WILD = /[*?]/;

/** @returns what `--include` and `--exclude` read as the same pattern */
export function patternText(pattern: Pattern): string {
  switch (pattern.kind) {
    case 'text': {
      const { text } = pattern;
      return WILD.test(text) || MEANS_ELSE.test(text) ? `/${inAnyCase(text)}/` : text;
    }
    case 'glob': {
      const { glob } = pattern;
      return !WILD.test(glob) || MEANS_ELSE.test(glob) ? `/${globAsRegex(glob)}/` : glob;
    }
    case 'regex':
      return `/${pattern.regex}/`;
    case 'scheme':
      return `scheme:${pattern.scheme}`;
  }
}
