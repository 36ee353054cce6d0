import { useEffect, useMemo, useState } from 'react';
import type { Draft } from '../../shared/model/draft.ts';
import { labelOf, parseDatasetName } from '../../shared/model/names.ts';
import { sluice } from '../connection/client.ts';
import { useSnapshots, useTree } from './read.ts';
import { newestShared, type Related, relatedAtOnce, worthReading } from './related.ts';

export interface Found {
  readonly related: readonly Related[];
  /** How far the looking has come; `failed`: something that may be a copy could not be read. */
  readonly state: 'looking' | 'done' | 'failed';
}

/** What listings of single datasets told, of those that are worth reading. */
interface Read {
  readonly of: readonly string[];
  readonly related: readonly Related[];
  readonly told: number;
  readonly failed: number;
}

const NONE: readonly Related[] = [];
const begin = (of: readonly string[]): Read => ({ of, related: NONE, told: 0, failed: 0 });

/** Copies of the draft's source on the chosen destination host, found by GUID; grows while listings come in. */
export function useRelated(draft: Pick<Draft, 'sourceHost' | 'sourceDataset' | 'destinationHost'>): Found {
  const source = useSnapshots(draft.sourceHost, draft.sourceDataset);
  const tree = useTree(draft.destinationHost);
  const { sourceDataset, sourceHost, destinationHost } = draft;
  const guids = useMemo(() => new Set(source.data?.snapshots.map(({ guid }) => guid)), [source.data]);
  const candidates = useMemo(
    () => (tree.data?.datasets ?? []).filter(({ name }) => !(sourceHost === destinationHost && name === sourceDataset)),
    [tree.data, sourceHost, destinationHost, sourceDataset],
  );
  const worth = useMemo(
    () => (sourceDataset === null || guids.size === 0 ? [] : worthReading(sourceDataset, guids, candidates)),
    [sourceDataset, guids, candidates],
  );
  const [last, setLast] = useState(() => begin(worth));
  // What was found of another pair says nothing of this one.
  const read = last.of === worth ? last : begin(worth);

  useEffect(() => {
    if (destinationHost === null) return;
    const stop = new AbortController();
    const readOne = async (name: string): Promise<Partial<Read>> => {
      const dataset = parseDatasetName(name);
      if (!dataset.ok) return { failed: 1 };
      const { snapshots } = await sluice.inventory.snapshots(
        { host: destinationHost, dataset: dataset.value },
        { signal: stop.signal },
      );
      const shared = newestShared(guids, snapshots);
      return shared === null ? {} : { related: [{ dataset: name, common: labelOf(shared.name) }] };
    };
    const add = ({ related = NONE, failed = 0 }: Partial<Read>) => {
      if (stop.signal.aborted) return;
      setLast((before) => {
        const known = before.of === worth ? before : begin(worth);
        return {
          of: worth,
          related: [...known.related, ...related],
          told: known.told + 1,
          failed: known.failed + failed,
        };
      });
    };
    // Why a listing fails is told where the dataset is chosen.
    for (const name of worth) readOne(name).then(add, () => add({ failed: 1 }));
    return () => stop.abort();
  }, [destinationHost, guids, worth]);

  const related = useMemo(
    () => [...relatedAtOnce(guids, candidates), ...read.related],
    [guids, candidates, read.related],
  );
  const isLooking = (source.data === null && source.failure === null) || read.told < worth.length;
  const isFailed = source.data === null || read.failed > 0;
  return { related, state: isLooking ? 'looking' : isFailed ? 'failed' : 'done' };
}
