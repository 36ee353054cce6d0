/** After a run: reads both hosts afresh and compares, so that the receipt says what is there and not what was meant. */
import { spokenBytes } from '../../shared/model/bytes.ts';
import type { Dataset, Inventory } from '../../shared/model/inventory.ts';
import { labelOf, snapshotOf } from '../../shared/model/names.ts';
import type { Plan, Stream } from '../../shared/model/plan.ts';
import type { Receipt } from '../../shared/model/run.ts';
import { datasetNamed } from '../../shared/planning/ends.ts';
import { showZfs } from '../../shared/zfs/capabilities.ts';
import { wireCommand } from '../../shared/zfs/wire.ts';
import { readInventory } from '../hosts/inventory.ts';
import type { Reached } from './make-plan.ts';

type Check = Receipt['checks'][number];

export interface Proof {
  readonly snapshots: Receipt['snapshots'];
  readonly checks: Check[];
  readonly proved: boolean;
  readonly source: Receipt['source'];
  readonly destination: Receipt['destination'];
}

/** `zfs get -Hp -o property,value a,b DATASET`, for properties that no listing has. */
async function readProperties(
  reached: Reached,
  names: readonly string[],
  dataset: string,
): Promise<Map<string, string>> {
  if (names.length === 0) return new Map();
  const argv = [...reached.tools.elevation, 'zfs', 'get', '-Hp', '-o', 'property,value', names.join(','), dataset];
  const collected = await reached.shell.collect(wireCommand(argv));
  return new Map(
    collected.stdout.split('\n').flatMap((line): [string, string][] => {
      const [name, value] = line.split('\t');
      return name !== undefined && value !== undefined ? [[name, value]] : [];
    }),
  );
}

/** Properties that the plan's receive or set commands gave the copy. */
function propertiesAsked(plan: Plan): Map<string, string> {
  const pairs = plan.steps.flatMap((step) =>
    step.commands.flatMap(({ argv }) => {
      if (step.kind === 'send-receive') return argv.flatMap((word, at) => (word === '-o' ? [argv[at + 1] ?? ''] : []));
      return step.kind === 'set-property' ? [argv.at(-2) ?? ''] : [];
    }),
  );
  return new Map(pairs.map((pair) => pair.split('=', 2) as [string, string]));
}

function compareSnapshots(streams: readonly Stream[], source: Inventory, destination: Inventory): Receipt['snapshots'] {
  const guidsAtSource = new Map(source.snapshots.map((snapshot) => [snapshot.name as string, snapshot.guid]));
  const guidsThere = new Map(destination.snapshots.map((snapshot) => [snapshot.name as string, snapshot.guid]));
  return streams.map((stream) => {
    const sourceGuid = guidsAtSource.get(stream.snapshot) ?? null;
    const destinationGuid = guidsThere.get(snapshotOf(stream.target, labelOf(stream.snapshot))) ?? null;
    // The source snapshot may be gone by now; what counts is the GUID that was planned.
    return { name: stream.snapshot, sourceGuid, destinationGuid, equal: destinationGuid === stream.guid };
  });
}

function mountSentence({ mounted, mountpoint }: Dataset): string {
  if (mounted === true) return `The copy is mounted at ${mountpoint ?? 'its mountpoint'}.`;
  return 'Your files are there; the copy is not mounted, on purpose, so that nothing on this host changes.';
}

/** @param streams every stream the run was to bring, over all its attempts */
export async function prove(
  plan: Plan,
  streams: readonly Stream[],
  ends: { readonly source: Reached; readonly destination: Reached },
): Promise<Proof> {
  const { request } = plan;
  const [source, destination] = await Promise.all([
    readInventory(
      ends.source.shell,
      ends.source.host,
      ends.source.tools,
      { kind: 'dataset', name: request.source.dataset },
      'source',
    ),
    readInventory(
      ends.destination.shell,
      ends.destination.host,
      ends.destination.tools,
      { kind: 'dataset', name: plan.target },
      'destination',
    ),
  ]);
  const snapshots = compareSnapshots(streams, source, destination);
  const target = datasetNamed(destination, plan.target);
  const checks: Check[] = [];
  const check = (code: string, holds: boolean, sentence: string) => checks.push({ code, holds, sentence });

  const agree = snapshots.filter((snapshot) => snapshot.equal).length;
  check(
    'guids',
    agree === snapshots.length,
    agree === snapshots.length
      ? `${snapshots.length === 1 ? 'The planned snapshot is' : `All ${snapshots.length} planned snapshots are`} at the destination with the same GUID.`
      : `${snapshots.length - agree} of ${snapshots.length} planned snapshots are not at the destination with the same GUID.`,
  );
  check(
    'no-partial',
    target !== null && target.partial === null && target.undecodedToken === null,
    target?.partial ? 'A half-received stream is left.' : 'No half-received stream is left.',
  );
  if (target !== null && target.written !== null) {
    check(
      'unchanged',
      target.written === 0,
      target.written === 0
        ? 'Nothing was written to the copy since its newest snapshot.'
        : `${spokenBytes(target.written)} were written to the copy since its newest snapshot.`,
    );
  }
  const asked = propertiesAsked(plan);
  const found = await readProperties(ends.destination, [...asked.keys()], plan.target);
  for (const [name, wanted] of asked) {
    const actual = found.get(name) ?? 'unknown';
    // zfs-fuse 0.7 tells `readonly` of a mounted filesystem as off although it is on.
    check(
      `property-${name}`,
      actual === wanted,
      `${name} is ${actual}${actual === wanted ? ', as asked' : `; ${wanted} was asked for`}.`,
    );
  }
  if (target !== null && target.kind === 'filesystem') {
    // A copy that was there before may have been mounted by whoever uses it; a new one is not.
    const made = streams.some((stream) => stream.type === 'full');
    check('mounted', request.receive.mount || !made || target.mounted !== true, mountSentence(target));
  }
  return {
    snapshots,
    checks,
    proved: checks.every(({ holds }) => holds),
    source: { host: source.host, dataset: request.source.dataset, zfs: showZfs(source.zfs) },
    destination: { host: destination.host, dataset: plan.target, zfs: showZfs(destination.zfs) },
  };
}
