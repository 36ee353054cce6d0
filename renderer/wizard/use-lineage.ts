import { useMemo } from 'react';
import type { Draft } from '../../shared/model/draft.ts';
import { arrangeColumns, type Column } from '../lineage/columns.ts';
import type { LineageEnd } from '../lineage/Lineage.tsx';
import { copyOf } from './draft.ts';
import { type DatasetSnapshots, useSnapshots, useTree } from './read.ts';

export interface DraftLineage {
  /** null until the source's snapshots are read. */
  readonly columns: readonly Column[] | null;
  readonly source: LineageEnd | null;
  readonly destination: (LineageEnd & { readonly exists: boolean }) | null;
}

/** The picture of what the draft asks for, as far as it is known. */
export function useLineage(draft: Draft): DraftLineage {
  const target = copyOf(draft);
  const tree = useTree(draft.destinationHost);
  const exists = target !== null && tree.data?.datasets.some(({ name }) => name === target) === true;
  const source = useSnapshots(draft.sourceHost, draft.sourceDataset);
  const destination = useSnapshots(draft.destinationHost, exists ? target : null);
  const there: DatasetSnapshots | null = exists ? destination.data : null;
  const { snapshot: goal } = draft;
  const { base, intermediates, onDivergence } = draft.options;
  const columns = useMemo(() => {
    if (source.data === null) return null;
    const choice = { base, goal, intermediates, rollsBack: onDivergence === 'rollback' };
    const continued = arrangeColumns(source.data, there, choice);
    const isTaken = base.kind === 'none' || continued.some(({ fate }) => fate === 'in-the-way');
    const isSetAside = onDivergence === 'set-aside' && there !== null && isTaken;
    // What is set aside is another dataset from then on: the copy starts anew.
    return isSetAside ? arrangeColumns(source.data, null, choice) : continued;
  }, [source.data, there, base, goal, intermediates, onDivergence]);
  return {
    columns,
    source:
      draft.sourceHost === null || draft.sourceDataset === null
        ? null
        : { host: draft.sourceHost, dataset: draft.sourceDataset },
    destination:
      draft.destinationHost === null || target === null
        ? null
        : { host: draft.destinationHost, dataset: target, exists },
  };
}
