import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../model/inventory.ts';
import { traceLineage } from './lineage.ts';
import { newestCommon } from './newest-common.ts';
import { ownBookmarks, ownSnapshots, snapshotCollector } from './own-snapshots.ts';
import { bookmark, ds, laptop, snapshots } from './testing/inventories.ts';

const here = (...labels: Parameters<typeof snapshots>[1]) => snapshots('tank/home', labels);
const there = (...labels: Parameters<typeof snapshots>[1]) => snapshots('backup/home', labels, 7000);
const trace = (source: Snapshot[], destination: Snapshot[], marks: ReturnType<typeof bookmark>[] = []) =>
  traceLineage({ snapshots: source, bookmarks: marks }, destination);
const byAge = (list: readonly Snapshot[]) => list.toSorted((a, b) => a.createtxg - b.createtxg);
const base = (source: Snapshot[], destination: Snapshot[], marks: ReturnType<typeof bookmark>[] = []) =>
  newestCommon({ snapshots: byAge(source), bookmarks: marks }, byAge(destination));
const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);

describe('lineage', () => {
  it('matches by GUID, not by name', () => {
    const found = trace(
      here('a', { label: 'b', guid: '1' }),
      there({ label: 'renamed', guid: '1' }, { label: 'a', guid: '2' }),
    );
    expect(found.common.map(({ source, destination }) => [source.name, destination.name])).toEqual([
      ['tank/home@b', 'backup/home@renamed'],
    ]);
    expect(names(found.sourceOnly)).toEqual(['tank/home@a']);
    expect(names(found.destinationOnly)).toEqual(['backup/home@a']);
    expect(found.namesakes.map(({ source, destination }) => [source.name, destination.guid])).toEqual([
      ['tank/home@a', '2'],
    ]);
  });

  it('orders by transaction group: clocks and the order of listing do not matter', () => {
    const source = here({ label: 'a', creation: 300 }, { label: 'b', creation: 200 }, { label: 'c', creation: null });
    const found = trace(source.toReversed(), there('c', 'a').toReversed());
    expect(found.common.map(({ source: one }) => one.name)).toEqual(['tank/home@a', 'tank/home@c']);
    expect(base(source, there('c', 'a'))?.source.name).toBe('tank/home@c');
  });

  it('GUIDs that differ only beyond what a number can hold are different', () => {
    const found = trace(
      here({ label: 'a', guid: '9007199254740993' }),
      there({ label: 'a', guid: '9007199254740992' }),
    );
    expect(found.common).toEqual([]);
    expect(found.namesakes).toHaveLength(1);
  });

  it('nothing in common is nothing', () => {
    expect(base([], [])).toBeNull();
    expect(base(here('a'), there('b'))).toBeNull();
  });
});

describe('bookmarks', () => {
  const marks = [
    bookmark('tank/home#old', { createtxg: 50, guid: '1' }),
    bookmark('tank/home#new', { createtxg: 150, guid: '3' }),
  ];

  it('count where the destination has the snapshot and the source only the mark', () => {
    const found = trace(
      here({ label: 'b', guid: '2' }),
      there({ label: 'a', guid: '1' }, { label: 'b', guid: '2' }),
      marks,
    );
    expect(found.bookmarked.map(({ bookmark: mark, destination }) => [mark.name, destination.name])).toEqual([
      ['tank/home#old', 'backup/home@a'],
    ]);
    const both = [
      here({ label: 'b', guid: '2' }),
      there({ label: 'a', guid: '1' }, { label: 'b', guid: '2' }),
    ] as const;
    expect(base(...both, marks)).toMatchObject({ kind: 'snapshot', source: { name: 'tank/home@b' } });
  });

  it('are the base where they are newer than any common snapshot', () => {
    const found = base(
      here({ label: 'b', guid: '2' }),
      there({ label: 'b', guid: '2' }, { label: 'c', guid: '3' }),
      marks,
    );
    expect(found).toMatchObject({
      kind: 'bookmark',
      source: { name: 'tank/home#new' },
      destination: { name: 'backup/home@c' },
    });
  });

  it('a snapshot is preferred to its own bookmark', () => {
    const found = trace(here({ label: 'a', guid: '1' }), there({ label: 'a', guid: '1' }), marks);
    expect(found.bookmarked).toEqual([]);
    expect(base(here({ label: 'a', guid: '1' }), there({ label: 'a', guid: '1' }), marks)?.kind).toBe('snapshot');
  });
});

it('every snapshot is in exactly one place', () => {
  const labels = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { maxLength: 8 });
  fc.assert(
    fc.property(labels, labels, labels, (left, right, marked) => {
      const found = trace(
        here(...left),
        there(...right),
        marked.map((label, at) => bookmark(`tank/home#${label}`, { createtxg: at })),
      );
      expect(names([...found.common.map(({ source }) => source), ...found.sourceOnly]).toSorted()).toEqual(
        names(here(...left)).toSorted(),
      );
      expect(
        names([...found.common.map(({ destination }) => destination), ...found.destinationOnly]).toSorted(),
      ).toEqual(names(there(...right)).toSorted());
      for (const { source, destination } of found.common) expect(source.guid).toBe(destination.guid);
    }),
  );
});

it('the newest common snapshot is found wherever it is', () => {
  const many = Array.from({ length: 200 }, (_, at) => `s${at}`);
  fc.assert(
    fc.property(fc.subarray(many), fc.subarray(many), (left, right) => {
      const kept = new Set(right);
      const newest = left.findLast((label) => kept.has(label));
      const found = base(here(...left), there(...right));
      expect(found?.source.name).toBe(newest === undefined ? undefined : `tank/home@${newest}`);
      expect(found?.destination.name).toBe(newest === undefined ? undefined : `backup/home@${newest}`);
    }),
  );
});

it('a dataset’s own are neither its children’s nor those of a name that begins alike', () => {
  const inventory = laptop(['b', 'a'], {
    snapshots: [...snapshots('tank/home/x', ['c']), ...snapshots('tank/home2', ['d']), ...here('a', 'b').toReversed()],
    bookmarks: [bookmark('tank/home#m', { createtxg: 1 }), bookmark('tank/home2#m', { createtxg: 1 })],
  });
  expect(names(ownSnapshots(inventory, ds('tank/home')))).toEqual(['tank/home@a', 'tank/home@b']);
  expect(names(ownBookmarks(inventory, ds('tank/home')))).toEqual(['tank/home#m']);
});

describe('whose snapshots they are', () => {
  it('is known of a list and of what was collected one by one, in whatever order they come', () => {
    const rows = fc
      .array(fc.record({ dataset: fc.constantFrom('tank', 'tank/a', 'tank/ab'), createtxg: fc.nat(99) }), {
        maxLength: 30,
      })
      .map((list) =>
        list.flatMap(({ dataset, createtxg }, at) => snapshots(dataset, [`s${at}`], createtxg * 100 + at)),
      );
    fc.assert(
      fc.property(rows, (list) => {
        const collector = snapshotCollector();
        for (const one of list) collector.add(one);
        const collected = collector.end();
        expect(collected).toEqual(list);
        for (const name of ['tank', 'tank/a', 'tank/ab', 'tank/b'].map(ds)) {
          const own = list
            .filter((one) => one.name.startsWith(`${name}@`))
            .toSorted((one, other) => one.createtxg - other.createtxg);
          expect(ownSnapshots({ ...laptop([]), snapshots: list }, name)).toEqual(own);
          expect(ownSnapshots({ ...laptop([]), snapshots: collected }, name)).toEqual(own);
        }
      }),
    );
  });
});
