/** A request as the arguments of `sluice run`: what a schedule calls. */

import type { Pattern, SnapshotFilter } from '../model/filter.ts';
import { THIS_COMPUTER } from '../model/host.ts';
import { defaultOptions, type ReplicationRequest } from '../model/request.ts';
import { DEFAULT_TEMPLATE } from '../planning/snapshot-name.ts';

const endpoint = (host: string, dataset: string, label: string | null): string =>
  `${host === THIS_COMPUTER ? '' : `${host}:`}${dataset}${label === null ? '' : `@${label}`}`;

function patternText(pattern: Pattern): string {
  switch (pattern.kind) {
    case 'text':
      return pattern.text;
    case 'glob':
      return pattern.glob;
    case 'regex':
      return `/${pattern.regex}/`;
    case 'scheme':
      return `scheme:${pattern.scheme}`;
  }
}

const isoOf = (seconds: number): string => `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;

function filterArguments(filter: SnapshotFilter | null): string[] {
  if (filter === null) return [];
  return [
    ...filter.include.flatMap((pattern) => ['--include', patternText(pattern)]),
    ...filter.exclude.flatMap((pattern) => ['--exclude', patternText(pattern)]),
    ...(filter.since === null ? [] : ['--since', isoOf(filter.since)]),
    ...(filter.until === null ? [] : ['--until', isoOf(filter.until)]),
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
export function runArguments(request: ReplicationRequest): string[] {
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
    ...(source.take ? ['--snapshot', DEFAULT_TEMPLATE] : []),
    ...option('properties', request.properties, usual.properties),
    ...option('intermediates', request.intermediates ? 'yes' : 'no', 'yes'),
    ...filterArguments(request.filter),
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
