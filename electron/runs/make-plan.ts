/** Reads both hosts and plans: what exists, what changed at the destination, sizes. Writes nothing anywhere. */
import type { Finding } from '../../shared/model/plan.ts';
import type { ReplicationRequest } from '../../shared/model/request.ts';
import { addFindings, assemble, type PlannedPlan, packageSizeCommands } from '../../shared/planning/assemble.ts';
import { blocks } from '../../shared/planning/findings.ts';
import { type FrozenOf, flagsOfSend } from '../../shared/planning/frozen.ts';
import { decidePackage, type PackageDecision, type World } from '../../shared/planning/package/decide-package.ts';
import { checkPractice } from '../../shared/planning/preflight.ts';
import { checkReceiving } from '../../shared/planning/receiving.ts';
import { restsOnPlaces } from '../../shared/planning/rests-on-places.ts';
import { heldAgainstRollBack } from '../../shared/planning/roll-back-holds.ts';
import type { Measured } from '../../shared/planning/sizes.ts';
import { decidePacking } from '../../shared/transfer/packing.ts';
import { decideRoute } from '../../shared/transfer/route.ts';
import { countable, onRouteOf } from '../../shared/transfer/stages.ts';
import { readSendSize, readStreamSizes } from '../../shared/zfs/commands.ts';
import { diagnose } from '../../shared/zfs/diagnose.ts';
import { readReceives } from '../hosts/inventory.ts';
import type { Reached, ReachHost } from '../hosts/reached.ts';
import { collectAll } from '../ssh/collect-all.ts';
import type { DirectBefore, SentBefore } from './pairs.ts';
import { type ReadEnds, readPlaces, readTheRest } from './read-ends.ts';
import { permissionFindings } from './read-grants.ts';
import { readTagsOf } from './read-hold-tags.ts';
import { surveyRoute } from './survey-route.ts';

interface Sizes {
  /** One for each of the package's size commands; null where it was not asked or not answered. */
  readonly sizes: readonly (Measured | null)[];
  readonly refusals: readonly string[];
}

/** Asks the source for the sizes of all sends in one round trip. */
async function measure(source: Reached, decision: PackageDecision): Promise<Sizes> {
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

function refusedFinding(host: string, stderr: string): Finding {
  const found = diagnose(stderr);
  const said = stderr.trim() || 'it does not say why';
  return blocks(found?.code ?? 'send-refused', {
    message: `${host} refuses to send: ${said}. ${found?.cause ?? ''}`.trim(),
    evidence: { stderr },
  });
}

function decideOn(
  request: ReplicationRequest,
  { source, destination, changes }: ReadEnds,
  known: Pick<World, 'frozen' | 'isTaking' | 'tagsOf'>,
): PackageDecision {
  return decidePackage({ request, source, destination, ...known }, (copy) => changes.get(copy) ?? null);
}

/** As before; by which tags snapshots are held is asked of those that stand against a roll-back. */
async function decideKnowing(
  request: ReplicationRequest,
  ends: ReadEnds,
  known: Pick<World, 'frozen' | 'isTaking'>,
): Promise<PackageDecision> {
  const decided = decideOn(request, ends, known);
  const held = heldAgainstRollBack(decided.decisions);
  if (held.length === 0) return decided;
  return decideOn(request, ends, { ...known, tagsOf: await readTagsOf(ends.to, ends.destination, held) });
}

/** Adds what only the hosts know about what was decided: sizes, receives under way, permissions. */
async function complete(decided: PackageDecision, ends: ReadEnds): Promise<PlannedPlan> {
  const { from, to, source, destination } = ends;
  const sends = decided.decisions.some((one) => one.sends.length > 0);
  const [{ sizes, refusals }, receiving] = await Promise.all([
    measure(from, decided),
    sends ? readReceives(to.shell, to.host) : [],
  ]);
  const findings = [
    ...decided.findings,
    ...checkPractice(from.host, to.host),
    ...checkReceiving(decided.decisions, receiving),
    ...refusals.map((stderr) => refusedFinding(from.host.name, stderr)),
  ];
  const assembled = assemble({ ...decided, findings }, sizes);
  return addFindings(
    assembled,
    await permissionFindings(assembled, [
      { shell: from.shell, inventory: source },
      { shell: to.shell, inventory: destination },
    ]),
  );
}

/** How the plan's bytes travel, and what is done to them in transit. */
async function routed(plan: PlannedPlan, ends: ReadEnds, directBefore: number | null): Promise<PlannedPlan> {
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
 * @param directBefore how fast the direct route was last time
 * @param isTaking true for a run that was cut while it made its snapshots
 * @throws SluiceError if a host cannot be reached or read; everything else is a finding
 */
export async function makePlan(
  request: ReplicationRequest,
  reach: ReachHost,
  sentBefore: SentBefore,
  directBefore: DirectBefore,
  isTaking = false,
): Promise<PlannedPlan> {
  const frozen: FrozenOf = (source, copy) =>
    sentBefore({ host: request.source.host, dataset: source }, { host: request.destination.host, dataset: copy });
  const withRoute = async (plan: PlannedPlan, ends: ReadEnds): Promise<PlannedPlan> =>
    plan.ready && plan.streams.length > 0
      ? await routed(plan, ends, directBefore(request.source.host, request.destination.host))
      : plan;
  const places = await readPlaces(request, reach);
  const decided = await decideKnowing(request, places, { frozen, isTaking });
  if (places.whole || restsOnPlaces(decided)) {
    const plan = await complete(decided, places);
    // What helps a plan that is blocked, such as a roomier pool, may lie anywhere.
    if (places.whole || plan.ready) return await withRoute(plan, places);
  }
  const ends = await readTheRest(places);
  return await withRoute(await complete(await decideKnowing(request, ends, { frozen, isTaking }), ends), ends);
}
