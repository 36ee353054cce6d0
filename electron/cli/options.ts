/** The options of `plan` and `run`, from words to a request. */
import { type DatasetName, parseDatasetName, parseLabel } from '../../shared/model/names.ts';
import {
  type BaseChoice,
  defaultOptions,
  NamingSchema,
  PackageSchema,
  PropertyNameSchema,
  type ReplicationRequest,
} from '../../shared/model/request.ts';
import { nameSnapshot } from '../../shared/planning/snapshot-name.ts';
import { filterOptions, readFilter } from './filter-options.ts';
import { UsageError } from './usage.ts';

/** As `node:util`'s parseArgs takes them. */
export const requestOptions = {
  from: { type: 'string' },
  intermediates: { type: 'string' },
  'on-divergence': { type: 'string' },
  partial: { type: 'string' },
  limit: { type: 'string' },
  raw: { type: 'string' },
  readonly: { type: 'string' },
  mount: { type: 'string' },
  package: { type: 'string' },
  also: { type: 'string', multiple: true },
  'exclude-dataset': { type: 'string', multiple: true },
  name: { type: 'string' },
  snapshot: { type: 'string' },
  properties: { type: 'string' },
  property: { type: 'string', multiple: true },
  'exclude-property': { type: 'string', multiple: true },
  route: { type: 'string' },
  compress: { type: 'string' },
  concurrency: { type: 'string' },
  'on-failure': { type: 'string' },
  ...filterOptions,
  yes: { type: 'boolean' },
} as const;

export type Words = { readonly [name: string]: string | boolean | readonly (string | boolean)[] | undefined };

function choice<const T extends string>(words: Words, name: string, values: readonly T[], fallback: NoInfer<T>): T {
  const given = words[name];
  if (given === undefined) return fallback;
  const found = values.find((value) => value === given);
  if (found === undefined) throw new UsageError(`--${name} takes ${values.join(', ')}, not ${JSON.stringify(given)}.`);
  return found;
}

const POWERS: Record<string, number> = { '': 0, k: 1, m: 2, g: 3, t: 4 };

/** `50M` is 50 · 1024² bytes; a plain number is bytes. */
export function parseRate(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?(?:\/s)?$/i.exec(text);
  const bytes =
    match === null ? Number.NaN : Math.round(Number(match[1]) * 1024 ** (POWERS[(match[2] ?? '').toLowerCase()] ?? 0));
  if (!(bytes > 0) || !Number.isSafeInteger(bytes))
    throw new UsageError(`--limit takes bytes per second such as 50M, not ${JSON.stringify(text)}.`);
  return bytes;
}

function parseBase(text: string | undefined): BaseChoice {
  if (text === undefined || text === 'auto') return { kind: 'auto' };
  if (text === 'none') return { kind: 'none' };
  const kind = text.includes('#') ? 'bookmark' : 'snapshot';
  const label = parseLabel(text.replace(/^.*[@#]/s, ''));
  if (!label.ok) throw new UsageError(label.error);
  return { kind, label: label.value };
}

const text = (value: Words[string]): string | undefined => (typeof value === 'string' ? value : undefined);

export const many = (value: Words[string]): string[] => (Array.isArray(value) ? value.map(String) : []);

function parsePropertyName(name: string): string {
  const parsed = PropertyNameSchema.safeParse(name);
  if (!parsed.success)
    throw new UsageError(`${JSON.stringify(name)} is no property: ${parsed.error.issues[0]?.message}`);
  return parsed.data;
}

function parseProperty(pair: string): [string, string] {
  const cut = pair.indexOf('=');
  if (cut < 1) throw new UsageError(`--property takes NAME=VALUE, not ${JSON.stringify(pair)}.`);
  return [parsePropertyName(pair.slice(0, cut)), pair.slice(cut + 1)];
}

function parseConcurrency(given: string | undefined): number {
  if (given === undefined) return defaultOptions.concurrency;
  const number = Number(given);
  if (!Number.isInteger(number) || number < 1 || number > 16)
    throw new UsageError(`--concurrency takes a number from 1 to 16, not ${JSON.stringify(given)}.`);
  return number;
}

function parseDatasets(option: string, given: Words[string]): DatasetName[] {
  return many(given).map((name) => {
    const parsed = parseDatasetName(name);
    if (!parsed.ok) throw new UsageError(`--${option}: ${parsed.error}`);
    return parsed.value;
  });
}

/**
 * What the options say of the two ends.
 *
 * @param named the snapshot in `SRC`
 * @throws UsageError
 */
export function readEndOptions(
  words: Words,
  named: ReplicationRequest['source']['snapshot'],
): {
  readonly source: Pick<ReplicationRequest['source'], 'also' | 'exclude' | 'snapshot' | 'take'>;
  readonly destination: Pick<ReplicationRequest['destination'], 'naming'>;
} {
  const template = text(words.snapshot);
  if (template !== undefined && named !== null)
    throw new UsageError('--snapshot makes a new snapshot; SRC already names one.');
  const made = template === undefined ? null : nameSnapshot(template, new Date());
  if (made !== null && !made.ok) throw new UsageError(made.error);
  return {
    source: {
      also: parseDatasets('also', words.also),
      exclude: parseDatasets('exclude-dataset', words['exclude-dataset']),
      snapshot: made === null ? named : made.value,
      take: made !== null,
    },
    destination: { naming: choice(words, 'name', NamingSchema.options, 'exact') },
  };
}

/** @throws UsageError */
export function readOptions(words: Words): Omit<ReplicationRequest, 'source' | 'destination'> {
  const limit = text(words.limit);
  return {
    ...defaultOptions,
    package: choice(words, 'package', PackageSchema.options, defaultOptions.package),
    base: parseBase(text(words.from)),
    intermediates: choice(words, 'intermediates', ['yes', 'no'], defaultOptions.intermediates ? 'yes' : 'no') === 'yes',
    onDivergence: choice(words, 'on-divergence', ['stop', 'set-aside', 'rollback'], defaultOptions.onDivergence),
    partial: choice(words, 'partial', ['keep', 'discard'], defaultOptions.partial),
    receive: {
      set: many(words.property).map(parseProperty),
      skip: many(words['exclude-property']).map(parsePropertyName),
      readonly: choice(words, 'readonly', ['on', 'off', 'leave'], defaultOptions.receive.readonly),
      mount: choice(words, 'mount', ['yes', 'no'], 'no') === 'yes',
    },
    filter: readFilter(words, new Date()),
    properties: choice(words, 'properties', ['auto', 'yes', 'no'], defaultOptions.properties),
    route: choice(words, 'route', ['auto', 'local', 'relay', 'direct'], defaultOptions.route),
    compress: choice(words, 'compress', ['auto', 'zstd', 'lz4', 'no'], defaultOptions.compress),
    concurrency: parseConcurrency(text(words.concurrency)),
    onFailure: choice(words, 'on-failure', ['stop', 'skip-subtree'], defaultOptions.onFailure),
    raw: choice(words, 'raw', ['auto', 'yes', 'no'], defaultOptions.raw),
    limit: limit === undefined ? null : parseRate(limit),
  };
}
