/** `node test/lab/faults.ts [--seed N] [--count N] [--only KIND,…]`: many interruptions, on a lab of its own. */
import { parseArgs } from 'node:util';
import { FAULTS, HARMLESS } from './fault-kinds.ts';
import { faultRun } from './fault-run.ts';
import { connectLab, startLab } from './lab.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    count: { type: 'string' },
    only: { type: 'string' },
    /** The lab that SLUICE_LAB names is nobody else's: its hosts may be reset. */
    alone: { type: 'boolean' },
  },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const count = Number(values.count ?? 200);
const report = (line: string) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} faults: ${line}\n`);

const running = process.env.SLUICE_LAB !== undefined;
const possible = running && values.alone !== true ? HARMLESS : FAULTS;
const wanted = values.only?.split(',') ?? null;
const kinds = possible.filter((kind) => wanted === null || wanted.includes(kind));
if (kinds.length === 0) throw new Error(`None of ${values.only} can be done here.`);
report(`seed ${seed}, ${count} interruptions of ${kinds.join(', ')}`);
const lab = running ? connectLab() : await startLab({ hosts: ['alpha', 'beta'], report });
try {
  const { runs, interruptions, byKind } = await faultRun(lab, { seed, count, kinds, report });
  process.stdout.write(
    `${interruptions} interruptions over ${runs} runs, each ended as it must: ${JSON.stringify(byKind)}\n`,
  );
} finally {
  await lab.stop();
}
