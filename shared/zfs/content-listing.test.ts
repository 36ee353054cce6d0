import { describe, expect, it } from 'vitest';
import type { Bookmark, Dataset, Snapshot } from '../model/inventory.ts';
import { err } from '../model/result.ts';
import { ds, openzfs, solaris, zfsFuse } from '../planning/testing/inventories.ts';
import { contentCommands, contentListings } from './content-listing.ts';
import type { DatasetPlace } from './dataset-listing.ts';
import type { Listing } from './listing.ts';

const dataset = (name: string): DatasetPlace => ({ kind: 'dataset', name: ds(name) });
const trees = (...names: string[]): DatasetPlace => ({ kind: 'trees', names: names.map(ds) });

function reading(place: DatasetPlace, zfs = openzfs, above = false) {
  const found = { datasets: [] as Dataset[], snapshots: [] as Snapshot[], bookmarks: [] as Bookmark[] };
  const reader = {
    readToken: () => err('no token was expected'),
    onDataset: (one: Dataset) => found.datasets.push(one),
    onSnapshot: (one: Snapshot) => found.snapshots.push(one),
    onBookmark: (one: Bookmark) => found.bookmarks.push(one),
  };
  return { found, listings: contentListings(zfs, [], place, reader, above) };
}

/** Which types a listing asks for, and of what. */
const asked = ({ argv }: Listing): string =>
  [argv[argv.indexOf('-t') + 1], ...argv.slice(argv.indexOf('-o') + 2)].join(' ');

describe('what a place is asked for', () => {
  it('a dataset: without its children, and with what it lies in if that is wanted', () => {
    expect(reading(dataset('tank/a/b')).listings.map(asked)).toEqual([
      'filesystem,volume tank/a/b',
      'snapshot,bookmark -d 1 tank/a/b',
    ]);
    expect(reading(dataset('tank/a/b'), openzfs, true).listings.map(asked)[0]).toBe(
      'filesystem,volume tank/a/b tank/a tank',
    );
  });

  it('trees: in one walk, and what they lie in by name', () => {
    const { listings } = reading(trees('tank/a', 'tank/b/c', 'tank'), openzfs, true);
    expect(listings.map(asked)).toEqual([
      'filesystem,volume tank/b',
      'filesystem,volume,snapshot,bookmark -r tank/a tank/b/c tank',
    ]);
    expect(reading(trees('tank'), openzfs, true).listings).toHaveLength(1);
  });

  it('where there are no bookmarks they are not asked for', () => {
    const without = { ...openzfs, capabilities: { ...openzfs.capabilities, bookmarks: false } };
    expect(reading(dataset('tank'), without).listings.map(asked)[1]).toBe('snapshot -d 1 tank');
  });

  it.each([zfsFuse, solaris])('early tools ($version) list properties, of all datasets', (zfs) => {
    const { listings } = reading(trees('tank/a'), zfs, true);
    expect(listings.map(({ argv }) => argv.slice(0, 2).join(' '))).toEqual(['zfs get', 'zfs get']);
    expect(listings[0]?.argv).not.toContain('tank/a');
  });

  it('the commands that are shown are those that are run', () => {
    for (const place of [dataset('tank/a'), trees('tank/a')]) {
      const { readToken, onDataset, onSnapshot } = {
        readToken: () => err(''),
        onDataset: () => undefined,
        onSnapshot: () => undefined,
      };
      const run = contentListings(openzfs, ['sudo'], place, { readToken, onDataset, onSnapshot });
      expect(contentCommands(openzfs, ['sudo'], place)).toEqual(run.map(({ argv }) => argv));
    }
  });
});

describe('a listing of several types', () => {
  /** As OpenZFS 2.3.9 prints them. */
  const ROWS = [
    '1795217885 - tank/a filesystem 2794755642667373564 1234 24576 481036337152 24576 0 - yes on off off - - - /tank/a b',
    '1795217886 1 tank/a@s snapshot 77 1240 0 - 24576 12288 - - - - off - - - -',
    '1795217886 - tank/a#m bookmark 77 1240 - - - - - - - - - - - - -',
    '1795217887 - tank/a/v volume 78 1250 24576 481036337152 24576 0 - - - off off - - - -',
  ].map((row) => row.replaceAll(' ', '\t'));

  it('hands each row to its reader', () => {
    const { found, listings } = reading(trees('tank/a'));
    expect(ROWS.map((row) => listings[0]?.take(row))).toEqual([null, null, null, null]);
    expect(found.datasets.map(({ name, kind, mountpoint }) => [name, kind, mountpoint])).toEqual([
      ['tank/a', 'filesystem', '/tank/a\tb'],
      ['tank/a/v', 'volume', null],
    ]);
    expect(found.snapshots).toEqual([
      {
        name: 'tank/a@s',
        guid: '77',
        createtxg: 1240,
        creation: 1795217886,
        used: 0,
        referenced: 24576,
        holds: 1,
        written: 12288,
      },
    ]);
    expect(found.bookmarks).toEqual([{ name: 'tank/a#m', guid: '77', createtxg: 1240, creation: 1795217886 }]);
  });

  it('what was not asked for is no row of it', () => {
    const { listings } = reading(trees('tank/a'));
    expect(listings[0]?.take(ROWS[0]?.replace('filesystem', 'pool') ?? '')).toContain('“pool”');
    expect(listings[0]?.take('tank/a')).toContain('columns');
  });
});
