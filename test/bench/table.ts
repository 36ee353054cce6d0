import { type Comparison, median } from './compare.ts';

const MiB = 1024 ** 2;

/** The figures as people read them: medians; memory is the largest. */
export function asTable(comparisons: readonly Comparison[]): string {
  const rows = [
    ['', 'cipher of ssh', 'ssh | ssh', 'relay', 'ratio', 'CPU', 'peak RSS', 'loop delay p99'],
    ...comparisons.map(rowOf),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join('  ')).join('\n');
}

const pad = (cell: string, width: number, column: number): string =>
  column < 2 ? cell.padEnd(width) : cell.padStart(width);

function rowOf(comparison: Comparison): string[] {
  const { title, pipelineCipher, bytes, pipelineRate, relayRate, ratio, relayRuns } = comparison;
  const cpu = median(relayRuns.map((run) => run.cpuSeconds)) / (bytes / 1024 ** 3);
  return [
    `${title} (${Math.round(bytes / MiB)} MiB)`,
    pipelineCipher ?? 'its default',
    `${Math.round(pipelineRate / MiB)} MiB/s`,
    `${Math.round(relayRate / MiB)} MiB/s`,
    ratio.toFixed(2),
    `${cpu.toFixed(2)} s/GiB`,
    `${Math.round(Math.max(...relayRuns.map((run) => run.peakRss)) / MiB)} MiB`,
    `${median(relayRuns.map((run) => run.loopDelayP99)).toFixed(1)} ms`,
  ];
}
