import { median, type Result } from './contest.ts';

const MiB = 1024 ** 2;
const HEAD = ['', 'against', 'theirs', 'Sluice', 'ratio', 'aim', 'peak memory', 'loop delay p99'];

/** Markdown, medians; memory is the largest, and what its process cannot tell is left out. */
export const asTable = (results: readonly Result[]): string =>
  [HEAD, HEAD.map((_, column) => (column < 2 ? '---' : '---:')), ...results.map(rowOf)]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

const known = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);

function rowOf({ title, against, aim, bytes, theirs, ours, ratio }: Result): string[] {
  const shown = (seconds: number): string =>
    bytes === null ? `${seconds.toFixed(2)} s` : `${Math.round(bytes / seconds / MiB)} MiB/s`;
  const memory = known(ours.map(({ peakRss }) => peakRss));
  const delays = known(ours.map(({ loopDelayP99 }) => loopDelayP99));
  return [
    bytes === null ? title : `${title}, ${Math.round(bytes / MiB)} MiB`,
    against,
    shown(median(theirs)),
    shown(median(ours.map(({ seconds }) => seconds))),
    ratio.toFixed(2),
    aim === null ? '' : `≥ ${aim}`,
    memory.length === 0 ? '' : `${Math.round(Math.max(...memory) / MiB)} MiB`,
    delays.length === 0 ? '' : `${median(delays).toFixed(1)} ms`,
  ];
}
