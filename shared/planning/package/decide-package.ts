/** From a request and two inventories to what has to be done for each dataset of the package, in order. Pure. */
import type { Inventory, Snapshot } from '../../model/inventory.ts';
import { type DatasetName, datasetOf, isWithin, type Label, labelOf } from '../../model/names.ts';
import type { Finding, Step } from '../../model/plan.ts';
import type { ReplicationRequest } from '../../model/request.ts';
import { asideName } from '../conflict-fixes.ts';
import { decideDataset, offersAside } from '../decide.ts';
import { type Decision, type Origin, type Situation, stopped } from '../decision.ts';
import type { Changes } from '../divergence.ts';
import { datasetNamed, type Ends, type TagsOf, wholeEnds } from '../ends.ts';
import { isBlocking, isFinding } from '../findings.ts';
import type { FrozenOf } from '../frozen.ts';
import { planAside } from '../full.ts';
import { findGoal } from '../goal.ts';
import { ownSnapshots } from '../own-snapshots.ts';
import { checkClocks, checkDialects, checkPlaces, checkPools } from '../preflight.ts';
import { checkFilter } from '../snapshot-filter.ts';
import { type PackageDataset, packageDatasets } from './datasets.ts';
import { onlyForClones, withoutGoal } from './goals.ts';
import { withNewSnapshots } from './new-snapshots.ts';
import { orderDatasets } from './order.ts';
import { cloneInFull, type FoundOrigin, originMissing, sourceSnapshot, twinsAt } from './origins.ts';
import { checkRenamed } from './renamed.ts';
import { originsOf, type Selection, selectionOf } from './selection.ts';
import { checkWritable } from './writable.ts';

export interface World {
  readonly request: ReplicationRequest;
  readonly source: Inventory;
  readonly destination: Inventory;
  /** With which flags copies were first sent. */
  readonly frozen?: FrozenOf;
  /** By which tags snapshots are held that stand against a roll-back. */
  readonly tagsOf?: TagsOf;
  /** True for a run that was cut while it made its snapshots: those that are there are no others' then. */
  readonly isTaking?: boolean;
}

/** What `zfs diff` told of a copy, if it was asked. */
export type ChangesOf = (copy: DatasetName) => Changes | null;

export interface PackageDecision {
  readonly world: World;
  /** One for each dataset, in the order of sending. */
  readonly decisions: readonly Decision[];
  /** What is about the request as a whole. */
  readonly findings: readonly Finding[];
  /** The step that makes the snapshots which are to be sent; none where they exist. */
  readonly taking: readonly Step[];
}

/** Old copies that are renamed, and their new names. */
type Aside = ReadonlyMap<DatasetName, DatasetName>;

/** @returns what is at that name, renamed itself or with what it lies in; null if it stays */
function newName(copy: DatasetName, aside: Aside): DatasetName | null {
  const moved = [...aside].find(([above]) => isWithin(copy, above));
  return moved === undefined ? null : (`${moved[1]}${copy.slice(moved[0].length)}` as DatasetName);
}

/** @throws never; whatever stands against the request is a finding */
export function decidePackage(given: World, changes: ChangesOf): PackageDecision {
  const taking = withNewSnapshots(given);
  const world = taking.world;
  const { request, source, destination } = world;
  const whole = wholeEnds(request, source, destination);
  const found = packageDatasets(request, source);
  const early = [
    ...found.datasets
      .filter(({ dataset, root }) => dataset.name === root)
      .flatMap(({ dataset, copy }) => checkPlaces(whole, dataset.name, copy)),
    ...checkPools(whole),
    ...checkDialects(whole),
    ...checkClocks(whole),
    ...checkFilter(request.filter),
  ];
  const findings = [...early, ...found.findings, ...taking.findings];
  const stop = findings.some(isBlocking);
  const walk = new Walk(world, found.datasets, changes);
  if (stop) return { world: given, findings, taking: taking.steps, decisions: walk.onlyNamed() };
  const plain = walk.decide(new Map());
  const aside = request.onDivergence === 'set-aside' ? asides(plain) : new Map();
  const decisions = aside.size === 0 ? plain : walk.decide(aside);
  return {
    world: given,
    findings: [...findings, ...checkRenamed(decisions), ...checkWritable(decisions)],
    taking: taking.steps,
    decisions,
  };
}

/** The topmost copies that stand in the way; what lies below them is renamed with them. */
function asides(decisions: readonly Decision[]): Aside {
  const aside = new Map<DatasetName, DatasetName>();
  for (const { ends, findings } of decisions) {
    const copy = ends.request.destination.dataset;
    if (!findings.some(offersAside) || newName(copy, aside) !== null) continue;
    const name = asideName(ends);
    if (name !== null) aside.set(copy, name);
  }
  return aside;
}

/** One way through all datasets of a package. */
class Walk {
  readonly #world: World;
  readonly #datasets: readonly PackageDataset[];
  readonly #changes: ChangesOf;
  readonly #beforeOrigin: ReadonlySet<DatasetName>;
  readonly #origins: ReadonlySet<string>;
  readonly #selection: Selection;
  readonly #copies: ReadonlyMap<DatasetName, DatasetName>;

  constructor(world: World, datasets: readonly PackageDataset[], changes: ChangesOf) {
    const ordered = orderDatasets(datasets);
    this.#world = world;
    this.#datasets = ordered.datasets;
    this.#beforeOrigin = ordered.beforeOrigin;
    this.#changes = changes;
    this.#origins = originsOf(datasets);
    this.#selection = selectionOf(world.request, this.#origins);
    this.#copies = new Map(datasets.map(({ dataset, copy }) => [dataset.name, copy]));
  }

  /** The request for one dataset: the label is that of the whole, so that “newest” is the same instant everywhere. */
  #ends(one: PackageDataset, label: Label | null, coming: Ends['coming']): Ends {
    const { request, source, destination, tagsOf } = this.#world;
    return {
      request: {
        ...request,
        source: { ...request.source, dataset: one.dataset.name, snapshot: label },
        destination: { ...request.destination, dataset: one.copy },
      },
      whole: request,
      source,
      destination,
      coming,
      frozen: this.#world.frozen?.(one.dataset.name, one.copy) ?? null,
      ...(tagsOf === undefined ? {} : { tagsOf }),
    };
  }

  #label(): Label | null {
    const { request, source } = this.#world;
    if (request.source.snapshot !== null || request.package === 'single') return request.source.snapshot;
    const newest = ownSnapshots(source, request.source.dataset).at(-1);
    return newest === undefined ? null : labelOf(newest.name);
  }

  /** For a request that is blocked as a whole: what each dataset would be, and nothing more. */
  onlyNamed(): Decision[] {
    const label = this.#label();
    return this.#datasets.map((one) => {
      const ends = this.#ends(one, label, new Set());
      const goal = findGoal(ends, ownSnapshots(ends.source, one.dataset.name));
      return isFinding(goal)
        ? stopped(ends, [goal], { dataset: one.dataset })
        : stopped(ends, [], { dataset: one.dataset, goal });
    });
  }

  decide(aside: Aside): Decision[] {
    const label = this.#label();
    // At which turn a name comes to exist; each dataset sees what came before it, without a copy of its own.
    const turns = new Map<DatasetName, number>();
    const decided = new Map<DatasetName, Decision>();
    for (const one of this.#datasets) {
      const turn = decided.size;
      const ends = this.#ends(one, label, { has: (name) => (turns.get(name) ?? turn) < turn });
      const decision = this.#decideOne(one, ends, aside, decided);
      decided.set(one.dataset.name, decision);
      const made =
        decision.sends.length > 0 ? [...decision.prelude.createParents, one.copy] : decision.prelude.createParents;
      for (const name of made) if (!turns.has(name)) turns.set(name, turn);
    }
    return [...decided.values()];
  }

  #decideOne(
    { dataset, copy, root }: PackageDataset,
    ends: Ends,
    aside: Aside,
    decided: ReadonlyMap<DatasetName, Decision>,
  ): Decision {
    const snapshots = ownSnapshots(ends.source, dataset.name);
    const asked = findGoal(ends, snapshots);
    const cloneOrigin = isFinding(asked) && dataset.name === root ? this.#newestOrigin(snapshots) : null;
    const goal = cloneOrigin ?? asked;
    if (isFinding(goal)) return stopped(ends, [dataset.name === root ? goal : withoutGoal(ends, goal)], { dataset });
    const movedTo = newName(copy, aside);
    const isNew = movedTo !== null || this.#startsAnew(ends, copy);
    const found: FoundOrigin = isNew ? this.#originOf(dataset.name, copy, aside, decided) : { kind: 'none' };
    if (found.kind === 'missing') return stopped(ends, [found.finding], { dataset, goal });
    const situation: Situation = {
      ends,
      changes: this.#changes(copy),
      dataset,
      goal,
      snapshots,
      origin: found.kind === 'found' ? found.origin : null,
      movedTo,
      selection: this.#selection,
      earlier:
        cloneOrigin !== null
          ? [onlyForClones(ends, cloneOrigin)]
          : isNew && found.kind === 'none' && dataset.origin !== null
            ? [cloneInFull(dataset.name, dataset.origin)]
            : [],
    };
    const name = aside.get(copy);
    return name === undefined ? decideDataset(situation) : planAside(situation, name);
  }

  /** What a tree that was only included for the sake of clones is needed for: it may lack the chosen snapshot. */
  #newestOrigin(snapshots: readonly Snapshot[]): Snapshot | null {
    return snapshots.findLast(({ name }) => this.#origins.has(name)) ?? null;
  }

  /** Nothing is there yet, or only the half of what was to be the first stream. */
  #startsAnew({ destination }: Ends, copy: DatasetName): boolean {
    return datasetNamed(destination, copy) === null || ownSnapshots(destination, copy).length === 0;
  }

  #originOf(
    clone: DatasetName,
    copy: DatasetName,
    aside: Aside,
    decided: ReadonlyMap<DatasetName, Decision>,
  ): FoundOrigin {
    const { request, source, destination } = this.#world;
    const name = datasetNamed(source, clone)?.origin ?? null;
    if (name === null || request.package === 'single') return { kind: 'none' };
    const dataset = datasetOf(name);
    const inside = this.#copies.get(dataset);
    if (inside === undefined && request.package === 'self-contained') return { kind: 'none' };
    const snapshot = sourceSnapshot(source, name);
    const coming = decided.get(dataset);
    if (snapshot !== null && inside !== undefined && !this.#beforeOrigin.has(clone)) {
      if (brings(coming, snapshot)) return found(snapshot, `${inside}@${labelOf(snapshot.name)}`);
    }
    const twins = snapshot === null ? [] : twinsAt(destination, snapshot.guid, copy, aside);
    const twin = twins.find((one) => inside !== undefined && isWithin(datasetOf(one), inside)) ?? twins[0];
    if (snapshot !== null && twin !== undefined) return found(snapshot, twin);
    if (request.package === 'self-contained') return { kind: 'none' };
    return { kind: 'missing', finding: originMissing(request, clone, name) };
  }
}

const brings = (decision: Decision | undefined, snapshot: Snapshot): boolean =>
  decision?.sends.some((send) => send.brings.some(({ guid }) => guid === snapshot.guid)) ?? false;

const found = (source: Snapshot, destination: string): FoundOrigin => ({
  kind: 'found',
  origin: { source, destination: destination as Origin['destination'] },
});
