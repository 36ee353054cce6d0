/** Reads both hosts afresh and plans: inventories, what changed at the destination, sizes. Writes nothing anywhere. */
import { SluiceError } from '../../shared/model/failure.ts';
import type { Host } from '../../shared/model/host.ts';
import type { Dataset, Inventory } from '../../shared/model/inventory.ts';
import { type DatasetName, datasetOf } from '../../shared/model/names.ts';
import type { ReplicationRequest } from '../../shared/model/request.ts';
import { assemble, type PlannedPlan } from '../../shared/planning/assemble.ts';
import { decide } from '../../shared/planning/decide.ts';
import type { Decision } from '../../shared/planning/decision.ts';
import type { Changes } from '../../shared/planning/divergence.ts';
import { datasetNamed } from '../../shared/planning/ends.ts';
import { blocks } from '../../shared/planning/findings.ts';
import { checkPractice } from '../../shared/planning/preflight.ts';
import { type Measured, sizeCommands } from '../../shared/planning/sizes.ts';
import { readSendSize, readStreamSizes } from '../../shared/zfs/commands.ts';
import { diagnose } from '../../shared/zfs/diagnose.ts';
import { readBatch, wireBatch, wireCommand } from '../../shared/zfs/wire.ts';
import { readInventory } from '../hosts/inventory.ts';
import type { HostTools } from '../hosts/probe.ts';
import type { Shell } from '../ssh/shell.ts';

/** A host that is connected and known. */
export interface Reached {
  readonly host: Host;
  readonly shell: Shell;
  readonly tools: HostTools;
}
export type Reach = (hostName: string) => Promise<Reached>;

const CHANGE_LINES = 20;

/** `zfs diff NEWEST DATASET`, only of a mounted filesystem; null if it cannot be asked or does not answer. */
async function readChanges(reached: Reached, inventory: Inventory, target: Dataset): Promise<Changes | null> {
  if ((target.written ?? 0) === 0 || target.kind !== 'filesystem' || target.mounted !== true) return null;
  const newest = inventory.snapshots
    .filter((snapshot) => datasetOf(snapshot.name) === target.name)
    .sort((a, b) => a.createtxg - b.createtxg)
    .at(-1);
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
  decision: Decision,
): Promise<{ sizes: (Measured | null)[]; refusals: string[] }> {
  const commands = sizeCommands(decision);
  const asked = commands.flatMap((command) => (command === null ? [] : [command.argv]));
  if (asked.length === 0) return { sizes: commands.map(() => null), refusals: [] };
  const collected = await source.shell.collect(wireBatch(asked), { timeoutMs: 300_000 });
  const answers = readBatch(asked.length, collected.stdout, collected.stderr);
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

const scopeOf = (name: DatasetName) => ({ kind: 'dataset', name }) as const;

/**
 * @throws SluiceError if a host cannot be reached or read; everything else is a finding
 */
export async function makePlan(request: ReplicationRequest, reach: Reach): Promise<PlannedPlan> {
  const [from, to] = await Promise.all([reach(request.source.host), reach(request.destination.host)]);
  const [source, destination] = await Promise.all([
    readInventory(from.shell, from.host, from.tools, scopeOf(request.source.dataset), 'source'),
    readInventory(to.shell, to.host, to.tools, scopeOf(request.destination.dataset), 'destination'),
  ]);
  const target = datasetNamed(destination, request.destination.dataset);
  const changes = target === null ? null : await readChanges(to, destination, target);
  const decided = decide({ request, source, destination }, changes);
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
  return assemble({ ...decision, findings: [...decision.findings, ...refused] }, sizes);
}
