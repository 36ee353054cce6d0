/** A process with nothing but the practice hosts in it, so that its memory is theirs; says over IPC how much that is. */
import type { PracticeHost } from '../../electron/practice/serve.ts';

/** Of the process so far; memory since it was last asked. */
export interface Usage {
  /** Bytes. */
  readonly peakRss: number;
  readonly cpuSeconds: number;
}

export interface HostReport {
  readonly host: PracticeHost;
  /** From loaded code to hosts that can be connected to, ms. */
  readonly startMs: number;
}

const SNAPSHOTS = Number(process.argv[2]);
const EVERY_MS = 20;

// What a Node needs that does nothing is not theirs.
const bareRss = process.memoryUsage.rss();
const { servePractice } = await import('../../electron/practice/serve.ts');
const began = performance.now();
const served = await servePractice({ stateDir: null, rate: null });
const startMs = performance.now() - began;

function first(): PracticeHost {
  const [host] = served.hosts;
  if (host === undefined) throw new Error('No practice host was started.');
  return host;
}

const { takeSnapshots } = await import('../../electron/practice/model/snapshots.ts');
const { machine } = served.systems.get(first().name) ?? {};
const dataset = machine?.dataset('tank/projects');
if (machine === undefined || dataset == null) throw new Error('The laptop has no projects.');
for (let count = 0; count < SNAPSHOTS; count += 1) takeSnapshots(machine, [{ dataset, label: `many-${count}` }]);

let peak = 0;
setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, EVERY_MS).unref();
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ peakRss: peak - bareRss, cpuSeconds: (user + system) / 1e6 } satisfies Usage);
  peak = 0;
});
process.send?.({ host: first(), startMs } satisfies HostReport);
