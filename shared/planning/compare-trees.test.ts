import { describe, expect, it } from 'vitest';
import type { DatasetName, Label } from '../model/names.ts';
import type { ContentProof, VerifyRequest } from '../model/verify.ts';
import { compareTrees, hasSnapshots, isEqual } from './compare-trees.ts';
import { filesystem, laptop, nas } from './testing/inventories.ts';

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

  it('what only one side has counts only if it is newer than what both have', () => {
    expect(kinds(compare(['a', 'b', 'c'], ['a', 'c', 'd']))).toEqual([
      ['missing', false, '@b'],
      ['extra', true, '@d'],
    ]);
    expect(kinds(compare(['b', 'c'], ['a', 'b', 'c']))).toEqual([['extra', false, '@a']]);
    expect(kinds(compare(['a', 'b', 'c'], ['a']))).toEqual([
      ['behind', true, '@b'],
      ['behind', true, '@c'],
    ]);
  });

  it('the next update is stopped by what the copy has after the newest common one, and brings what it lacks', () => {
    const updates = ({ differences }: ReturnType<typeof compare>) =>
      differences.map(({ nextUpdate, name }) => [nextUpdate, name.replace(/^.*@/, '@')]);
    expect(updates(compare(['a', 'b', 'c'], ['x', 'a', 'y']))).toEqual([
      ['comes', '@b'],
      ['comes', '@c'],
      ['unaffected', '@x'],
      ['stops', '@y'],
    ]);
    expect(updates(compare(['a', 'b', 'c'], ['a', 'c']))).toEqual([['unaffected', '@b']]);
    expect(compare(['a'], ['x']).differences).toMatchObject([
      { kind: 'no-common', nextUpdate: 'stops' },
      { kind: 'behind', nextUpdate: 'stops' },
      { kind: 'extra', nextUpdate: 'unaffected' },
    ]);
  });

  it('but not by snapshots in which nothing was written', () => {
    const there = nas(['a', 'y']);
    const empty = {
      ...there,
      datasets: there.datasets.map((one) => ({ ...one, written: 0 })),
      snapshots: there.snapshots.map((one) => ({ ...one, written: 0 })),
    };
    const found = compareTrees(request(), laptop(['a']), empty);
    expect(found.differences).toMatchObject([{ kind: 'extra', counts: false, nextUpdate: 'unaffected' }]);
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

  describe('where the source has no snapshots', () => {
    const asked: VerifyRequest = { ...request(), destination: { host: 'nas', dataset: 'backup/home' as DatasetName } };

    it('the missing copy of the dataset that was named counts', () => {
      const nowhere = { ...asked, destination: { host: 'nas', dataset: 'backup/does-not-exist' as DatasetName } };
      expect(compareTrees(nowhere, laptop([]), nas([]))).toMatchObject({
        datasets: [],
        differences: [{ kind: 'no-dataset', counts: true, name: 'backup/does-not-exist' }],
      });
    });

    it('nothing is in common with any dataset, whatever it has', () => {
      const { differences } = compare([], ['a', 'b']);
      expect(differences[0]).toMatchObject({ kind: 'no-common', counts: true, source: '0', destination: '2' });
    });

    it('a child of a tree that is compared is passed over', () => {
      const withChild = (snapshots: string[]) => {
        const one = laptop(snapshots);
        return { ...one, datasets: [...one.datasets, filesystem('tank/home/child')] };
      };
      const there = nas(['a']);
      const top = there.datasets.find(({ name }) => there.snapshots[0]?.name.startsWith(`${name}@`));
      const tree = { ...asked, destination: { host: 'nas', dataset: top?.name ?? asked.destination.dataset } };
      expect(compareTrees(tree, withChild(['a']), there).differences).toEqual([]);
      expect(compareTrees(tree, withChild([]), there).differences).toMatchObject([
        { kind: 'no-common', counts: true },
        {},
      ]);
    });

    it('it is known before anything is compared', () => {
      expect(hasSnapshots(asked, laptop([]))).toBe(false);
      expect(hasSnapshots(asked, laptop(['a']))).toBe(true);
      expect(
        hasSnapshots({ ...asked, source: { ...asked.source, dataset: 'tank/other' as DatasetName } }, laptop(['a'])),
      ).toBe(false);
    });
  });
});

describe('equal', () => {
  const { datasets } = compare(['a'], ['a']);
  const proof = (state: ContentProof['state']) => ({ state }) as ContentProof;
  const withContent = { ...request(), content: true };

  it('if something was compared and nothing that counts differs', () => {
    expect(isEqual(request(), 0, datasets, [])).toBe(true);
    expect(isEqual(request(), 1, datasets, [])).toBe(false);
    expect(isEqual(withContent, 0, datasets, [proof('equal')])).toBe(true);
    expect(isEqual(withContent, 0, datasets, [proof('equal'), proof('unread')])).toBe(false);
  });

  it('never if nothing was compared', () => {
    expect(isEqual(request(), 0, [], [])).toBe(false);
    expect(isEqual(request(), 0, compare([], []).datasets, [])).toBe(false);
    expect(isEqual(withContent, 0, datasets, [])).toBe(false);
  });
});
