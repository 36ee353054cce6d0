/** A request as the arguments of `sluice run`: what a schedule calls. */

import type { SnapshotFilter } from '../model/filter.ts';
import { THIS_COMPUTER } from '../model/host.ts';
import { defaultOptions, type ReplicationRequest } from '../model/request.ts';
import { followsScheme } from '../planning/naming-schemes.ts';
import { DEFAULT_TEMPLATE } from '../planning/snapshot-name.ts';
import { patternText } from './pattern-text.ts';

const endpoint = (host: string, dataset: string, label: string | null): string =>
  `${host === THIS_COMPUTER ? '' : `${host}:`}${dataset}${label === null ? '' : `@${label}`}`;

/** What was typed, where the request has only what it meant at that moment. */
export interface Typed {
  /** The name of the snapshot that is made first, with `%Y` and the like. */
  readonly snapshot?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** A name without a time in it can be given once only. */
const templateOf = ({ snapshot }: Typed): string => (snapshot?.includes('%') === true ? snapshot : DEFAULT_TEMPLATE);

const isoOf = (seconds: number): string => `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;

/** `12h`, `30d`, `8w` */
const isAge = (typed: string | undefined): typed is string => typed !== undefined && /^\d+[hdw]$/.test(typed);

function timeArgument(name: 'since' | 'until', seconds: number | null, typed: string | undefined): string[] {
  if (seconds === null) return [];
  return [`--${name}`, isAge(typed) ? typed : isoOf(seconds)];
}

/** In one word with its option, a pattern may begin with a hyphen. */
function filterArguments(filter: SnapshotFilter | null, typed: Typed): string[] {
  if (filter === null) return [];
  return [
    ...filter.include.map((pattern) => `--include=${patternText(pattern)}`),
    ...filter.exclude.map((pattern) => `--exclude=${patternText(pattern)}`),
    ...timeArgument('since', filter.since, typed.since),
    ...timeArgument('until', filter.until, typed.until),
  ];
}

/** An option, unless it is as it would be without it. */
const option = (name: string, value: string | number, usual: string | number): string[] =>
  value === usual ? [] : [`--${name}`, String(value)];

/**
 * What ran once is asked for again each time: the newest snapshot at that time, from the newest common one. A snapshot or
 * base that was chosen by hand is for one run only, and so is the leave to delete something.
 *
 * @returns the words behind `sluice`
 */
export function runArguments(request: ReplicationRequest, typed: Typed = {}): string[] {
  const { source, destination, receive } = request;
  const usual = defaultOptions;
  return [
    'run',
    endpoint(source.host, source.dataset, null),
    endpoint(destination.host, destination.dataset, null),
    ...option('package', request.package, usual.package),
    ...source.also.flatMap((dataset) => ['--also', dataset]),
    ...source.exclude.flatMap((dataset) => ['--exclude-dataset', dataset]),
    ...option('name', destination.naming, 'exact'),
    ...(source.take ? [`--snapshot=${templateOf(typed)}`] : []),
    ...option('properties', request.properties, usual.properties),
    ...option('intermediates', request.intermediates ? 'yes' : 'no', 'yes'),
    ...filterArguments(request.filter, typed),
    ...option('route', request.route, usual.route),
    ...option('compress', request.compress, usual.compress),
    ...option('raw', request.raw, usual.raw),
    ...option('limit', request.limit === null ? '' : Math.round(request.limit), ''),
    ...option('readonly', receive.readonly, usual.receive.readonly),
    ...option('mount', receive.mount ? 'yes' : 'no', 'no'),
    ...receive.set.flatMap(([name, value]) => ['--property', `${name}=${value}`]),
    ...receive.skip.flatMap((name) => ['--exclude-property', name]),
    ...option('concurrency', request.concurrency, usual.concurrency),
    ...option('on-failure', request.onFailure, usual.onFailure),
    '--yes',
  ];
}

/** What {@link runArguments} asks for otherwise than was asked for once, in sentences. */
export function notCarried({ source, filter }: ReplicationRequest, typed: Typed): string[] {
  const { snapshot: label } = source;
  const renames =
    source.take && label !== null && templateOf(typed) !== typed.snapshot && !followsScheme('sluice', label);
  const isFixed = (name: 'since' | 'until'): boolean => (filter?.[name] ?? null) !== null && !isAge(typed[name]);
  return [
    ...(renames ? [`Each run makes a snapshot of its own, ${DEFAULT_TEMPLATE}: ${label} is a name for one.`] : []),
    ...(isFixed('since') || isFixed('until')
      ? ['The filter has a fixed time; an age instead, such as 30d, would move with the runs.']
      : []),
  ];
}
