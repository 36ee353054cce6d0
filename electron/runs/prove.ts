/** After a run: reads both hosts again and compares, so that the receipt says what exists, not what was meant. */
import { spokenBytes } from '../../shared/model/bytes.ts';
import type { Dataset } from '../../shared/model/inventory.ts';
import type { Member, Plan, Stream } from '../../shared/model/plan.ts';
import type { Receipt } from '../../shared/model/run.ts';
import { showZfs } from '../../shared/zfs/capabilities.ts';
import { scopeOf } from '../../shared/zfs/dataset-listing.ts';
import { inPortions } from '../../shared/zfs/in-portions.ts';
import { isSameValue } from '../../shared/zfs/property-values.ts';
import { readCopies, readSnapshots } from '../hosts/inventory.ts';
import type { Reached } from '../hosts/reached.ts';
import { collectAll } from '../ssh/collect-all.ts';
import { checkGuids, compareSnapshots } from './check-guids.ts';

type Check = Receipt['checks'][number];

export interface Proof {
  readonly snapshots: Receipt['snapshots'];
  readonly checks: Check[];
  readonly proved: boolean;
  readonly source: Receipt['source'];
  readonly destination: Receipt['destination'];
}

/** Bytes of names in one command: with what stands round them, it is as long as every login shell takes (`ssh/collect-all.ts`). */
const NAMES_BYTES = 6_000;

/** A space between names, and the quotes of one that has a space itself, as they stand inside the frame's. */
const BESIDE_A_NAME = 10;

/** `zfs get -Hp -o name,property,value a,b DATASET…`, for properties that no listing has; by dataset. */
async function readProperties(
  { shell, tools }: Reached,
  names: readonly string[],
  datasets: readonly string[],
): Promise<Map<string, Map<string, string>>> {
  const found = new Map<string, Map<string, string>>();
  if (names.length === 0) return found;
  const get = [...tools.elevation, 'zfs', 'get', '-Hp', '-o', 'name,property,value', names.join(',')];
  const { parts } = await collectAll(
    shell,
    inPortions(datasets, NAMES_BYTES, ({ length }) => length + BESIDE_A_NAME).map((portion) => [...get, ...portion]),
  );
  for (const line of parts.flatMap((part) => part?.stdout.split('\n') ?? [])) {
    const [dataset, name, value] = line.split('\t');
    if (dataset === undefined || name === undefined || value === undefined) continue;
    const own = found.get(dataset) ?? new Map<string, string>();
    found.set(dataset, own.set(name, value));
  }
  return found;
}

/** Properties that the plan's receive or set commands gave each copy; `origin` is no property to be asked for. */
function propertiesAsked(plan: Plan): Map<string, Map<string, string>> {
  const asked = new Map<string, Map<string, string>>();
  for (const step of plan.steps) {
    if (step.copy === null) continue;
    // On the direct route an ssh with options of its own stands between the send and the receive.
    const told = step.kind === 'send-receive' ? step.commands.slice(-1) : step.commands;
    const pairs = told.flatMap(({ argv }) => {
      if (step.kind === 'send-receive') return argv.flatMap((word, at) => (word === '-o' ? [argv[at + 1] ?? ''] : []));
      return step.kind === 'set-property' ? [argv.at(-2) ?? ''] : [];
    });
    for (const pair of pairs) {
      const cut = pair.indexOf('=');
      const [name, value] = [pair.slice(0, cut), pair.slice(cut + 1)];
      if (name === 'origin') continue;
      const own = asked.get(step.copy) ?? new Map<string, string>();
      asked.set(step.copy, own.set(name, value));
    }
  }
  return asked;
}

/** @param isOurs true if this run mounted one of them, or was to */
function mountSentence(mounted: readonly Dataset[], copies: number, isOurs: boolean): string {
  const [first] = mounted;
  if (first !== undefined && !isOurs)
    return copies === 1
      ? `The copy is mounted at ${first.mountpoint ?? 'its mountpoint'}, as it was before this run.`
      : `${mounted.length} of the copies are mounted, as they were before this run.`;
  if (first !== undefined)
    return copies === 1
      ? `The copy is mounted at ${first.mountpoint ?? 'its mountpoint'}.`
      : `${mounted.length} of the copies are mounted: ${first.name} at ${first.mountpoint ?? 'its mountpoint'}${mounted.length > 1 ? ', …' : ''}.`;
  return `Your files are there; ${copies === 1 ? 'the copy is' : 'the copies are'} not mounted, on purpose, so that nothing on this host changes.`;
}

/** A dataset of the plan, and its copy as it is now; null if there is none. */
interface Copy {
  readonly member: Member;
  readonly there: Dataset | null;
}

function checkPartials(copies: readonly Copy[]): Check {
  const half = copies.filter(
    ({ there }) => there !== null && (there.partial !== null || there.undecodedToken !== null),
  );
  const missing = copies.filter(({ there }) => there === null);
  return {
    code: 'no-partial',
    holds: half.length === 0 && missing.length === 0,
    sentence:
      missing[0] !== undefined
        ? `${missing[0].member.copy} does not exist.`
        : half[0] === undefined
          ? 'No half-received stream is left.'
          : copies.length === 1
            ? 'A half-received stream is left.'
            : `A half-received stream is left in ${half[0].member.copy}.`,
  };
}

function checkUnchanged(copies: readonly Copy[]): Check[] {
  const known = copies.flatMap(({ there }) => (there === null || there.written === null ? [] : [there]));
  if (known.length === 0) return [];
  const changed = known.filter(({ written }) => written !== 0);
  const bytes = changed.reduce((sum, { written }) => sum + (written ?? 0), 0);
  const what = copies.length === 1 ? 'the copy since its newest snapshot' : 'the copies since their newest snapshots';
  return [
    {
      code: 'unchanged',
      holds: changed.length === 0,
      sentence:
        changed.length === 0 ? `Nothing was written to ${what}.` : `${spokenBytes(bytes)} were written to ${what}.`,
    },
  ];
}

/** One check for each property and value that was asked for, however many copies it was asked of. */
function checkProperties(asked: Map<string, Map<string, string>>, found: Map<string, Map<string, string>>): Check[] {
  const wanted = new Map<string, { name: string; value: string; copies: string[] }>();
  for (const [copy, properties] of asked) {
    for (const [name, value] of properties) {
      const one = wanted.get(`${name}=${value}`) ?? { name, value, copies: [] };
      one.copies.push(copy);
      wanted.set(`${name}=${value}`, one);
    }
  }
  return [...wanted.values()].map(({ name, value, copies }) => {
    // zfs-fuse 0.7 tells `readonly` of a mounted filesystem as off although it is on.
    const other = copies.filter((copy) => !isSameValue(value, found.get(copy)?.get(name) ?? ''));
    const [first] = other;
    const where = copies.length === 1 ? '' : ` of ${first}`;
    return {
      code: `property-${name}`,
      holds: first === undefined,
      sentence:
        first === undefined
          ? `${name} is ${value}, as asked${copies.length === 1 ? '' : `, on all ${copies.length} copies`}.`
          : `${name}${where} is ${found.get(first)?.get(name) ?? 'unknown'}; ${value} was asked for.`,
    };
  });
}

/** A copy that was to be a clone must be one, of the snapshot with the GUID that its origin has at the source. */
function checkOrigins(streams: readonly Stream[], copies: readonly Copy[]): Check[] {
  const clones = streams.filter(({ origin }) => origin !== null);
  if (clones.length === 0) return [];
  const origins = new Map(copies.map(({ member, there }) => [member.copy, there?.origin ?? null]));
  const other = clones.find(({ target, origin }) => origins.get(target) !== origin);
  return [
    {
      code: 'origins',
      holds: other === undefined,
      sentence:
        other === undefined
          ? clones.length === 1
            ? 'The clone is a clone there, too.'
            : `All ${clones.length} clones are clones there, too.`
          : `${other.target} should be a clone of ${other.origin}, but is ${origins.get(other.target) === null ? 'not' : `one of ${origins.get(other.target)}`}.`,
    },
  ];
}

/** @param streams every stream the run was to bring, over all its attempts */
export async function prove(
  plan: Plan,
  streams: readonly Stream[],
  ends: { readonly source: Reached; readonly destination: Reached },
): Promise<Proof> {
  const { request, members } = plan;
  const { source: from, destination: to } = ends;
  const asked = propertiesAsked(plan);
  const names = [...new Set([...asked.values()].flatMap((own) => [...own.keys()]))];
  const [snapshotsAtSource, destination, found] = await Promise.all([
    readSnapshots(from.shell, from.host, from.tools, scopeOf(members.map((member) => member.source)), 'source'),
    readCopies(to.shell, to.host, to.tools, scopeOf(members.map((member) => member.copy))),
    readProperties(to, names, [...asked.keys()]),
  ]);
  const snapshots = compareSnapshots(streams, snapshotsAtSource, destination.snapshots);
  const there = new Map(destination.datasets.map((dataset) => [dataset.name, dataset]));
  const copies = members.map((member): Copy => ({ member, there: there.get(member.copy) ?? null }));
  const checks: Check[] = [
    ...checkGuids(streams, snapshots),
    checkPartials(copies),
    ...checkUnchanged(copies),
    ...checkOrigins(streams, copies),
    ...checkProperties(asked, found),
  ];
  const filesystems = copies.flatMap(({ there }) => (there?.kind === 'filesystem' ? [there] : []));
  if (filesystems.length > 0) {
    // A copy that was there before may have been mounted by whoever uses it; a new one is not.
    const made = new Set<string>(
      streams.filter((one) => one.type === 'full' || one.origin !== null).map(({ target }) => target),
    );
    const mounted = filesystems.filter((one) => one.mounted === true);
    const isOurs = request.receive.mount || mounted.some(({ name }) => made.has(name));
    checks.push({
      code: 'mounted',
      holds: request.receive.mount || !isOurs,
      sentence: mountSentence(mounted, copies.length, isOurs),
    });
  }
  return {
    snapshots,
    checks,
    proved: checks.every(({ holds }) => holds),
    source: { host: from.host.name, dataset: request.source.dataset, zfs: showZfs(from.tools.zfs) },
    destination: { host: to.host.name, dataset: plan.target, zfs: showZfs(to.tools.zfs) },
  };
}
