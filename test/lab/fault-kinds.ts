/** The faults that may strike a run, what each does to the hosts and the lines between, and what a run must make of it. */
import type { Side } from '../../shared/model/side.ts';
import { releaseAll } from './holds.ts';
import type { Link } from './link.ts';
import type { LabHost } from './types.ts';

/** How often each is drawn among all: what costs a boot is seldom. */
const SHARES = {
  'cut-source': 24,
  'cut-destination': 24,
  'cut-both': 22,
  freeze: 16,
  'kill-sluice': 40,
  'kill-sshd-source': 15,
  'kill-sshd-destination': 15,
  'fill-destination': 10,
  'export-destination': 8,
  'export-source': 6,
  'destroy-snapshot': 8,
  'reset-source': 6,
  'reset-destination': 6,
} as const;
export type Fault = keyof typeof SHARES;
export const FAULTS = Object.keys(SHARES) as readonly Fault[];

const OF_THE_HOST: readonly Fault[] = [
  'kill-sshd-source',
  'kill-sshd-destination',
  'reset-source',
  'reset-destination',
];
/** Those that leave the other users of a shared lab alone. */
export const HARMLESS: readonly Fault[] = FAULTS.filter((fault) => !OF_THE_HOST.includes(fault));

/** @param random numbers from 0 up to, not including, 1 */
export function drawFault(kinds: readonly Fault[], random: () => number): Fault {
  let left = random() * kinds.reduce((sum, kind) => sum + SHARES[kind], 0);
  for (const kind of kinds) {
    left -= SHARES[kind];
    if (left < 0) return kind;
  }
  throw new Error('There is no fault to draw from.');
}

export interface Stage {
  readonly source: LabHost;
  readonly destination: LabHost;
  readonly links: { readonly source: Link; readonly destination: Link };
  readonly pools: { readonly source: string; readonly destination: string };
}

/** What a run must do after a fault. */
export type Aftermath =
  /** It goes on by itself. */
  | { readonly kind: 'passes' }
  /** It is gone on with by `sluice resume`. */
  | { readonly kind: 'killed' }
  /** It stops for one of these reasons, and goes on when told to once an admin has repaired the host. */
  | { readonly kind: 'stops'; readonly codes: readonly string[]; readonly repair: () => Promise<void> }
  /** It stops for one of these reasons, and cannot be gone on with. */
  | { readonly kind: 'ends'; readonly codes: readonly string[] };

/** ms: noticed by nobody, but long enough that bytes are missed. */
const FREEZE_MS = 4000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Lets nobody through the links while something is done to a host. */
async function whileUnreachable({ links }: Stage, act: () => Promise<void>): Promise<void> {
  const both = [links.source, links.destination];
  for (const link of both) link.refuse(true);
  for (const link of both) link.cut();
  try {
    await act();
  } finally {
    for (const link of both) link.refuse(false);
  }
}

/** What holds a pool or snapshot ends with the lost line, but not at once. */
const UNTIL_FREE = (command: string) =>
  `n=0; until out=$(${command} 2>&1); do n=$((n+1)); [ $n -lt 60 ] || { echo "$out" >&2; exit 1; }; sleep 0.5; done`;

/** Takes all that is free in a pool, with a file of zeros that are kept as they are. */
async function fill(host: LabHost, pool: string): Promise<void> {
  const ballast = `zfs create -o compression=off ${pool}/ballast`;
  const write = `dd if=/dev/zero of=/${pool}/ballast/zeros bs=128k 2>&1 | grep -q 'No space left'`;
  await host.run(`${ballast} && ${write}`);
}

const empty = async (host: LabHost, pool: string): Promise<void> => {
  await host.run(`zfs destroy ${pool}/ballast && zpool wait -t free ${pool} && zpool sync ${pool}`);
};

async function exportPool(stage: Stage, side: Side): Promise<Aftermath> {
  const [host, pool] = [stage[side], stage.pools[side]];
  await whileUnreachable(stage, async () => {
    await host.run(UNTIL_FREE(`zpool export ${pool}`));
  });
  return {
    kind: 'stops',
    codes: side === 'source' ? ['no-such-dataset'] : ['no-such-pool'],
    repair: async () => {
      await host.run(`zpool import -d ${host.poolDirectory} ${pool}`);
    },
  };
}

/** A held snapshot cannot be destroyed; one whose hold was taken off by somebody can. */
async function destroySnapshot(stage: Stage, snapshot: string): Promise<Aftermath> {
  const { source } = stage;
  const refused = await source.run(['zfs', 'destroy', snapshot], { allowFailure: true });
  if (refused.status === 0) throw new Error(`${snapshot} was destroyed while a run needed it`);
  await whileUnreachable(stage, async () => {
    await source.run(`${releaseAll(snapshot)}; ${UNTIL_FREE(`zfs destroy ${snapshot}`)}`);
  });
  return { kind: 'ends', codes: ['no-such-snapshot'] };
}

/**
 * @param snapshot what the run is to bring
 * @returns what must come of it
 */
export async function strike(fault: Fault, stage: Stage, snapshot: string): Promise<Aftermath> {
  const { source, destination, links, pools } = stage;
  switch (fault) {
    case 'cut-source':
      links.source.cut();
      return { kind: 'passes' };
    case 'cut-destination':
      links.destination.cut();
      return { kind: 'passes' };
    case 'cut-both':
      links.source.cut();
      links.destination.cut();
      return { kind: 'passes' };
    case 'freeze':
      links.destination.freeze();
      await pause(FREEZE_MS);
      links.destination.thaw();
      return { kind: 'passes' };
    case 'kill-sshd-source':
      await source.restartSshd({ dropSessions: true });
      return { kind: 'passes' };
    case 'kill-sshd-destination':
      await destination.restartSshd({ dropSessions: true });
      return { kind: 'passes' };
    case 'reset-source':
      await source.reset();
      return { kind: 'passes' };
    case 'reset-destination':
      await destination.reset();
      return { kind: 'passes' };
    case 'kill-sluice':
      return { kind: 'killed' };
    case 'fill-destination':
      links.destination.freeze();
      await fill(destination, pools.destination);
      links.destination.thaw();
      return { kind: 'stops', codes: ['no-space'], repair: () => empty(destination, pools.destination) };
    case 'export-destination':
      return await exportPool(stage, 'destination');
    case 'export-source':
      return await exportPool(stage, 'source');
    case 'destroy-snapshot':
      return await destroySnapshot(stage, snapshot);
  }
}
