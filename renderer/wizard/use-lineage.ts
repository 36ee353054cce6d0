import { useMemo } from 'react';
import { arrangeColumns, type Column } from '../lineage/columns.ts';
import type { LineageEnd } from '../lineage/Lineage.tsx';
import { type Draft, targetOf } from './draft.ts';
import { type DatasetSnapshots, useSnapshots, useTree } from './read.ts';

export interface DraftLineage {
  /** null until the source's snapshots are read. */
  readonly columns: readonly Column[] | null;
  readonly source: LineageEnd | null;
  readonly destination: (LineageEnd & { readonly exists: boolean }) | null;
}

/** The picture of what the draft asks for, as far as it is known. */
export function useLineage(draft: Draft): DraftLineage {
  const target = targetOf(draft);
  const tree = useTree(draft.destinationHost);
  const exists = target !== null && tree.data?.datasets.some(({ name }) => name === target) === true;
  const source = useSnapshots(draft.sourceHost, draft.sourceDataset);
  const destination = useSnapshots(draft.destinationHost, exists ? target : null);
  const there: DatasetSnapshots | null = exists ? destination.data : null;
  const { snapshot: goal } = draft;
  const { base, intermediates } = draft.options;
  const columns = useMemo(
    () => (source.data === null ? null : arrangeColumns(source.data, there, { base, goal, intermediates })),
    [source.data, there, base, goal, intermediates],
  );
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
