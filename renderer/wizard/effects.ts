/** What a plan does to each host, sorted by what it means to the person: created, changed, deleted. Pure. */
import type { DatasetName } from '../../shared/model/names.ts';
import type { Loss, Plan, Step } from '../../shared/model/plan.ts';

/** What is done, once for all that it is done to. */
export interface Deed {
  readonly title: string;
  /** Those on its host, or the copies where both ends are one host; empty where the title alone says it, as in a run of one dataset. */
  readonly datasets: readonly DatasetName[];
}

export interface Effects {
  readonly host: string;
  readonly creates: readonly Deed[];
  readonly changes: readonly Deed[];
  readonly deletes: readonly Loss[];
}

type Meaning = 'creates' | 'changes' | 'none';

const MEANING: Readonly<Record<Step['kind'], Meaning>> = {
  snapshot: 'creates',
  'create-parent': 'creates',
  'send-receive': 'creates',
  bookmark: 'creates',
  hold: 'changes',
  release: 'changes',
  'set-property': 'changes',
  'set-aside': 'changes',
  authorize: 'changes',
  revoke: 'none',
  // What these two delete is told loss by loss.
  'roll-back': 'changes',
  'discard-partial': 'none',
  verify: 'none',
};

/** Source first, destination second; one entry where both are the same host. */
export function effectsOf(plan: Plan): Effects[] {
  const { source, destination } = plan.request;
  const hosts = [...new Set([source.host, destination.host])];
  return hosts.map((host) => {
    const deeds = (meaning: Meaning) =>
      deedsOf(
        plan,
        plan.steps.filter((step) => step.host === host && MEANING[step.kind] === meaning),
      );
    return {
      host,
      creates: deeds('creates'),
      changes: deeds('changes'),
      deletes: host === destination.host ? plan.losses : [],
    };
  });
}

/** Steps whose titles name snapshots by their labels alone. */
const NAMELESS: ReadonlySet<Step['kind']> = new Set(['hold', 'bookmark', 'release']);

/**
 * Of a plan for several datasets, the one that a step is about, where the step's title does not name it.
 *
 * @returns the dataset as the step's host names it: the source's name on the source, else the copy's
 */
export function unsaidDatasets({ request, members }: Plan): (step: Step) => DatasetName | null {
  const sources = new Map(members.map(({ copy, source }) => [copy, source]));
  const areApart = request.source.host !== request.destination.host;
  return ({ kind, copy, host }) => {
    if (copy === null || members.length < 2 || !NAMELESS.has(kind)) return null;
    return areApart && host === request.source.host ? (sources.get(copy) ?? copy) : copy;
  };
}

/** Steps with the same words become one deed: of a package, the same line for each dataset would tell nobody which is which. */
function deedsOf(plan: Plan, steps: readonly Step[]): Deed[] {
  const unsaid = unsaidDatasets(plan);
  const datasets = new Map<string, DatasetName[]>();
  for (const step of steps) {
    const about = datasets.get(step.title) ?? [];
    datasets.set(step.title, about);
    const dataset = unsaid(step);
    if (dataset !== null) about.push(dataset);
  }
  return [...datasets].map(([title, about]) => ({ title, datasets: about }));
}

/** What the person is told first. */
export function outcomeOf(plan: Plan): 'blocked' | 'nothing' | 'losses' | 'ready' {
  if (!plan.ready) return 'blocked';
  if (plan.losses.length > 0) return 'losses';
  return plan.streams.length === 0 ? 'nothing' : 'ready';
}

/** The datasets that a plan rolls back, each with the snapshot that it goes back to. */
export const rollBacksOf = ({
  steps,
}: Pick<Plan, 'steps'>): { readonly dataset: string; readonly snapshot: string }[] =>
  steps.flatMap(({ kind, commands }) => {
    const [dataset, snapshot] = commands.at(-1)?.argv.at(-1)?.split('@') ?? [];
    return kind === 'roll-back' && dataset !== undefined && snapshot !== undefined ? [{ dataset, snapshot }] : [];
  });
