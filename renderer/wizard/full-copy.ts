/** What it means to send everything where sending what changed would do. Pure. */
import type { Draft } from '../../shared/model/draft.ts';
import type { Column } from '../lineage/columns.ts';

export interface FullCopy {
  /** Of the snapshot with which the copy would end. */
  readonly label: string;
  /** What that snapshot refers to; null where it is not told, or more than one dataset is sent. */
  readonly bytes: number | null;
  /** From which snapshot on an update would go. */
  readonly since: string;
}

/** @returns null where it is no choice: nothing is common, or nothing is left to be sent */
export function fullCopyOf(draft: Draft, columns: readonly Column[]): FullCopy | null {
  const goalAt = columns.findIndex(({ isGoal }) => isGoal);
  const newest = columns.findLast(({ source }) => source !== null);
  const goal = draft.take ? newest : columns[goalAt];
  if (goal === undefined || (!draft.take && goal.destination !== null)) return null;
  const since = (draft.take ? columns : columns.slice(0, goalAt)).findLast(
    ({ source, bookmark, destination }) => destination !== null && (source ?? bookmark) !== null,
  );
  if (since === undefined) return null;
  const isAlone = draft.options.package === 'single' && draft.also.length === 0;
  return {
    label: draft.take ? (draft.snapshot ?? '') : goal.label,
    bytes: isAlone ? (goal.source?.referenced ?? null) : null,
    since: since.label,
  };
}
