/**
 * Replications that are interrupted at random instants, again and again, and must end with the original all the same. What is drawn
 * comes from a seed; at which byte it strikes depends on the hosts.
 */
import { contentOf, guidOf, property, writeRandom } from './compare.ts';
import type { Link } from './link.ts';
import { hasProgressed, type RunProcess, Sluice } from './sluice.ts';
import type { Lab, LabHost } from './types.ts';

export const FAULTS = [
  'cut-source',
  'cut-destination',
  'cut-both',
  'freeze',
  'kill-sshd-source',
  'kill-sshd-destination',
  'kill-sluice',
  'reset-source',
  'reset-destination',
] as const;
export type Fault = (typeof FAULTS)[number];

/** Those that leave the other users of a shared lab alone. */
export const HARMLESS: readonly Fault[] = ['cut-source', 'cut-destination', 'cut-both', 'freeze', 'kill-sluice'];

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
/** What a run may send at most, so that there is time to interrupt it. */
const LIMIT = '3M';

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

interface Stage {
  readonly source: LabHost;
  readonly destination: LabHost;
  readonly links: { readonly source: Link; readonly destination: Link };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function strike(fault: Fault, { source, destination, links }: Stage): Promise<void> {
  switch (fault) {
    case 'cut-source':
      return links.source.cut();
    case 'cut-destination':
      return links.destination.cut();
    case 'cut-both':
      links.source.cut();
      return links.destination.cut();
    case 'freeze':
      links.destination.freeze();
      await pause(4000);
      return links.destination.thaw();
    case 'kill-sshd-source':
      return await source.restartSshd({ dropSessions: true });
    case 'kill-sshd-destination':
      return await destination.restartSshd({ dropSessions: true });
    case 'reset-source':
      return await source.reset();
    case 'reset-destination':
      return await destination.reset();
    case 'kill-sluice':
      return;
  }
}

/** What must not be there once a run has ended. */
async function leftovers({ source, destination }: Stage, target: string): Promise<string[]> {
  const found: string[] = [];
  for (const host of [source, destination]) {
    const { stdout } = await host.run(`pgrep -af '[z]fs (send|receive) .*fl(src|dst)' || true`);
    if (stdout.trim() !== '') found.push(`${host.name}: ${stdout.trim()}`);
    const keys = (await host.run(`grep -c 'sluice:from:' .ssh/authorized_keys 2>/dev/null || true`)).stdout.trim();
    if (keys !== '' && keys !== '0') found.push(`${host.name}: ${keys} keys`);
  }
  if ((await property(destination, 'receive_resume_token', target)) !== '-')
    found.push(`${target}: a half-received stream`);
  const holds = (await source.run(`zfs holds -H flsrc/data@one | grep -c '${target}' || true`)).stdout.trim();
  if (holds !== '1') found.push(`${holds} holds for ${target} at the source, 1 is kept for the next time`);
  return found;
}

/** One replication with its interruptions. @returns how many struck */
async function oneRun(
  stage: Stage,
  sluice: Sluice,
  target: string,
  draw: () => Fault | null,
  random: () => number,
  megabytes: number,
): Promise<Fault[]> {
  const struck: Fault[] = [];
  let run: RunProcess = sluice.start(
    'run',
    'src:flsrc/data',
    `dst:${target}`,
    '--yes',
    '--limit',
    LIMIT,
    '--route',
    'relay',
  );
  let reached = 0;
  for (;;) {
    const fault = draw();
    const ended = run.ended.then(() => null);
    if (fault !== null) {
      // Somewhere in what is left, so that every interruption finds bytes moving.
      const at = reached + (0.05 + random() * 0.5) * (megabytes * MEGABYTE - reached);
      const moved = await Promise.race([run.until(hasProgressed(at)).catch(() => null), ended]);
      if (moved !== null && moved.event === 'progress') {
        reached = moved.bytes;
        struck.push(fault);
        if (fault === 'kill-sluice') {
          run.child.kill('SIGKILL');
          await run.ended;
          run = sluice.start('resume', run.events[0]?.run ?? '');
        } else await strike(fault, stage);
        continue;
      }
    }
    const { status, finished, stderr } = await run.ended;
    if (status !== 0 || finished?.status !== 'done')
      throw new Error(`${target} after ${struck.join(', ')}: ${status} ${JSON.stringify(finished)} ${stderr}`);
    return struck;
  }
}

/** @throws Error for the first run that does not end done, equal and tidy; its faults are named in order */
export async function faultRun(lab: Lab, options: FaultRunOptions): Promise<FaultRunResult> {
  const { seed, count, kinds, megabytes = 16, report = () => undefined } = options;
  const random = randomFrom(seed);
  const [source, destination] = [lab.host('alpha'), lab.host('beta')];
  await source.pool('flsrc', { sizeMb: 200 });
  await destination.pool('fldst', { sizeMb: 300 });
  await source.run('zfs create flsrc/data');
  await writeRandom(source, '/flsrc/data/random', megabytes);
  await source.run('zfs snapshot flsrc/data@one');
  const sluice = await Sluice.create();
  const links = { source: await source.link(), destination: await destination.link() };
  await sluice.addHost(source, { name: 'src', url: links.source.url() });
  await sluice.addHost(destination, { name: 'dst', url: links.destination.url() });
  const stage = { source, destination, links };
  const expected = {
    guid: await guidOf(source, 'flsrc/data@one'),
    content: await contentOf(source, 'flsrc/data', 'one'),
  };
  const byKind: Partial<Record<Fault, number>> = {};
  let [interruptions, runs] = [0, 0];
  try {
    while (interruptions < count) {
      runs += 1;
      const target = `fldst/run${runs}`;
      let left = Math.min(count - interruptions, 1 + Math.floor(random() * 5));
      const draw = () => (left-- > 0 ? (kinds[Math.floor(random() * kinds.length)] ?? null) : null);
      const struck = await oneRun(stage, sluice, target, draw, random, megabytes);
      const wrong = await leftovers(stage, target);
      if ((await guidOf(destination, `${target}@one`)) !== expected.guid) wrong.push('another GUID');
      if ((await contentOf(destination, target, 'one')) !== expected.content) wrong.push('other content');
      if (wrong.length > 0) throw new Error(`${target} after ${struck.join(', ')}: ${wrong.join('; ')}`);
      for (const fault of struck) byKind[fault] = (byKind[fault] ?? 0) + 1;
      interruptions += struck.length;
      report(`run ${runs}: ${struck.join(', ') || 'nothing struck'}; ${interruptions} of ${count}`);
      await destination.run(`zfs release -r sluice:from:src:flsrc/data ${target}@one; zfs destroy -r ${target}`, {
        allowFailure: true,
      });
    }
    return { runs, interruptions, byKind };
  } finally {
    await Promise.all([links.source.close(), links.destination.close()]);
    await sluice.dispose();
    await source.run('zpool destroy flsrc', { allowFailure: true });
    await destination.run('zpool destroy fldst', { allowFailure: true });
  }
}
