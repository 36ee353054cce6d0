/** What the person has chosen so far. Pure; the store beside it keeps it over reloads and lost lines. */
import type { Draft } from '../../shared/model/draft.ts';
import { isWithin, parseDatasetName, parseLabel } from '../../shared/model/names.ts';
import type { Fix } from '../../shared/model/plan.ts';
import { type BaseChoice, defaultOptions, type ReplicationRequest, RequestSchema } from '../../shared/model/request.ts';
import type { Result } from '../../shared/model/result.ts';
import type { NewReplication } from '../../shared/model/settings.ts';
import type { VerifyRequest } from '../../shared/model/verify.ts';
import { copyName } from '../../shared/planning/package/copy-name.ts';
import { DEFAULT_TEMPLATE, nameSnapshot } from '../../shared/planning/snapshot-name.ts';
import type { WizardStep } from '../app/route.ts';

export const emptyDraft: Draft = {
  sourceHost: null,
  sourceDataset: null,
  also: [],
  exclude: [],
  snapshot: null,
  take: false,
  destinationHost: null,
  mode: 'new',
  parent: null,
  name: '',
  continued: null,
  naming: 'exact',
  options: defaultOptions,
};

/** True where nothing was chosen yet. */
export const isUntouched = ({ sourceHost, destinationHost }: Draft): boolean =>
  sourceHost === null && destinationHost === null;

const lastPart = (dataset: string): string => dataset.slice(dataset.lastIndexOf('/') + 1);

/** What was decided about one pair of ends says nothing about another pair. */
const forgetPair = (draft: Draft): Draft => ({
  ...draft,
  options: {
    ...draft.options,
    base: defaultOptions.base,
    onDivergence: defaultOptions.onDivergence,
    partial: defaultOptions.partial,
    raw: defaultOptions.raw,
  },
});

/** What the person wants every new replication to begin with. */
export const beginWith = (draft: Draft, chosen: NewReplication): Draft => ({
  ...draft,
  options: { ...draft.options, ...chosen },
});

/** What belongs to one source dataset and to no other. */
const nothingChosen = {
  also: [],
  exclude: [],
  snapshot: null,
  take: false,
  continued: null,
  mode: 'new',
  naming: 'exact',
} as const satisfies Partial<Draft>;

export function chooseSourceHost(draft: Draft, host: string): Draft {
  if (host === draft.sourceHost) return draft;
  return forgetPair({ ...draft, ...nothingChosen, sourceHost: host, sourceDataset: null });
}

/**
 * The copy is named as its source unless another name was typed.
 *
 * @param taken the name of a snapshot that the run takes: of a dataset that has none, nothing else could be sent
 */
export function chooseSourceDataset(draft: Draft, dataset: string, taken: string | null = null): Draft {
  if (dataset === draft.sourceDataset) return draft;
  const followed = draft.name === '' || (draft.sourceDataset !== null && draft.name === lastPart(draft.sourceDataset));
  return forgetPair({
    ...draft,
    ...nothingChosen,
    snapshot: taken,
    take: taken !== null,
    sourceDataset: dataset,
    name: followed ? lastPart(dataset) : draft.name,
  });
}

/** A package other than a single dataset is what its children can be left out of. */
export function choosePackage(draft: Draft, chosen: ReplicationRequest['package']): Draft {
  return {
    ...draft,
    exclude: chosen === 'single' ? [] : draft.exclude,
    options: { ...draft.options, package: chosen },
  };
}

/**
 * Sends another dataset of the same host along, or no longer. Several copies lie in one dataset, each under its own name;
 * a single one has the name it was given.
 */
export function toggleAlso(draft: Draft, dataset: string): Draft {
  const also = draft.also.includes(dataset) ? draft.also.filter((name) => name !== dataset) : [...draft.also, dataset];
  if (also.length > 0 && draft.also.length > 0) return { ...draft, also };
  const several = { naming: 'last-name', name: '' } as const;
  const single = { naming: 'exact', name: lastPart(draft.sourceDataset ?? '') } as const;
  return forgetPair({ ...draft, also, mode: 'new', ...(also.length > 0 ? several : single) });
}

/** Leaves a dataset out of the package, or takes it back in; what lies below goes with it. */
export function toggleExcluded(draft: Draft, dataset: string): Draft {
  const others = draft.exclude.filter((name) => !isWithin(name, dataset));
  return { ...draft, exclude: draft.exclude.includes(dataset) ? others : [...others, dataset] };
}

/** A snapshot that exists (null: the newest), or with `take` one that the run takes under this name. */
export function chooseSnapshot(draft: Draft, snapshot: string | null, take = false): Draft {
  return { ...draft, snapshot, take };
}

export function chooseBase(draft: Draft, base: BaseChoice): Draft {
  return { ...draft, options: { ...draft.options, base } };
}

export function chooseDestinationHost(draft: Draft, host: string): Draft {
  if (host === draft.destinationHost) return draft;
  return forgetPair({ ...draft, destinationHost: host, parent: null, continued: null, mode: 'new' });
}

export function chooseNew(draft: Draft, place: { readonly parent?: string; readonly name?: string }): Draft {
  return forgetPair({ ...draft, ...place, mode: 'new' });
}

export function chooseContinued(draft: Draft, dataset: string | null): Draft {
  return forgetPair({ ...draft, mode: 'continue', continued: dataset });
}

/** What is wrong with the name of a snapshot that is to be taken, in one sentence; null if nothing is. */
export function labelFault(draft: Draft): string | null {
  if (!draft.take) return null;
  const parsed = parseLabel(draft.snapshot ?? '');
  return parsed.ok ? null : parsed.error;
}

/** A name for a snapshot that is taken now. */
export function newLabel(now: Date): string {
  const named = nameSnapshot(DEFAULT_TEMPLATE, now);
  return named.ok ? named.value : '';
}

/** The destination as it is asked for: the copy's own name, or the dataset in which copies lie; null while it is not chosen. */
export function targetOf(draft: Draft): string | null {
  if (draft.mode === 'continue') return draft.continued;
  if (draft.parent === null) return null;
  if (draft.name !== '') return `${draft.parent}/${draft.name}`;
  return draft.naming === 'exact' ? null : draft.parent;
}

/** The name of the copy of the (first) source; null while it is not known. */
export function copyOf(draft: Draft): string | null {
  const dataset = targetOf(draft);
  const source = draft.sourceDataset ?? '';
  return dataset === null ? null : copyName(dataset, draft.naming, source, source);
}

/** False if all that is sent is added to a copy that is there. A package may have datasets that it does not have yet. */
export const makesCopies = ({ mode, options }: Draft): boolean => mode === 'new' || options.package !== 'single';

/** What is wrong with the name of a new copy, in one sentence; null if nothing is. */
export function nameFault(draft: Draft): string | null {
  const target = targetOf(draft);
  if (draft.mode === 'continue' || target === null) return null;
  const parsed = parseDatasetName(target);
  return parsed.ok ? null : parsed.error;
}

/** The first step that still needs a choice, or null if the draft can be planned. */
export function missingStep(draft: Draft): Extract<WizardStep, 'source' | 'snapshot' | 'destination'> | null {
  if (draft.sourceHost === null || draft.sourceDataset === null) return 'source';
  if (labelFault(draft) !== null) return 'snapshot';
  if (draft.destinationHost === null || targetOf(draft) === null || nameFault(draft) !== null) return 'destination';
  return null;
}

/** @returns the request, or the step at which something is missing */
export function toRequest(draft: Draft): Result<ReplicationRequest, WizardStep> {
  const missing = missingStep(draft);
  if (missing !== null) return { ok: false, error: missing };
  const parsed = RequestSchema.safeParse({
    ...draft.options,
    source: {
      host: draft.sourceHost,
      dataset: draft.sourceDataset,
      also: draft.also,
      exclude: draft.exclude,
      snapshot: draft.snapshot,
      take: draft.take,
    },
    destination: { host: draft.destinationHost, dataset: targetOf(draft), naming: draft.naming },
  });
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, error: 'source' };
}

const sourceOf = ({ dataset, also, exclude, snapshot, take }: ReplicationRequest['source']) => ({
  sourceDataset: dataset,
  also,
  exclude,
  snapshot,
  take,
});

/** A draft that asks for the same again; of a finished run, to send what changed since. */
export function fromRequest(request: ReplicationRequest): Draft {
  const { source, destination, ...options } = request;
  return {
    sourceHost: source.host,
    ...sourceOf(source),
    destinationHost: destination.host,
    naming: destination.naming,
    mode: 'continue',
    parent: null,
    name: lastPart(destination.dataset),
    continued: destination.dataset,
    options,
  };
}

/** The newest snapshot and the automatic base, nothing that was decided about an older state. */
export function sendChangesAgain(request: ReplicationRequest): Draft {
  return forgetPair({ ...fromRequest(request), snapshot: null, take: false });
}

/**
 * Asks for a copy that there is to be brought up to date.
 *
 * @param isTree its datasets have copies, too
 */
export function updateOf(
  draft: Draft,
  { source, destination }: Pick<VerifyRequest, 'source' | 'destination'>,
  isTree: boolean,
): Draft {
  const sourced = chooseSourceDataset(chooseSourceHost(draft, source.host), source.dataset);
  const chosen = chooseContinued(chooseDestinationHost(sourced, destination.host), destination.dataset);
  return isTree ? choosePackage(chosen, 'replication') : chosen;
}

/** Merges what a fix changes. */
export function applyChange(draft: Draft, change: NonNullable<Fix['change']>): Draft {
  const { source, destination, ...options } = change;
  const known = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const changed: Draft = { ...draft, options: { ...draft.options, ...known } };
  const sourced: Draft = source === undefined ? changed : { ...changed, sourceHost: source.host, ...sourceOf(source) };
  if (destination === undefined) return sourced;
  const cut = destination.dataset.lastIndexOf('/');
  const isPoolItself = cut < 0;
  return {
    ...sourced,
    destinationHost: destination.host,
    naming: destination.naming,
    mode: isPoolItself ? 'continue' : 'new',
    continued: isPoolItself ? destination.dataset : null,
    parent: isPoolItself ? null : destination.dataset.slice(0, cut),
    name: lastPart(destination.dataset),
  };
}
