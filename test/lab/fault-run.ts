/**
 * Replications that are interrupted at random instants, again and again, and must end with the original all the same, or say
 * rightly why they cannot. What is drawn comes from a seed; at which byte it strikes depends on the hosts.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { contentOf, guidOf, property, writeRandom } from './compare.ts';
import { type Aftermath, drawFault, type Fault, type Stage, strike } from './fault-kinds.ts';
import { hasProgressed, type RunProcess, Sluice } from './sluice.ts';
import type { Lab, LabHost } from './types.ts';

export interface FaultRunOptions {
  readonly seed: number;
  /** Interruptions, over all runs. */
  readonly count: number;
  readonly kinds: readonly Fault[];
  /** Of one replication; small enough for emulated hosts. */
  readonly megabytes?: number;
  readonly report?: (line: string) => void;
}

export interface FaultRunResult {
  readonly runs: number;
  /** Those that struck while bytes were moving. */
  readonly interruptions: number;
  readonly byKind: Readonly<Partial<Record<Fault, number>>>;
}

const MEGABYTE = 1024 ** 2;
/** Bytes per second of the line to the destination, so that there is time to interrupt a run. */
const LINE_RATE = 2 * MEGABYTE;
const MOST_FAULTS = 12;
const POOLS = { source: 'flsrc', destination: 'fldst' } as const;
const DATA = `${POOLS.source}/data`;
/** ms: what a command on an emulated host takes to end once its line is lost. */
const ENDING_MS = 30_000;

/** mulberry32: small, and the same everywhere. @returns numbers from 0 up to, not including, 1 */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One replication: what is to be brought where, and how. */
interface Errand {
  readonly snapshot: string;
  readonly target: string;
  readonly route: 'relay' | 'direct';
  readonly faults: readonly Fault[];
  /** Where in what is left of the stream the faults strike, each from 0 to 1. */
  readonly places: readonly number[];
}

interface Struck {
  readonly faults: readonly Fault[];
  /** False if the run stopped for good, as it had to. */
  readonly done: boolean;
}

/** `snapshot tag …` for each hold below a dataset; `zfs holds` takes snapshots alone. */
const listHolds = (tree: string) => `zfs list -H -t snapshot -o name -r ${tree} | xargs -r zfs holds -H`;

const labelOf = (snapshot: string): string => snapshot.slice(snapshot.indexOf('@') + 1);

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Commands on the hosts that have to do with the pools of these runs. */
async function processes({ source, destination }: Stage): Promise<string[]> {
  const list = `pgrep -af '[z]fs (send|receive) .*(${POOLS.source}|${POOLS.destination})' || true`;
  const found: string[] = [];
  for (const host of [source, destination]) {
    const { stdout } = await host.run(list);
    if (stdout.trim() !== '') found.push(`${host.name}: ${stdout.trim()}`);
  }
  return found;
}

async function orphans(stage: Stage): Promise<string[]> {
  const until = performance.now() + ENDING_MS;
  for (;;) {
    const found = await processes(stage);
    if (found.length === 0 || performance.now() > until) return found;
    await pause(1000);
  }
}

async function keys({ source, destination }: Stage, sluice: Sluice): Promise<string[]> {
  const found: string[] = [];
  for (const host of [source, destination]) {
    const count = (
      await host.run(`grep -c 'sluice:from:.*:${POOLS.destination}/' .ssh/authorized_keys 2>/dev/null || true`)
    ).stdout.trim();
    if (count !== '' && count !== '0') found.push(`${host.name}: ${count} keys`);
  }
  const notes = await readdir(join(sluice.stateDir, 'direct-keys')).catch(() => []);
  return notes.length === 0 ? found : [...found, `${notes.length} notes of keys`];
}

/** Of the source's snapshots the one that the next increment begins from is held for this target, and no other. */
async function holds({ source }: Stage, { target, snapshot }: Errand, done: boolean): Promise<string[]> {
  const list = `${listHolds(DATA)} | awk '$2 ~ /:${target.replace('/', '\\/')}:/ { print $1 }'`;
  const held = (await source.run(list)).stdout.trim();
  return !done || held === snapshot ? [] : [`held for ${target}: ${held || 'nothing'}`];
}

/** What a run that ended done must have brought, by the hosts' own tools. */
async function differences({ source, destination }: Stage, { snapshot, target }: Errand): Promise<string[]> {
  const found: string[] = [];
  const label = labelOf(snapshot);
  if ((await property(destination, 'receive_resume_token', target)) !== '-') found.push('a half-received stream');
  if ((await guidOf(destination, `${target}@${label}`)) !== (await guidOf(source, snapshot)))
    found.push('another GUID');
  if ((await contentOf(destination, target, label)) !== (await contentOf(source, DATA, label)))
    found.push('other content');
  return found;
}

/** A run as it is carried out by one process after the other. */
async function carryOut(stage: Stage, sluice: Sluice, errand: Errand, megabytes: number): Promise<Struck> {
  const { snapshot, target, route } = errand;
  const struck: Fault[] = [];
  let run: RunProcess = sluice.start('run', `src:${snapshot}`, `dst:${target}`, '--yes', '--route', route);
  const id = async () => (await run.until(() => true)).run;
  const wrong = (what: string, ended: unknown) =>
    new Error(`${target} by ${route} after ${struck.join(', ')}: ${what}: ${JSON.stringify(ended)}`);
  let reached = 0;
  for (const [at, fault] of errand.faults.entries()) {
    const goal = reached + (0.02 + (errand.places[at] ?? 0) * 0.3) * (megabytes * MEGABYTE - reached);
    const ended = run.ended.then(() => null);
    const moved = await Promise.race([run.until(hasProgressed(goal)).catch(() => null), ended]);
    if (moved?.event !== 'progress') break;
    reached = moved.bytes;
    const aftermath: Aftermath = await strike(fault, stage, snapshot);
    if (aftermath.kind === 'passes') {
      struck.push(fault);
      continue;
    }
    if (aftermath.kind === 'killed') {
      struck.push(fault);
      run.child.kill('SIGKILL');
      await run.ended;
      run = sluice.start('resume', await id());
      continue;
    }
    const { finished } = await run.ended;
    const tooLate = finished?.status === 'done';
    if (!tooLate) {
      struck.push(fault);
      if (!aftermath.codes.includes(finished?.error?.code ?? '')) throw wrong('stopped for another reason', finished);
      if (run.events.some((event) => event.event === 'finished' && event.receipt !== null))
        throw wrong('a receipt', finished);
    }
    if (aftermath.kind === 'ends') return { faults: struck, done: tooLate };
    await aftermath.repair();
    if (tooLate) break;
    run = sluice.start('resume', await id());
  }
  const { status, finished, stderr } = await run.ended;
  if (status !== 0 || finished?.status !== 'done') throw wrong(`ended with ${status} ${stderr}`, finished);
  const last = run.events.at(-1);
  const receipt = last?.event === 'finished' ? last.receipt : null;
  if (receipt?.proved !== true || !receipt.snapshots.every(({ equal }) => equal)) throw wrong('not proved', finished);
  return { faults: struck, done: true };
}

/** A snapshot with data that was not there before. */
async function takeSnapshot(source: LabHost, run: number, megabytes: number): Promise<string> {
  await writeRandom(source, `/${DATA}/random-${run % 2}`, megabytes);
  const snapshot = `${DATA}@run${run}`;
  await source.run(['zfs', 'snapshot', snapshot]);
  return snapshot;
}

/** The way an admin clears up what is no longer wanted: copies with their holds, then the source's snapshots. */
async function clear({ source, destination }: Stage): Promise<void> {
  const releaseAll = (tree: string) =>
    `${listHolds(tree)} | cut -f1,2 | while read snapshot tag; do zfs release "$tag" "$snapshot"; done`;
  const copies = `for copy in $(zfs list -H -o name -r ${POOLS.destination} | grep /); do zfs receive -A "$copy" 2>/dev/null; zfs destroy -r "$copy"; done`;
  await destination.run(`${releaseAll(POOLS.destination)}; ${copies}; true`);
  const snapshots = `zfs list -H -t snapshot,bookmark -o name -r ${DATA} | while read one; do zfs destroy "$one"; done`;
  await source.run(`${releaseAll(DATA)}; ${snapshots}; rm -f /${DATA}/random-*; true`);
}

/** @throws Error for the first run that does not end as it must, equal and tidy; its faults are named in order */
export async function faultRun(lab: Lab, options: FaultRunOptions): Promise<FaultRunResult> {
  const { seed, count, kinds, megabytes = 10, report = () => undefined } = options;
  const random = randomFrom(seed);
  const [source, destination] = [lab.host('alpha'), lab.host('beta')];
  await source.pool(POOLS.source, { sizeMb: 300 });
  await destination.pool(POOLS.destination, { sizeMb: 300 });
  await source.run(`zfs create ${DATA}`);
  const sluice = await Sluice.create();
  const links = { source: await source.link(), destination: await destination.link() };
  links.destination.setRate(LINE_RATE);
  await sluice.addHost(source, { name: 'src', url: links.source.url() });
  await sluice.addHost(destination, { name: 'dst', url: links.destination.url() });
  const stage: Stage = { source, destination, links, pools: POOLS };
  const byKind: Partial<Record<Fault, number>> = {};
  let interruptions = 0;
  let runs = 0;
  let copies = 0;
  // Into each copy goes a full stream and then an increment, unless the first is given up.
  let target: string | null = null;
  try {
    while (interruptions < count) {
      runs += 1;
      if (target === null) copies += 1;
      const faults = Array.from(
        { length: Math.min(count - interruptions, 1 + Math.floor(random() * MOST_FAULTS)) },
        () => drawFault(kinds, random),
      );
      const errand: Errand = {
        snapshot: await takeSnapshot(source, runs, megabytes),
        target: target ?? `${POOLS.destination}/copy${copies}`,
        route: random() < 0.3 ? 'direct' : 'relay',
        faults,
        places: faults.map(() => random()),
      };
      const struck = await carryOut(stage, sluice, errand, megabytes);
      const wrong = [
        ...(await orphans(stage)),
        ...(await keys(stage, sluice)),
        ...(await holds(stage, errand, struck.done)),
        ...(struck.done ? await differences(stage, errand) : []),
      ];
      const named = `${errand.target} by ${errand.route}: ${struck.faults.join(', ') || 'nothing struck'}`;
      if (wrong.length > 0) throw new Error(`${named}: ${wrong.join('; ')}`);
      for (const fault of struck.faults) byKind[fault] = (byKind[fault] ?? 0) + 1;
      interruptions += struck.faults.length;
      report(
        `run ${runs}, ${named}; ${struck.done ? 'done and equal' : 'stopped rightly'}; ${interruptions} of ${count}`,
      );
      const isFirst: boolean = target === null;
      target = isFirst && struck.done ? errand.target : null;
      if (target === null) await clear(stage);
    }
    await sluice.dispose();
    return { runs, interruptions, byKind };
  } catch (thrown) {
    report(`the journals are in ${sluice.stateDir}`);
    throw thrown;
  } finally {
    await Promise.all([links.source.close(), links.destination.close()]);
    await source.run(`zpool destroy ${POOLS.source}`, { allowFailure: true });
    await destination.run(`zpool destroy ${POOLS.destination}`, { allowFailure: true });
  }
}
