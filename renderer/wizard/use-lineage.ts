import { useMemo } from 'react';
import type { Draft } from '../../shared/model/draft.ts';
import type { Failure } from '../../shared/model/failure.ts';
import type { Asked } from '../connection/use-asked.ts';
import { arrangeColumns, type Column } from '../lineage/columns.ts';
import type { LineageEnd } from '../lineage/Lineage.tsx';
import { copyOf } from './draft.ts';
import { draftSelection, originsIn } from './draft-selection.ts';
import { type DatasetSnapshots, useKnownTree, useSnapshots, useTree } from './read.ts';

export interface DraftLineage {
  /** null until the snapshots of both ends are read: half a picture would change under the hand, or tell what is not so. */
  readonly columns: readonly Column[] | null;
  /** The host that is still being read for them. */
  readonly waitsFor: string | null;
  /** What could not be read, so that there is no picture. */
  readonly failed: { readonly failure: Failure; readonly again: () => void } | null;
  readonly source: LineageEnd | null;
  readonly destination: (LineageEnd & { readonly exists: boolean }) | null;
  /** Reads the snapshots of both ends anew. */
  readonly again: () => void;
}

const isUnread = ({ data, failure }: Asked<unknown>): boolean => data === null && failure !== null;

/** The picture of what the draft asks for, as far as it is known. */
export function useLineage(draft: Draft): DraftLineage {
  const target = copyOf(draft);
  const tree = useTree(draft.destinationHost);
  const sourceTree = useKnownTree(draft.sourceHost);
  const exists = target !== null && tree.data?.datasets.some(({ name }) => name === target) === true;
  const source = useSnapshots(draft.sourceHost, draft.sourceDataset);
  const destination = useSnapshots(draft.destinationHost, exists ? target : null);
  const there: DatasetSnapshots | null = exists ? destination.data : null;
  const isChosen = target !== null && draft.destinationHost !== null;
  const isThereRead = !isChosen || (tree.data !== null && (!exists || destination.data !== null));
  const unread = (isChosen ? [tree, source, destination] : [source]).find(isUnread);
  const { snapshot: goal, take: isTaken, sourceDataset, also, exclude, options } = draft;
  const columns = useMemo(() => {
    if (source.data === null || !isThereRead) return null;
    const { base, onDivergence } = options;
    const origins = originsIn({ sourceDataset, also, exclude }, sourceTree?.datasets ?? []);
    const selection = draftSelection(options, origins);
    const choice = { base, goal, isTaken, selection, rollsBack: onDivergence === 'rollback' };
    const continued = arrangeColumns(source.data, there, choice);
    const isInUse = base.kind === 'none' || continued.some(({ fate }) => fate === 'in-the-way');
    const isSetAside = onDivergence === 'set-aside' && there !== null && isInUse;
    // What is set aside is another dataset from then on: the copy starts anew.
    return isSetAside ? arrangeColumns(source.data, null, choice) : continued;
  }, [source.data, there, isThereRead, goal, isTaken, sourceDataset, also, exclude, options, sourceTree]);
  const waitsFor = source.data === null ? draft.sourceHost : isThereRead ? null : draft.destinationHost;
  return {
    columns,
    waitsFor: unread === undefined ? waitsFor : null,
    failed: unread?.failure == null ? null : { failure: unread.failure, again: unread.again },
    source:
      draft.sourceHost === null || draft.sourceDataset === null
        ? null
        : { host: draft.sourceHost, dataset: draft.sourceDataset },
    destination:
      draft.destinationHost === null || target === null
        ? null
        : { host: draft.destinationHost, dataset: target, exists },
    again: () => {
      source.again();
      destination.again();
    },
  };
}
