import { describe, expect, it } from 'vitest';
import type { DatasetName, Label } from '../model/names.ts';
import type { VerifyRequest } from '../model/verify.ts';
import { compareTrees } from './compare-trees.ts';
import { laptop, nas } from './testing/inventories.ts';

const request = (snapshot: string | null = null): VerifyRequest => ({
  source: { host: 'laptop', dataset: 'tank/home' as DatasetName, snapshot: snapshot as Label | null },
  destination: { host: 'nas', dataset: 'backup/home' as DatasetName },
  content: false,
});
const compare = (source: string[], copies: string[], snapshot: string | null = null) => {
  const there = nas(copies);
  const top = there.datasets.find(({ name }) => there.snapshots[0]?.name.startsWith(`${name}@`));
  const asked = request(snapshot);
  const destination = { ...asked.destination, dataset: top?.name ?? asked.destination.dataset };
  return compareTrees({ ...asked, destination }, laptop(source), there);
};
const kinds = ({ differences }: ReturnType<typeof compare>) =>
  differences.map(({ kind, counts, name }) => [kind, counts, name.replace(/^.*@/, '@')]);

describe('trees compared by GUID', () => {
  it('all there', () => {
    const found = compare(['a', 'b'], ['a', 'b']);
    expect(found.datasets).toMatchObject([{ source: 'tank/home', common: 2, newest: { source: 'tank/home@b' } }]);
    expect(found.differences).toEqual([]);
  });

  it('what only one side has counts only if it is the newest', () => {
    expect(kinds(compare(['a', 'b', 'c'], ['a', 'c', 'd']))).toEqual([
      ['missing', false, '@b'],
      ['extra', false, '@d'],
    ]);
    expect(kinds(compare(['a', 'b'], ['a']))).toEqual([['behind', true, '@b']]);
  });

  it('only the snapshot that was named', () => {
    expect(compare(['a', 'b', 'c'], ['a', 'b'], 'b').differences).toEqual([]);
    expect(kinds(compare(['a', 'b'], ['a'], 'b'))).toEqual([['behind', true, '@b']]);
    expect(kinds(compare(['a'], ['a'], 'zzz'))).toEqual([['missing', true, '@zzz']]);
  });

  it('the same name with another GUID always counts, and is no common snapshot', () => {
    const there = nas(['a', 'b']);
    const other = {
      ...there,
      snapshots: there.snapshots.map((one) => (one.name.endsWith('@b') ? { ...one, guid: '42' } : one)),
    };
    const top = there.datasets.find(({ name }) => there.snapshots[0]?.name.startsWith(`${name}@`));
    const asked = { ...request(), destination: { host: 'nas', dataset: top?.name ?? ('x' as DatasetName) } };
    const found = compareTrees(asked, laptop(['a', 'b']), other);
    expect(found.datasets).toMatchObject([{ common: 1, newest: { source: 'tank/home@a' } }]);
    expect(found.differences).toMatchObject([{ kind: 'other-guid', counts: true, destination: '42' }]);
  });

  it('a dataset without a copy', () => {
    const found = compareTrees(
      { ...request(), destination: { host: 'nas', dataset: 'backup/nothing' as DatasetName } },
      laptop(['a']),
      nas(['a']),
    );
    expect(found).toMatchObject({
      datasets: [],
      differences: [{ kind: 'no-dataset', counts: true, name: 'backup/nothing' }],
    });
  });
});
