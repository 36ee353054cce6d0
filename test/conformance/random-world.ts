/**
 * Random trees on one host with ZFS, replicated from one of its pools to another by the plans that Sluice makes: what is
 * ready must succeed, bring what its stream table says, and lose nothing that it did not list.
 */
import fc from 'fast-check';
import { probeHost } from '../../electron/hosts/probe.ts';
import type { Reached } from '../../electron/hosts/reached.ts';
import { makePlan } from '../../electron/runs/make-plan.ts';
import type { Collected, Shell } from '../../electron/ssh/index.ts';
import type { Host } from '../../shared/model/host.ts';
import { parseDatasetName } from '../../shared/model/names.ts';
import type { Plan, Step } from '../../shared/model/plan.ts';
import { defaultOptions, type Package, plainSource, type ReplicationRequest } from '../../shared/model/request.ts';
import { showCommand } from '../../shared/zfs/wire.ts';

/** Runs a command line on the host. */
export type RunText = (text: string) => Promise<{ status: number | null; stdout: string; stderr: string }>;

export interface Pools {
  readonly source: string;
  readonly destination: string;
}

const DATASETS = ['t', 't/a', 't/a/c', 't/b', 't/k', 't/a/k', 'o', 'o/x'] as const;
const LABELS = ['s0', 's1', 's2', 's3'] as const;
const PACKAGES: Package[] = ['replication', 'recursive', 'self-contained', 'single'];

const dataset = fc.constantFrom(...DATASETS);
const label = fc.constantFrom(...LABELS);

/** One change of the tree; many of them fail, as names are taken or gone, and that is as good as not having tried. */
const change: fc.Arbitrary<(pools: Pools) => string> = fc.oneof(
  { weight: 4, arbitrary: dataset.map((name) => (p: Pools) => `zfs create ${p.source}/${name}`) },
  { weight: 1, arbitrary: fc.constant((p: Pools) => `zfs create -V 4M ${p.source}/t/v`) },
  { weight: 6, arbitrary: label.map((name) => (p: Pools) => `zfs snapshot -r ${p.source}/t@${name}`) },
  {
    weight: 2,
    arbitrary: fc.tuple(dataset, label).map(
      ([name, at]) =>
        (p: Pools) =>
          `zfs snapshot ${p.source}/${name}@${at}`,
    ),
  },
  {
    weight: 5,
    arbitrary: fc.tuple(dataset, label, fc.constantFrom('t/k', 't/a/k', 't/b', 'o/x')).map(
      ([from, at, to]) =>
        (p: Pools) =>
          `zfs clone ${p.source}/${from}@${at} ${p.source}/${to}`,
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('t/k', 't/a/k', 't/b').map((name) => (p: Pools) => `zfs promote ${p.source}/${name}`),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(dataset, label).map(
      ([name, at]) =>
        (p: Pools) =>
          `zfs destroy ${p.source}/${name}@${at}`,
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(dataset, label).map(
      ([name, at]) =>
        (p: Pools) =>
          `zfs hold kept ${p.source}/${name}@${at}`,
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(dataset, label).map(
      ([name, at]) =>
        (p: Pools) =>
          `zfs bookmark ${p.source}/${name}@${at} ${p.source}/${name}#${at}`,
    ),
  },
  { weight: 1, arbitrary: fc.constant((p: Pools) => `zfs rename ${p.source}/t/a ${p.source}/t/b`) },
  {
    weight: 1,
    arbitrary: dataset.map((name) => (p: Pools) => `zfs snapshot ${p.destination}/copy${name.slice(1)}@mine`),
  },
  { weight: 1, arbitrary: dataset.map((name) => (p: Pools) => `zfs set compression=gzip ${p.source}/${name}`) },
);

const options = fc.record({
  package: fc.constantFrom(...PACKAGES),
  onDivergence: fc.constantFrom<ReplicationRequest['onDivergence'][]>('stop', 'set-aside', 'rollback'),
  intermediates: fc.boolean(),
});

export interface Round {
  /** Ends with a snapshot of the whole tree, as replications mostly do. */
  readonly closes: boolean;
  readonly changes: readonly ((pools: Pools) => string)[];
  readonly options: Pick<ReplicationRequest, 'package' | 'onDivergence' | 'intermediates'>;
}

/** What every world begins with: a tree, something outside it, and a clone of that in the tree. */
const ground = ({ source }: Pools): string[] => [
  ...['t', 't/a', 't/a/c', 'o'].map((name) => `zfs create ${source}/${name}`),
  `zfs snapshot -r ${source}/t@s0`,
  `zfs snapshot ${source}/o@s0`,
];

/** A few rounds of changes, each followed by a replication. */
export const rounds: fc.Arbitrary<Round[]> = fc.array(
  fc.record({
    closes: fc.constantFrom(true, true, true, false),
    changes: fc.array(change, { minLength: 4, maxLength: 14 }),
    options,
  }),
  { minLength: 1, maxLength: 3 },
);

/** As much of a shell as reading a host needs. */
function textShell(run: RunText): Shell {
  const collect = async (command: string): Promise<Collected> => ({
    ...(await run(command)),
    signal: null,
    lost: null,
  });
  return {
    closed: new Promise(() => undefined),
    start: () => Promise.reject(new Error('Commands are run as text here.')),
    collect,
    async *lines(command) {
      const { stdout, ...exit } = await collect(command);
      const lines = stdout.split('\n');
      if (lines.at(-1) === '') lines.pop();
      yield* lines;
      return exit;
    },
    close: () => Promise.resolve(),
  };
}

function named(name: string) {
  const parsed = parseDatasetName(name);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}

const HOST: Host['name'] = 'the-host';

export async function reachHost(run: RunText, host: Omit<Host, 'name'>): Promise<Reached> {
  const shell = textShell(run);
  const self = { ...host, name: HOST };
  const ask = () => Promise.reject(new Error('Nothing is asked here.'));
  return { host: self, shell, tools: await probeHost(shell, self), target: null, ask };
}

interface Snapshot {
  readonly name: string;
  readonly guid: string;
}

async function snapshotsOf(run: RunText, pool: string): Promise<Snapshot[]> {
  const { stdout } = await run(`zfs list -Hp -t snapshot -o guid,name -r ${pool}`);
  return stdout
    .split('\n')
    .filter((line) => line.includes('\t'))
    .map((line) => {
      const [guid = '', name = ''] = line.split('\t');
      return { guid, name };
    });
}

const lineOf = (step: Step): string =>
  step.commands.map(({ argv }) => showCommand(argv)).join(step.kind === 'send-receive' ? ' | ' : ' && ');

export interface Tally {
  ready: number;
  blocked: number;
  streams: number;
  clones: number;
}

/** @throws Error with all that is needed to understand it, if a plan did not keep its word */
export async function playWorld(
  run: RunText,
  reached: Reached,
  pools: Pools,
  world: readonly Round[],
  tally: Tally,
): Promise<void> {
  const script: string[] = [];
  for (const [number, round] of world.entries()) {
    const changes = [
      ...(number === 0 ? ground(pools) : []),
      ...round.changes.map((one) => one(pools)),
      ...(round.closes ? [`zfs snapshot -r ${pools.source}/t@end${number}`] : []),
    ];
    script.push(...changes, JSON.stringify(round.options));
    await run(`${changes.join(' 2>/dev/null; ')} 2>/dev/null; true`);
    const request: ReplicationRequest = {
      ...defaultOptions,
      ...round.options,
      source: { ...plainSource, host: HOST, dataset: named(`${pools.source}/t`), snapshot: null },
      destination: { host: HOST, dataset: named(`${pools.destination}/copy`), naming: 'exact' },
    };
    const plan = await makePlan(
      request,
      () => Promise.resolve(reached),
      () => null,
      () => null,
    );
    if (!plan.ready) {
      tally.blocked++;
      continue;
    }
    if (plan.steps.length === 0) continue;
    tally.ready++;
    tally.streams += plan.streams.length;
    tally.clones += plan.streams.filter(({ origin }) => origin !== null).length;
    const fault = await carryOut(run, plan, pools);
    if (fault !== null)
      throw new Error(
        `${fault}\n--- the world\n${script.join('\n')}\n--- the steps\n${plan.steps.map(lineOf).join('\n')}`,
      );
  }
}

async function carryOut(run: RunText, plan: Plan, pools: Pools): Promise<string | null> {
  const before = await snapshotsOf(run, pools.destination);
  const steps = plan.steps.filter(({ kind }) => kind !== 'verify');
  const script = steps.map((step, at) => `{ ${lineOf(step)}; } 2>&1; echo "step ${at} ended $?"`).join('\n');
  const { stdout } = await run(script);
  for (const [at, step] of steps.entries()) {
    const status = new RegExp(`^step ${at} ended (\\d+)$`, 'm').exec(stdout)?.[1];
    if (step.essential && status !== '0') return `Step ${at} ended with ${status}: ${lineOf(step)}\n${stdout}`;
  }
  const after = await snapshotsOf(run, pools.destination);
  const byName = new Map(after.map(({ name, guid }) => [name, guid]));
  for (const { snapshot, target, guid } of plan.streams) {
    const name = `${target}${snapshot.slice(snapshot.indexOf('@'))}`;
    if (byName.get(name) !== guid) return `${name} has the GUID ${byName.get(name)}, not ${guid}\n${stdout}`;
  }
  const known = new Set(before.map(({ guid }) => guid));
  const planned = new Set(plan.streams.map(({ guid }) => guid));
  const extra = after.find(({ guid }) => !known.has(guid) && !planned.has(guid));
  if (extra !== undefined) return `${extra.name} was brought without standing in the stream table`;
  const still = new Set(after.map(({ guid }) => guid));
  const listed = new Set<string>(plan.losses.map(({ name }) => name));
  const lost = before.find(({ guid, name }) => !still.has(guid) && !listed.has(name));
  if (lost !== undefined) return `${lost.name} was lost and not listed`;
  const origins = plan.streams.filter(({ origin }) => origin !== null);
  for (const { target, origin } of origins) {
    const { stdout: found } = await run(`zfs get -H -o value origin ${target}`);
    if (found.trim() !== origin) return `${target} is a clone of ${found.trim()}, not of ${origin}`;
  }
  return null;
}
