/** The options of `plan` and `run`, from words to a request. */
import { parseLabel } from '../../shared/model/names.ts';
import { type BaseChoice, defaultOptions, type ReplicationRequest } from '../../shared/model/request.ts';
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
  yes: { type: 'boolean' },
} as const;

export type Words = { readonly [name: string]: string | boolean | undefined };

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

const text = (value: string | boolean | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** @throws UsageError */
export function readOptions(words: Words): Omit<ReplicationRequest, 'source' | 'destination'> {
  choice(words, 'package', ['single'], 'single');
  const limit = text(words.limit);
  return {
    ...defaultOptions,
    base: parseBase(text(words.from)),
    intermediates: choice(words, 'intermediates', ['yes', 'no'], defaultOptions.intermediates ? 'yes' : 'no') === 'yes',
    onDivergence: choice(words, 'on-divergence', ['stop', 'set-aside', 'rollback'], defaultOptions.onDivergence),
    partial: choice(words, 'partial', ['keep', 'discard'], defaultOptions.partial),
    receive: {
      ...defaultOptions.receive,
      readonly: choice(words, 'readonly', ['on', 'off', 'leave'], defaultOptions.receive.readonly),
      mount: choice(words, 'mount', ['yes', 'no'], 'no') === 'yes',
    },
    raw: choice(words, 'raw', ['auto', 'yes', 'no'], defaultOptions.raw),
    limit: limit === undefined ? null : parseRate(limit),
  };
}
