/**
 * Sluice against what people do without it: same run, same data, in turns. One table, as markdown.
 *
 *   npm run bench -- [raw] [zfs] [delay] [carrier] [direct] [peers] [memory] [practice] [inventory] [window]
 *                    [--rounds N] [--mib N] [--datasets N] [--json]
 *
 * `raw`, `zfs`, `delay`: the relay against the shell pipeline, with random bytes, with streams of zfs-fuse, with a source that is
 * far away. `carrier`: against the relay over the system's ssh. `direct`: against the pipeline typed at the source. `peers`: pairs
 * that are up to date or nearly so, against syncoid, on the lab. `memory`: one long stream. `practice` measures the practice hosts
 * instead, `inventory` how long large inventories take to be read and planned, `window` how the window moves with one of them.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { hold, type Part, type Result } from './contest.ts';
import { delay } from './delay.ts';
import { directRoute } from './direct.ts';
import { inventoryFigures, inventoryTable } from './inventory.ts';
import { measureMemory, showMemory } from './memory.ts';
import { peers } from './peers.ts';
import { figureTable, measurePractice } from './practice.ts';
import { carrier, raw } from './raw.ts';
import { asTable } from './table.ts';
import { measureWindow, showWindow } from './window.ts';
import { zfs } from './zfs.ts';

const PARTS: readonly Part[] = [raw, zfs, delay, carrier, directRoute, peers];
const OTHERS = ['memory', 'practice', 'inventory', 'window'] as const;
const NAMES = [...PARTS.map((part) => part.name), ...OTHERS];
const USAGE = 64;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean' },
    rounds: { type: 'string', default: '5' },
    mib: { type: 'string' },
    datasets: { type: 'string', default: '200' },
  },
});
const rounds = Number(values.rounds);
const datasets = Number(values.datasets);
const mib = values.mib === undefined ? null : Number(values.mib);
const bytes = mib === null ? null : mib * 1024 ** 2;
const unknown = positionals.filter((name) => !NAMES.includes(name));
if (unknown.length > 0 || !(rounds >= 1) || !(datasets >= 2) || (mib !== null && !(mib >= 1))) {
  console.error(`usage: npm run bench -- [${NAMES.join('] [')}] [--rounds N] [--mib N] [--datasets N] [--json]`);
  process.exit(USAGE);
}

const report = (line: string): void => console.error(line);
const wanted = (name: string): boolean => positionals.length === 0 || positionals.includes(name);

async function measure(part: Part): Promise<Result[]> {
  const reason = part.unavailable();
  if (reason !== null) {
    report(`${part.name} is left out: ${reason}`);
    return [];
  }
  const stage = await part.open({ bytes, datasets, report });
  try {
    const results: Result[] = [];
    for (const contest of stage.contests) results.push(await hold(contest, rounds, report));
    return results;
  } finally {
    await stage.close();
  }
}

const results: Result[] = [];
for (const part of PARTS) if (wanted(part.name)) results.push(...(await measure(part)));
const memory = wanted('memory') ? await measureMemory(bytes, report) : null;
const practice = wanted('practice') ? await measurePractice(report) : [];
const inventory = wanted('inventory') ? inventoryFigures(rounds, report) : [];
const window = wanted('window') ? await measureWindow(report) : null;
const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };
if (values.json)
  console.log(JSON.stringify({ machine, rounds, results, memory, practice, inventory, window }, null, 2));
else {
  console.log(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}; medians of ${rounds}`);
  if (results.length > 0) console.log(`\n${asTable(results)}`);
  if (memory !== null) console.log(`\n${showMemory(memory)}`);
  if (practice.length > 0) console.log(`\n${figureTable(practice)}`);
  if (inventory.length > 0) console.log(`\n${inventoryTable(inventory)}`);
  if (window !== null) console.log(`\n${showWindow(window)}`);
}
