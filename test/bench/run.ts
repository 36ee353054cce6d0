/**
 * The relay against the shell pipeline that it takes the place of: same run, same data, same commands.
 *
 *   npm run bench -- [raw] [zfs] [practice] [inventory] [window] [--rounds N] [--mib N] [--json]
 *
 * `practice` measures the practice hosts instead, `inventory` how long large inventories take to be read and planned,
 * `window` how the window moves with one of them.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { type Comparison, compare } from './compare.ts';
import { type InventoryFigures, inventoryFigures, inventoryTable } from './inventory.ts';
import { figureTable, measurePractice } from './practice.ts';
import { raw } from './raw.ts';
import type { Bench } from './scenario.ts';
import { asTable } from './table.ts';
import { measureWindow, showWindow } from './window.ts';
import { zfs } from './zfs.ts';

const BENCHES: readonly Bench[] = [raw, zfs];
const PRACTICE = 'practice';
const INVENTORY = 'inventory';
const WINDOW = 'window';
const NAMES = [...BENCHES.map((bench) => bench.name), PRACTICE, INVENTORY, WINDOW];
const USAGE = 64;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, rounds: { type: 'string', default: '5' }, mib: { type: 'string' } },
});
const rounds = Number(values.rounds);
const mib = values.mib === undefined ? null : Number(values.mib);
const unknown = positionals.filter((name) => !NAMES.includes(name));
if (unknown.length > 0 || !(rounds >= 1) || (mib !== null && !(mib >= 1))) {
  console.error(`usage: npm run bench -- [${NAMES.join('] [')}] [--rounds N] [--mib N] [--json]`);
  process.exit(USAGE);
}

const report = (line: string): void => console.error(line);
const wanted = BENCHES.filter((bench) => positionals.length === 0 || positionals.includes(bench.name));
const comparisons: Comparison[] = [];
for (const bench of wanted) {
  const reason = bench.unavailable();
  if (reason === null) comparisons.push(...(await measure(bench)));
  else report(`${bench.name} is left out: ${reason}`);
}
const practice = positionals.length === 0 || positionals.includes(PRACTICE) ? await measurePractice(report) : [];
const inventories: InventoryFigures[] =
  positionals.length === 0 || positionals.includes(INVENTORY) ? inventoryFigures(rounds, report) : [];
const shown = positionals.length === 0 || positionals.includes(WINDOW) ? await measureWindow(report) : null;
const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };
if (values.json)
  console.log(JSON.stringify({ machine, rounds, comparisons, practice, inventories, window: shown }, null, 2));
else
  console.log(
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}; medians of ${rounds}\n${asTable(comparisons)}\n\n${figureTable(practice)}\n\n${inventories.length === 0 ? '' : inventoryTable(inventories)}\n${shown === null ? '' : showWindow(shown)}`,
  );

async function measure(bench: Bench): Promise<Comparison[]> {
  const stage = await bench.open({ bytes: mib === null ? bench.bytes : mib * 1024 ** 2, report });
  try {
    const measured: Comparison[] = [];
    for (const scenario of stage.scenarios) {
      for (const cipher of bench.ciphers) measured.push(await compare(scenario, cipher, rounds, report));
    }
    return measured;
  } finally {
    await stage.close();
  }
}
