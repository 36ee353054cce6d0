/**
 * What the two-lane picture shows, one column an identity (GUID), and what becomes of it. Pure; the window's instant
 * answer to a choice. The plan made by the main process stays the authority.
 */
import type { Bookmark, Snapshot } from '../../shared/model/inventory.ts';
import { labelOf } from '../../shared/model/names.ts';
import type { BaseChoice } from '../../shared/model/request.ts';
import { byAge } from '../../shared/planning/by-age.ts';
import { traceLineage } from '../../shared/planning/lineage.ts';
import type { Selection } from '../../shared/planning/package/selection.ts';

export type Fate =
  /** On both sides. */
  | 'common'
  /** Only at the source, part of what is asked for. */
  | 'sent'
  /** Only at the source, not part of it. */
  | 'not-sent'
  /** At the destination, not newer than the base: it stays as it is. */
  | 'there-only'
  /** At the destination, newer than the base: an increment does not fit while it is there. */
  | 'in-the-way'
  /** The same, and the person chose to go back behind it: it will be deleted. */
  | 'lost';

export interface Column {
  readonly guid: string;
  /** The part after `@` or `#`. */
  readonly label: string;
  readonly source: Snapshot | null;
  /** The source keeps only a bookmark of it. */
  readonly bookmark: Bookmark | null;
  readonly destination: Snapshot | null;
  /** Seconds since 1970. */
  readonly creation: number | null;
  readonly fate: Fate;
  readonly isBase: boolean;
  /** The snapshot that the destination shall have in the end. */
  readonly isGoal: boolean;
  /** The other side has another snapshot of this name. */
  readonly isNamesake: boolean;
  readonly isHeld: boolean;
}

export interface SidePoints {
  readonly snapshots: readonly Snapshot[];
  readonly bookmarks: readonly Bookmark[];
}

export interface Choice {
  readonly base: BaseChoice;
  /** Label of the snapshot to send; null: the newest. */
  readonly goal: string | null;
  /** True if the goal is yet to be taken: it is newer than all that is there. */
  readonly isTaken: boolean;
  /** What comes along with the goal. */
  readonly selection: Selection;
  /** True if the destination shall go back to the base. */
  readonly rollsBack: boolean;
}

interface Draft {
  readonly source: Snapshot | null;
  readonly bookmark: Bookmark | null;
  readonly destination: Snapshot | null;
}

/** The place in the source's order. */
const age = ({ source, bookmark }: Draft): number => (source ?? bookmark)?.createtxg ?? 0;

/**
 * Both sides' snapshots in one order: the source's, with what only the destination has put between the common ones it
 * lies between there. Between two common ones creation times decide, since the txgs of two pools cannot be compared.
 */
function inOrder(source: readonly Draft[], destinationOnly: readonly Snapshot[]): Draft[] {
  const ordered: Draft[] = [...source];
  const created = (draft: Draft) => (draft.source ?? draft.bookmark ?? draft.destination)?.creation ?? null;
  for (const extra of [...destinationOnly].sort(byAge)) {
    let at = 0;
    let end = ordered.length;
    for (const [index, { destination }] of ordered.entries()) {
      if (destination === null) continue;
      if (destination.createtxg < extra.createtxg) at = index + 1;
      else {
        end = index;
        break;
      }
    }
    while (at < end) {
      const other = ordered[at];
      const time = other === undefined ? null : created(other);
      if (extra.creation === null || time === null || time > extra.creation) break;
      at += 1;
    }
    ordered.splice(at, 0, { source: null, bookmark: null, destination: extra });
  }
  return ordered;
}

function findGoal(source: SidePoints, label: string | null): Snapshot | null {
  const snapshots = [...source.snapshots].sort(byAge);
  return (label === null ? snapshots.at(-1) : snapshots.find(({ name }) => labelOf(name) === label)) ?? null;
}

function findBase(drafts: readonly Draft[], choice: Choice, goal: Snapshot | null): Draft | null {
  const usable = drafts.filter(({ source, bookmark, destination }) => {
    const own = source ?? bookmark;
    return own !== null && destination !== null && (goal === null || own.createtxg <= goal.createtxg);
  });
  const { base } = choice;
  switch (base.kind) {
    case 'none':
      return null;
    case 'auto':
      return usable.at(-1) ?? null;
    case 'snapshot':
      return usable.find(({ source }) => source !== null && labelOf(source.name) === base.label) ?? null;
    case 'bookmark':
      return usable.find(({ bookmark }) => bookmark !== null && labelOf(bookmark.name) === base.label) ?? null;
  }
}

/** @param destination null while no existing dataset is chosen: everything asked for is then a full copy */
export function arrangeColumns(source: SidePoints, destination: SidePoints | null, choice: Choice): Column[] {
  const lineage = traceLineage(source, destination?.snapshots ?? []);
  const namesakes = new Set(lineage.namesakes.flatMap((pair) => [pair.source.guid, pair.destination.guid]));
  const bookmarked = new Set(lineage.bookmarked.map(({ destination: twin }) => twin.guid));
  const sourceDrafts: Draft[] = [
    ...lineage.common.map((pair) => ({ source: pair.source, bookmark: null, destination: pair.destination })),
    ...lineage.sourceOnly.map((snapshot) => ({ source: snapshot, bookmark: null, destination: null })),
    ...lineage.bookmarked.map((pair) => ({ source: null, bookmark: pair.bookmark, destination: pair.destination })),
  ].sort((a, b) => age(a) - age(b));
  const drafts = inOrder(
    sourceDrafts,
    lineage.destinationOnly.filter(({ guid }) => !bookmarked.has(guid)),
  );
  const goal = choice.isTaken ? null : findGoal(source, choice.goal);
  const base = findBase(drafts, choice, goal);

  const fateOf = (draft: Draft): Fate => {
    if (draft.destination !== null) {
      const isAfterBase = base?.destination != null && draft.destination.createtxg > base.destination.createtxg;
      if (isAfterBase) return choice.rollsBack ? 'lost' : 'in-the-way';
      return draft.source === null && draft.bookmark === null ? 'there-only' : 'common';
    }
    const own = draft.source;
    if (own === null || (goal === null && !choice.isTaken)) return 'not-sent';
    if (goal !== null && own.createtxg >= goal.createtxg) return own.guid === goal.guid ? 'sent' : 'not-sent';
    const isOnTheWay = base === null ? choice.selection.history : own.createtxg > age(base);
    return isOnTheWay && choice.selection.brings(own) ? 'sent' : 'not-sent';
  };

  return drafts.flatMap((draft): Column[] => {
    const own = draft.source ?? draft.bookmark ?? draft.destination;
    if (own === null) return [];
    return [
      {
        guid: own.guid,
        label: labelOf(own.name),
        source: draft.source,
        bookmark: draft.bookmark,
        destination: draft.destination,
        creation: own.creation,
        fate: fateOf(draft),
        isBase: draft === base,
        isGoal: goal !== null && draft.source?.guid === goal.guid,
        isNamesake: namesakes.has(own.guid),
        isHeld: (draft.source?.holds ?? 0) > 0 || (draft.destination?.holds ?? 0) > 0,
      },
    ];
  });
}
