/** `--include`, `--exclude`, `--since` and `--until`: which snapshots between base and target are brought. */
import { NamingSchemeSchema, type Pattern, type SnapshotFilter } from '../../shared/model/filter.ts';
import { checkFilter } from '../../shared/planning/snapshot-filter.ts';
import { UsageError } from './usage.ts';

/** As `node:util`'s parseArgs takes them. */
export const filterOptions = {
  include: { type: 'string', multiple: true },
  exclude: { type: 'string', multiple: true },
  since: { type: 'string' },
  until: { type: 'string' },
} as const;

type FilterWords = { readonly [name: string]: string | boolean | readonly (string | boolean)[] | undefined };

/**
 * `/…/` is a regular expression (a label has no slash), `scheme:NAME` a tool's naming, what has `*` or `?` is matched as
 * a whole, and anything else may stand anywhere in the label.
 *
 * @throws UsageError
 */
export function parsePattern(text: string): Pattern {
  if (text === '') throw new UsageError('--include and --exclude take a pattern that is not empty.');
  if (text.length > 2 && text.startsWith('/') && text.endsWith('/')) return { kind: 'regex', regex: text.slice(1, -1) };
  if (text.startsWith('scheme:')) {
    const scheme = NamingSchemeSchema.safeParse(text.slice('scheme:'.length));
    if (scheme.success) return { kind: 'scheme', scheme: scheme.data };
    throw new UsageError(`scheme: takes ${NamingSchemeSchema.options.join(', ')}, not ${JSON.stringify(text)}.`);
  }
  return /[*?]/.test(text) ? { kind: 'glob', glob: text } : { kind: 'text', text };
}

const SECONDS = { h: 3600, d: 86_400, w: 7 * 86_400 } as const;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_AND_TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(Z|[+-]\d{2}:\d{2})?$/;

/**
 * A day, a day and a time, or an age such as `12h`, `30d`, `8w`. Without a zone it is this computer's time. A day as an
 * end means its last second.
 *
 * @returns seconds since 1970
 * @throws UsageError
 */
export function parseTime(option: 'since' | 'until', text: string, now: Date): number {
  const age = /^(\d{1,6})([hdw])$/.exec(text);
  if (age !== null) return Math.floor(now.getTime() / 1000) - Number(age[1]) * SECONDS[age[2] as keyof typeof SECONDS];
  const moment = DATE_AND_TIME.exec(text);
  const iso = DATE.test(text)
    ? `${text}T${option === 'since' ? '00:00:00' : '23:59:59'}`
    : moment === null
      ? ''
      : `${moment[1]}T${moment[2]}${moment[3] ?? ''}`;
  const seconds = Math.floor(Date.parse(iso) / 1000);
  // `Date.parse` takes February 30th for March 2nd in some engines.
  const day = text.slice(0, 10);
  if (Number.isNaN(seconds) || new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) !== day)
    throw new UsageError(
      `--${option} takes a day such as 2026-11-21, 2026-11-21T22:30, or an age such as 30d, not ${JSON.stringify(text)}.`,
    );
  return seconds;
}

/**
 * @param words what parseArgs made of {@link filterOptions}
 * @returns null where none of them was given
 * @throws UsageError
 */
export function readFilter(words: FilterWords, now: Date): SnapshotFilter | null {
  const patterns = (given: FilterWords[string]): Pattern[] =>
    (Array.isArray(given) ? given : []).map((one) => parsePattern(String(one)));
  const time = (option: 'since' | 'until'): number | null => {
    const given = words[option];
    return typeof given === 'string' ? parseTime(option, given, now) : null;
  };
  const filter: SnapshotFilter = {
    include: patterns(words.include),
    exclude: patterns(words.exclude),
    since: time('since'),
    until: time('until'),
  };
  const [fault] = checkFilter(filter);
  if (fault !== undefined) throw new UsageError(fault.message);
  const asked = filter.include.length + filter.exclude.length > 0 || filter.since !== null || filter.until !== null;
  return asked ? filter : null;
}
