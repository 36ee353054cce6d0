/** The canvas of the rate chart. Hidden from screen readers: RateChart says the same in words and in a table. */
import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useTheme } from '../app/theme.ts';
import type { Mark } from '../runs/marks.ts';
import type { Sample } from '../runs/samples.ts';
import { formatRate, formatTimeOfDay } from '../ui/format.ts';
import styles from './RatePlot.module.css';

const HEIGHT = 180;
/** Less than this much time is never stretched over the whole width. */
const LEAST_SPAN_S = 60;

/** Round steps of the rate axis, in IEC units. */
const STEPS = [1024, 1024 ** 2, 1024 ** 3].flatMap((unit) => [1, 2, 5, 10, 20, 50, 100, 200, 500].map((n) => n * unit));

interface Inks {
  readonly line: string;
  readonly fill: string;
  readonly grid: string;
  readonly text: string;
  readonly limit: string;
  readonly mark: string;
  readonly retry: string;
  readonly font: string;
}

/** Canvas cannot read CSS variables; probes with those colours can. */
function readInks(probes: HTMLElement): Inks {
  const color = (name: string) => {
    const probe = probes.querySelector(`[data-ink="${name}"]`);
    return probe === null ? 'gray' : getComputedStyle(probe).color;
  };
  return {
    line: color('line'),
    fill: color('fill'),
    grid: color('grid'),
    text: color('text'),
    limit: color('limit'),
    mark: color('mark'),
    retry: color('retry'),
    font: `11px ${getComputedStyle(probes).fontFamily}`,
  };
}

function dataOf(samples: readonly Sample[], limit: number | null): uPlot.AlignedData {
  return [
    samples.map(({ at }) => at / 1000),
    samples.map(({ bytesPerSecond }) => bytesPerSecond),
    samples.map(() => limit),
  ];
}

/** An upright line for each mark in the time shown; of a retry red, of a pause dotted. */
function drawMarks(plot: uPlot, inks: Inks, marks: readonly Mark[]): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.lineWidth = devicePixelRatio;
  for (const { at, kind } of marks) {
    const x = plot.valToPos(at / 1000, 'x', true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.strokeStyle = kind === 'retry' ? inks.retry : inks.mark;
    ctx.setLineDash(kind === 'pause' ? [2, 4] : []);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}

function optionsFor(inks: Inks, width: number, marks: () => readonly Mark[]): uPlot.Options {
  const axis = { stroke: inks.text, font: inks.font, grid: { stroke: inks.grid, width: 1 }, ticks: { show: false } };
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    hooks: { draw: [(plot) => drawMarks(plot, inks, marks())] },
    cursor: { show: false },
    padding: [10, 8, 0, 0],
    scales: {
      x: {
        time: true,
        // Asked of the samples, not of uPlot: without any it hands on null, and after a single one it goes on for years.
        range: ({ data: [times] }) => {
          const from = times[0] ?? Date.now() / 1000;
          return [from, Math.max(times.at(-1) ?? from, from + LEAST_SPAN_S)];
        },
      },
      y: { range: (_plot, _from, to) => [0, Math.max(1024, to * 1.15)] },
    },
    axes: [
      { ...axis, size: 26, space: 90, values: (_plot, seconds) => seconds.map((at) => formatTimeOfDay(at * 1000)) },
      { ...axis, size: 84, space: 36, incrs: STEPS, values: (_plot, rates) => rates.map((rate) => formatRate(rate)) },
    ],
    series: [
      {},
      { stroke: inks.line, width: 2, fill: inks.fill, points: { show: false } },
      { stroke: inks.limit, width: 1.5, dash: [6, 4], points: { show: false } },
    ],
  };
}

export function RatePlot({
  samples,
  marks,
  limit,
}: {
  readonly samples: readonly Sample[];
  readonly marks: readonly Mark[];
  readonly limit: number | null;
}) {
  const drawn = useRef(marks);
  drawn.current = marks;
  const frame = useRef<HTMLDivElement>(null);
  const probes = useRef<HTMLSpanElement>(null);
  const plot = useRef<uPlot | null>(null);
  const { theme } = useTheme();
  const scheme = useScheme();

  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme or scheme has other inks.
  useEffect(() => {
    const element = frame.current;
    if (element === null || probes.current === null) return;
    const made = new uPlot(
      optionsFor(readInks(probes.current), element.clientWidth, () => drawn.current),
      dataOf([], null),
      element,
    );
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [theme, scheme]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a plot made anew needs its data too.
  useEffect(() => plot.current?.setData(dataOf(samples, limit)), [samples, limit, theme, scheme]);

  return (
    <div aria-hidden className={styles.plot}>
      <span ref={probes} className={styles.probes}>
        {['line', 'fill', 'grid', 'text', 'limit', 'mark', 'retry'].map((ink) => (
          <span key={ink} data-ink={ink} />
        ))}
      </span>
      <div ref={frame} />
    </div>
  );
}

/** Changes when the system turns light, dark or contrasting. */
function useScheme(): string {
  const [scheme, setScheme] = useState('');
  useEffect(() => {
    const queries = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)'].map(
      (query) => matchMedia(query),
    );
    const tell = () => setScheme(queries.map(({ matches }) => String(matches)).join());
    tell();
    for (const query of queries) query.addEventListener('change', tell);
    return () => {
      for (const query of queries) query.removeEventListener('change', tell);
    };
  }, []);
  return scheme;
}
