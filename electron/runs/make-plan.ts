/** Reads both hosts afresh and plans: inventories, what changed at the destination, sizes. Writes nothing anywhere. */
import { SluiceError } from '../../shared/model/failure.ts';
import type { Host } from '../../shared/model/host.ts';
import type { Dataset, Inventory } from '../../shared/model/inventory.ts';
import { type DatasetName, poolOf } from '../../shared/model/names.ts';
import type { ReplicationRequest } from '../../shared/model/request.ts';
import { addFindings, assemble, type PlannedPlan, packageSizeCommands } from '../../shared/planning/assemble.ts';
import type { Changes } from '../../shared/planning/divergence.ts';
import { datasetNamed } from '../../shared/planning/ends.ts';
import { blocks } from '../../shared/planning/findings.ts';
import { type FrozenOf, flagsOfSend } from '../../shared/planning/frozen.ts';
import { ownSnapshots } from '../../shared/planning/lineage.ts';
import { packageDatasets } from '../../shared/planning/package/datasets.ts';
import { decidePackage, type PackageDecision } from '../../shared/planning/package/decide-package.ts';
import { checkPractice } from '../../shared/planning/preflight.ts';
import type { Measured } from '../../shared/planning/sizes.ts';
import { decidePacking } from '../../shared/transfer/packing.ts';
import { decideRoute } from '../../shared/transfer/route.ts';
import { countable, onRouteOf } from '../../shared/transfer/stages.ts';
import { readSendSize, readStreamSizes } from '../../shared/zfs/commands.ts';
import { diagnose } from '../../shared/zfs/diagnose.ts';
import type { SnapshotScope } from '../../shared/zfs/snapshot-listing.ts';
import { wireCommand } from '../../shared/zfs/wire.ts';
import { readInventory, readSnapshots } from '../hosts/inventory.ts';
import type { HostTools } from '../hosts/probe.ts';
import { collectAll } from '../ssh/collect-all.ts';
import type { Ask } from '../ssh/questions.ts';
import type { Shell } from '../ssh/shell.ts';
import type { SshTarget } from '../ssh/target.ts';
import type { DirectBefore, SentBefore } from './pairs.ts';
import { permissionFindings } from './read-grants.ts';
import { type Ends, surveyRoute } from './survey-route.ts';

/** A host that is connected and known. */
export interface Reached {
  readonly host: Host;
  readonly shell: Shell;
  readonly tools: HostTools;
  /** How a connection of somebody's own is opened, jumps included; null: this computer. */
  readonly target: SshTarget | null;
  /** Answers what such a connection has to ask. */
  readonly ask: Ask;
}
export type Reach = (hostName: string) => Promise<Reached>;

/** Both ends of a request or of a comparison, at once. @throws as reaching either does */
export const reachBoth = (
  reach: Reach,
  {
    source,
    destination,
  }: { readonly source: { readonly host: string }; readonly destination: { readonly host: string } },
): Promise<readonly [Reached, Reached]> => Promise.all([reach(source.host), reach(destination.host)]);

const CHANGE_LINES = 20;

/** `zfs diff NEWEST DATASET`, only of a mounted filesystem; null if it cannot be asked or does not answer. */
async function readChanges(reached: Reached, inventory: Inventory, target: Dataset): Promise<Changes | null> {
  if ((target.written ?? 0) === 0 || target.kind !== 'filesystem' || target.mounted !== true) return null;
  const newest = ownSnapshots(inventory, target.name).at(-1);
  if (newest === undefined) return null;
  const lines: string[] = [];
  const reading = reached.shell.lines(
    wireCommand([...inventory.elevation, 'zfs', 'diff', '-H', newest.name, target.name]),
    { timeoutMs: 20_000 },
  );
  try {
    for (;;) {
      const next = await reading.next();
      if (next.done) return next.value.status === 0 ? { lines, more: false } : null;
      if (lines.length === CHANGE_LINES) {
        await reading.return({ status: null, signal: null, lost: null, stderr: '' });
        return { lines, more: true };
      }
      lines.push(next.value);
    }
  } catch (thrown) {
    if (thrown instanceof SluiceError && thrown.failure.code === 'timeout') return null;
    throw thrown;
  }
}

/** Asks the source for the sizes of all sends in one round trip. */
async function measure(
  source: Reached,
  decision: PackageDecision,
): Promise<{ sizes: (Measured | null)[]; refusals: string[] }> {
  const commands = packageSizeCommands(decision);
  const asked = commands.flatMap((command) => (command === null ? [] : [command.argv]));
  if (asked.length === 0) return { sizes: commands.map(() => null), refusals: [] };
  const { parts: answers } = await collectAll(source.shell, asked, { timeoutMs: 300_000 });
  let next = 0;
  const refusals: string[] = [];
  const sizes = commands.map((command): Measured | null => {
    if (command === null) return null;
    const answer = answers[next++];
    if (!answer) return null;
    if (answer.status !== 0) {
      refusals.push(answer.stderr);
      return null;
    }
    return { total: readSendSize(answer.stdout), parts: readStreamSizes(answer.stdout) };
  });
  return { sizes, refusals };
}

/** What of the source a request is about, before its datasets are known. */
const sourceScope = ({ package: kind, source }: ReplicationRequest): SnapshotScope =>
  kind === 'single' && source.also.length === 0
    ? { kind: 'dataset', name: source.dataset }
    : { kind: 'trees', names: [source.dataset, ...source.also] };

const destinationScope = ({ package: kind, source, destination }: ReplicationRequest): SnapshotScope =>
  kind === 'single' && source.also.length === 0 && destination.naming === 'exact'
    ? { kind: 'dataset', name: destination.dataset }
    : { kind: 'trees', names: [destination.dataset] };

/** One end, which need not wait for the other's login. */
async function read(
  reach: Reach,
  name: string,
  scope: SnapshotScope,
  side: 'source' | 'destination',
): Promise<{ readonly reached: Reached; readonly inventory: Inventory }> {
  const reached = await reach(name);
  const { shell, host, tools } = reached;
  return { reached, inventory: await readInventory(shell, host, tools, scope, side) };
}

/** Clones whose origin lies outside what was listed: the origins at the source, and the pool in which they may be found. */
async function addOrigins(
  request: ReplicationRequest,
  from: Reached,
  to: Reached,
  listed: { readonly source: Inventory; readonly destination: Inventory },
): Promise<{ readonly source: Inventory; readonly destination: Inventory }> {
  if (request.package === 'single' || request.package === 'self-contained') return listed;
  const known = new Set<string>(listed.source.snapshots.map(({ name }) => name));
  const outside = packageDatasets(request, listed.source).datasets.flatMap(({ dataset }) =>
    dataset.origin === null || known.has(dataset.origin) ? [] : [dataset.origin],
  );
  if (outside.length === 0) return listed;
  const [origins, twins] = await Promise.all([
    readSnapshots(from.shell, from.host, from.tools, { kind: 'named', names: [...new Set(outside)] }, 'source'),
    readSnapshots(
      to.shell,
      to.host,
      to.tools,
      { kind: 'pool', name: poolOf(request.destination.dataset) },
      'destination',
    ),
  ]);
  const there = new Set<string>(listed.destination.snapshots.map(({ name }) => name));
  return {
    source: { ...listed.source, snapshots: [...listed.source.snapshots, ...origins] },
    destination: {
      ...listed.destination,
      snapshots: [...listed.destination.snapshots, ...twins.filter(({ name }) => !there.has(name))],
    },
  };
}

/** Copies that were written to, of which `zfs diff` is asked, at most: each is a question of its own. */
const DIFFS = 5;

async function readAllChanges(
  request: ReplicationRequest,
  to: Reached,
  listed: { readonly source: Inventory; readonly destination: Inventory },
): Promise<ReadonlyMap<DatasetName, Changes>> {
  const written = packageDatasets(request, listed.source)
    .datasets.flatMap(({ copy }) => datasetNamed(listed.destination, copy) ?? [])
    .filter((target) => (target.written ?? 0) > 0)
    .slice(0, DIFFS);
  const found = new Map<DatasetName, Changes>();
  for (const target of written) {
    const changes = await readChanges(to, listed.destination, target);
    if (changes !== null) found.set(target.name, changes);
  }
  return found;
}

/** How the plan's bytes travel, and what is done for them on the way. */
async function routed(plan: PlannedPlan, ends: Ends, directBefore: number | null): Promise<PlannedPlan> {
  const { bytes } = plan.estimate;
  const facts = await surveyRoute(plan, ends, directBefore);
  const choice = decideRoute(plan.request, bytes, facts);
  const packing = decidePacking(plan.request, bytes, {
    ...facts.tools,
    route: choice.route,
    practice: facts.practice,
    raw: plan.steps.every(
      ({ kind, commands }) => kind !== 'send-receive' || (flagsOfSend(commands[0]?.argv ?? [])?.raw ?? false),
    ),
    tells: countable(facts.tools),
    samples: facts.samples,
  });
  return onRouteOf(plan, choice, facts, packing);
}

/**
 * @param sentBefore with which flags copies were first sent from here
 * @param directBefore how fast the direct way was last time
 * @throws SluiceError if a host cannot be reached or read; everything else is a finding
 */
export async function makePlan(
  request: ReplicationRequest,
  reach: Reach,
  sentBefore: SentBefore,
  directBefore: DirectBefore,
): Promise<PlannedPlan> {
  const [{ reached: from, inventory: source }, { reached: to, inventory: destination }] = await Promise.all([
    read(reach, request.source.host, sourceScope(request), 'source'),
    read(reach, request.destination.host, destinationScope(request), 'destination'),
  ]);
  const listed = await addOrigins(request, from, to, { source, destination });
  const changes = await readAllChanges(request, to, listed);
  const frozen: FrozenOf = (source, copy) =>
    sentBefore({ host: request.source.host, dataset: source }, { host: request.destination.host, dataset: copy });
  const decided = decidePackage({ request, ...listed, frozen }, (copy) => changes.get(copy) ?? null);
  const decision = { ...decided, findings: [...decided.findings, ...checkPractice(from.host, to.host)] };
  const { sizes, refusals } = await measure(from, decision);
  const refused = refusals.flatMap((stderr) => {
    const found = diagnose(stderr);
    return [
      blocks(found?.code ?? 'send-refused', {
        message:
          `${from.host.name} refuses to send: ${stderr.trim() || 'it does not say why'}. ${found?.cause ?? ''}`.trim(),
        evidence: { stderr },
      }),
    ];
  });
  const assembled = assemble({ ...decision, findings: [...decision.findings, ...refused] }, sizes);
  const ends = [
    { shell: from.shell, inventory: source },
    { shell: to.shell, inventory: destination },
  ];
  const plan = addFindings(assembled, await permissionFindings(assembled, ends));
  if (!plan.ready || plan.streams.length === 0) return plan;
  return await routed(plan, { from, to, ...listed }, directBefore(request.source.host, request.destination.host));
}
