/** The report scenario × system: `test-results/conformance/NAME.json` from each run, and one table of all of them. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome } from './play.ts';
import type { Scenario } from './scenario.ts';

// Beside the tiers' own counts, not among them: build/summary.mjs adds up what lies in test-results itself.
const FOLDER = join(import.meta.dirname, '..', '..', 'test-results', 'conformance');

interface Column {
  readonly system: string;
  readonly outcomes: Readonly<Record<string, string>>;
}

const cell = (outcome: Outcome): string => (outcome.kind === 'left out' ? `left out: ${outcome.why}` : outcome.kind);

const fileFor = (system: string): string => `${system.replaceAll(/[^A-Za-z0-9.]+/g, '-')}.json`;

function columns(): Column[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Column);
}

function tableOf(titles: readonly string[], all: readonly Column[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  const heading = row(['scenario', ...all.map(({ system }) => system)]);
  const rule = row(['---', ...all.map(() => '---')]);
  return (
    heading + rule + titles.map((title) => row([title, ...all.map((one) => one.outcomes[title] ?? 'not run')])).join('')
  );
}

/** Adds a system's column to the report. */
export function writeReport(system: string, scenarios: readonly Scenario[], outcomes: readonly Outcome[]): void {
  mkdirSync(FOLDER, { recursive: true });
  const column: Column = {
    system,
    outcomes: Object.fromEntries(
      scenarios.map(({ title }, index) => [title, cell(outcomes[index] ?? { kind: 'differs', faults: [] })]),
    ),
  };
  writeFileSync(join(FOLDER, fileFor(system)), `${JSON.stringify(column, null, 2)}\n`);
  const titles = scenarios.map(({ title }) => title);
  writeFileSync(join(FOLDER, 'scenarios.md'), tableOf(titles, columns()));
}
