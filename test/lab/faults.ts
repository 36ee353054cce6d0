/** `node test/lab/faults.ts [--seed N] [--count N] [--only KIND,…]`: many interruptions, on a lab of its own. */
import { parseArgs } from 'node:util';
import { FAULTS, faultRun, HARMLESS } from './fault-run.ts';
import { connectLab, startLab } from './lab.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string' }, count: { type: 'string' }, only: { type: 'string' } },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const count = Number(values.count ?? 200);
const report = (line: string) => process.stderr.write(`faults: ${line}\n`);

// A lab that others use is not reset and keeps its sshd.
const shared = process.env.SLUICE_LAB !== undefined;
const wanted = values.only?.split(',') ?? null;
const kinds = (shared ? HARMLESS : FAULTS).filter((kind) => wanted === null || wanted.includes(kind));
if (kinds.length === 0) throw new Error(`None of ${values.only} can be done here.`);
report(`seed ${seed}, ${count} interruptions of ${kinds.join(', ')}`);
const lab = shared ? connectLab() : await startLab({ hosts: ['alpha', 'beta'], report });
try {
  const { runs, interruptions, byKind } = await faultRun(lab, { seed, count, kinds, report });
  process.stdout.write(
    `${interruptions} interruptions over ${runs} runs, each ended done and equal: ${JSON.stringify(byKind)}\n`,
  );
} finally {
  await lab.stop();
}
