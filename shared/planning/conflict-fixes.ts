/** The ways out of a conflict at the destination, in the order in which they are offered: the safe ones first. */
import { type BookmarkName, type DatasetName, MAX_NAME_LENGTH, parentOf, type SnapshotName } from '../model/names.ts';
import type { Fix, Loss } from '../model/plan.ts';
import type { BaseChoice } from '../model/request.ts';
import { type Ends, namesAt } from './ends.ts';
import { indexed } from './indexed.ts';

/** The first of `name-2`, `name-3`, … that is free. */
function numbered(name: string, taken: ReturnType<typeof namesAt>): DatasetName {
  for (let number = 2; ; number++) {
    const suffix = `-${number}`;
    const candidate = `${name.slice(0, MAX_NAME_LENGTH - suffix.length)}${suffix}` as DatasetName;
    if (!taken.has(candidate)) return candidate;
  }
}

/** A free name beside the one asked for; inside it where that is a pool, since pools are not made here. */
function freeName({ whole: request, destination }: Ends): DatasetName {
  const taken = namesAt(destination);
  const asked = request.destination.dataset;
  if (parentOf(asked) !== null) return numbered(asked, taken);
  const inside = `${asked}/${request.source.dataset.split('/').at(-1)}`.slice(0, MAX_NAME_LENGTH) as DatasetName;
  return taken.has(inside) ? numbered(inside, taken) : inside;
}

/** The length of the longest name in each dataset and all below it. */
const longestWithin = indexed((list: readonly { readonly name: DatasetName | SnapshotName | BookmarkName }[]) => {
  const longest = new Map<DatasetName, number>();
  for (const { name } of list) {
    const mark = name.search(/[@#]/);
    const own = (mark < 0 ? name : name.slice(0, mark)) as DatasetName;
    // Most names are no longer than one that was met before, and then nor is anything above them.
    for (let at: DatasetName | null = own; at !== null && (longest.get(at) ?? 0) < name.length; at = parentOf(at))
      longest.set(at, name.length);
  }
  return longest;
});

/**
 * Where the old copy goes when it is set aside: the day of the inventory in its name, so that plan and run agree.
 *
 * @returns null where it cannot be renamed: a pool's own dataset, or names that would become longer than ZFS allows
 */
export function asideName({ request, destination }: Ends): DatasetName | null {
  const name = request.destination.dataset;
  if (parentOf(name) === null) return null;
  const taken = namesAt(destination);
  const dated = `${name}-old-${destination.readAt.slice(0, 10)}` as DatasetName;
  const aside = taken.has(dated) ? numbered(dated, taken) : dated;
  const { datasets, snapshots, bookmarks } = destination;
  const longest = Math.max(
    name.length,
    ...[datasets, snapshots, bookmarks].map((list) => longestWithin(list).get(name) ?? 0),
  );
  return longest + aside.length - name.length > MAX_NAME_LENGTH ? null : aside;
}

export function fixNewName(ends: Ends): Fix {
  const name = freeName(ends);
  return {
    label: `Copy to ${name} instead`,
    detail: 'Nothing that exists is touched; a full copy is made and needs its own space.',
    change: {
      destination: { ...ends.whole.destination, dataset: name },
      base: { kind: 'auto' },
      onDivergence: 'stop',
    },
    destructive: false,
  };
}

/**
 * What is asked for when the old copy is renamed. A copy that could simply be added to is renamed only because of a full
 * copy that was asked for, so that this stays asked for; a base that was picked means nothing for the other datasets of a
 * package, which are renamed with it.
 */
const baseAside = ({ whole: { base } }: Ends): BaseChoice => (base.kind === 'none' ? base : { kind: 'auto' });

function fixSetAside(ends: Ends): Fix[] {
  const aside = asideName(ends);
  if (aside === null) return [];
  return [
    {
      label: `Rename the old copy to ${aside} and copy again`,
      detail:
        'The old copy is kept whole under its new name, with its children and snapshots; a full copy is made and needs its own space.',
      change: { onDivergence: 'set-aside', base: baseAside(ends), destination: ends.whole.destination },
      destructive: false,
    },
  ];
}

/** Another name, or the old copy set aside. What offers these is what `--on-divergence set-aside` answers to. */
export const safeFixes = (ends: Ends): Fix[] => [fixNewName(ends), ...fixSetAside(ends)];

const counted = (count: number, one: string, more: string): string[] =>
  count === 0 ? [] : count === 1 ? [one] : [`${count} ${more}`];

export function fixRollBack(losses: readonly Loss[], base: string): Fix {
  const count = (what: Loss['what']) => losses.filter((loss) => loss.what === what).length;
  const things = [
    ...counted(count('snapshot'), '1 snapshot', 'snapshots'),
    ...counted(count('bookmark'), '1 bookmark', 'bookmarks'),
    ...(losses.some((loss) => loss.what === 'changes') ? ['the changes made since'] : []),
  ].join(', ');
  return {
    label: `Roll the destination back to ${base}`,
    detail: `This deletes from the destination: ${things}. Nothing at the source is touched.`,
    change: { onDivergence: 'rollback' },
    destructive: true,
  };
}
