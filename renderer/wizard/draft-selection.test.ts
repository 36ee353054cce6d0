import { describe, expect, it } from 'vitest';
import { DatasetNameSchema, SnapshotNameSchema } from '../../shared/model/names.ts';
import { originsIn } from './draft-selection.ts';

const dataset = (name: string, origin: string | null = null) => ({
  name: DatasetNameSchema.parse(name),
  origin: origin === null ? null : SnapshotNameSchema.parse(origin),
});

describe('the snapshots that a package grows from', () => {
  const datasets = [
    dataset('tank/data'),
    dataset('tank/data/clone', 'tank/data@a'),
    dataset('tank/data/out', 'tank/data@b'),
    dataset('tank/other', 'tank/data@c'),
    dataset('tank/database', 'tank/data@d'),
  ];
  it('are those of the trees that were asked for, without what is left out', () => {
    const draft = { sourceDataset: 'tank/data', also: [], exclude: ['tank/data/out'] };
    expect([...originsIn(draft, datasets)]).toEqual(['tank/data@a']);
    expect([...originsIn({ ...draft, also: ['tank/other'] }, datasets)]).toEqual(['tank/data@a', 'tank/data@c']);
    expect([...originsIn({ ...draft, sourceDataset: null }, datasets)]).toEqual([]);
  });
});
