import { useEffect, useMemo, useState } from 'react';
import type { Draft } from '../../shared/model/draft.ts';
import { labelOf, parseDatasetName } from '../../shared/model/names.ts';
import { sluice } from '../connection/client.ts';
import { useSnapshots, useTree } from './read.ts';
import { newestShared, type Related, relatedAtOnce, worthReading } from './related.ts';

/** Copies of the draft's source on the chosen destination host, found by GUID; grows while listings come in. */
export function useRelated(draft: Pick<Draft, 'sourceHost' | 'sourceDataset' | 'destinationHost'>): readonly Related[] {
  const source = useSnapshots(draft.sourceHost, draft.sourceDataset);
  const tree = useTree(draft.destinationHost);
  const { sourceDataset, sourceHost, destinationHost } = draft;
  const guids = useMemo(() => new Set(source.data?.snapshots.map(({ guid }) => guid)), [source.data]);
  const candidates = useMemo(
    () => (tree.data?.datasets ?? []).filter(({ name }) => !(sourceHost === destinationHost && name === sourceDataset)),
    [tree.data, sourceHost, destinationHost, sourceDataset],
  );
  const [read, setRead] = useState<readonly Related[]>([]);

  useEffect(() => {
    setRead([]);
    if (sourceDataset === null || destinationHost === null || guids.size === 0) return;
    const stop = new AbortController();
    const readOne = async (name: string) => {
      const dataset = parseDatasetName(name);
      if (!dataset.ok) return;
      const { snapshots } = await sluice.inventory.snapshots(
        { host: destinationHost, dataset: dataset.value },
        { signal: stop.signal },
      );
      const shared = newestShared(guids, snapshots);
      if (shared !== null) setRead((before) => [...before, { dataset: name, common: labelOf(shared.name) }]);
    };
    // A hint only: a listing that fails here is told where the dataset is chosen.
    for (const name of worthReading(sourceDataset, guids, candidates)) readOne(name).catch(() => undefined);
    return () => stop.abort();
  }, [sourceDataset, destinationHost, guids, candidates]);

  return useMemo(() => [...relatedAtOnce(guids, candidates), ...read], [guids, candidates, read]);
}
