import { describe, expect, it } from 'vitest';
import {
  type Bookmark,
  BookmarkSchema,
  type Dataset,
  DatasetSchema,
  type Pool,
  PoolSchema,
  type Snapshot,
  SnapshotSchema,
} from '../model/inventory.ts';
import { err } from '../model/result.ts';
import { ds, openzfs, partial, zfsFuse } from '../planning/testing/inventories.ts';
import { type DatasetScope, datasetListing, type ReadToken, scopeOf } from './dataset-listing.ts';
import { type Listing, readCount } from './listing.ts';
import { poolListing } from './pool-listing.ts';
import { bookmarkListing, type SnapshotScope, snapshotListing } from './snapshot-listing.ts';

const all: SnapshotScope = { kind: 'all' };
const only = (name: string): SnapshotScope => ({ kind: 'dataset', name: ds(name) });
const noToken: ReadToken = () => err('no token was expected');

/** Reads rows of cells as the host would print them; returns the faults. */
function feed(listing: Listing, rows: readonly (readonly string[])[]): string[] {
  const faults = rows.map((cells) => listing.take(cells.join('\t')));
  return [...faults, listing.end()].filter((fault) => fault !== null);
}

function datasets(rows: readonly (readonly string[])[], zfs = openzfs, readToken = noToken) {
  const found: Dataset[] = [];
  const listing = datasetListing(zfs, [], readToken, (dataset) => found.push(DatasetSchema.parse(dataset)));
  return { faults: feed(listing, rows), found };
}
function snapshotsOf(rows: readonly (readonly string[])[], scope = all, zfs = openzfs) {
  const found: Snapshot[] = [];
  const listing = snapshotListing(zfs, [], scope, (snapshot) => found.push(SnapshotSchema.parse(snapshot)));
  return { faults: feed(listing, rows), found };
}

const ROW = (name: string, changes: Record<number, string> = {}): string[] =>
  [
    name,
    'filesystem',
    '2794755642667373564',
    '1234',
    '24576',
    '481036337152',
    '24576',
    '13312',
    '-',
    'yes',
    'on',
    'off',
    'off',
    '-',
    '-',
    '-',
    `/${name}`,
  ].map((cell, at) => changes[at] ?? cell);

describe('datasets of OpenZFS', () => {
  it('are asked for in one listing, with what stands before zfs', () => {
    const list = (scope: DatasetScope) => datasetListing(openzfs, [], noToken, () => undefined, scope).argv.slice(7);
    expect(list({ kind: 'all' })).toEqual([]);
    expect(list({ kind: 'dataset', name: ds('tank/a') })).toEqual(['tank/a']);
    expect(list({ kind: 'trees', names: [ds('tank/a'), ds('tank/b')] })).toEqual(['-r', 'tank/a', 'tank/b']);
    expect(list(scopeOf([ds('tank/a')]))).toEqual(['tank/a']);
    expect(list(scopeOf([ds('tank/a/b'), ds('tank/a'), ds('tank/c')]))).toEqual(['-r', 'tank/a', 'tank/c']);
    const { argv } = datasetListing(openzfs, ['sudo', '-n'], noToken, () => undefined);
    expect(argv).toEqual([
      'sudo',
      '-n',
      'zfs',
      'list',
      '-Hp',
      '-t',
      'filesystem,volume',
      '-o',
      'name,type,guid,createtxg,used,available,referenced,written,origin,mounted,canmount,readonly,encryption,encryptionroot,keystatus,receive_resume_token,mountpoint',
    ]);
  });

  it('a filesystem', () => {
    expect(datasets([ROW('D/f')])).toEqual({
      faults: [],
      found: [
        {
          name: 'D/f',
          kind: 'filesystem',
          guid: '2794755642667373564',
          createtxg: 1234,
          used: 24576,
          available: 481036337152,
          referenced: 24576,
          written: 13312,
          origin: null,
          mountpoint: '/D/f',
          mounted: true,
          canmount: 'on',
          readonly: false,
          encryption: 'off',
          encryptionRoot: null,
          keyStatus: null,
          partial: null,
          undecodedToken: null,
        },
      ],
    });
  });

  it('a volume has nothing to mount', () => {
    const { found } = datasets([ROW('D/v', { 1: 'volume', 9: '-', 10: '-', 16: '-' })]);
    expect(found[0]).toMatchObject({ kind: 'volume', mountpoint: null, mounted: null, canmount: null });
  });

  it('a clone, encrypted, read-only', () => {
    const { found } = datasets([
      ROW('D/cl', { 8: 'D/sp ace@x y', 11: 'on', 12: 'aes-256-gcm', 13: 'D', 14: 'unavailable', 9: 'no' }),
    ]);
    expect(found[0]).toMatchObject({
      origin: 'D/sp ace@x y',
      readonly: true,
      encryption: 'aes-256-gcm',
      encryptionRoot: 'D',
      keyStatus: 'unavailable',
      mounted: false,
    });
  });

  it('names keep their spaces, also in front', () => {
    const { faults, found } = datasets([ROW('S/ lead'), ROW('S/sp ace '), ROW('S/a  b')]);
    expect(faults).toEqual([]);
    expect(found.map(({ name }) => name)).toEqual(['S/ lead', 'S/sp ace ', 'S/a  b']);
  });

  it('a GUID beyond 2^63 keeps its digits', () => {
    expect(datasets([ROW('D/f', { 2: '18446744073709551615' })]).found[0]?.guid).toBe('18446744073709551615');
  });

  it('a token is decoded, or kept as it is', () => {
    const found = partial('S/r@1', null);
    expect(datasets([ROW('D/r', { 15: '1-a' })], openzfs, () => ({ ok: true, value: found })).found[0]).toMatchObject({
      partial: found,
      undecodedToken: null,
    });
    expect(datasets([ROW('D/r', { 15: '1-a' })], openzfs, () => err('broken')).found[0]).toMatchObject({
      partial: null,
      undecodedToken: '1-a',
    });
  });

  it('a mountpoint may hold what separates columns', () => {
    expect(datasets([ROW('D/f', { 16: '/D\tf\t' })])).toMatchObject({ faults: [], found: [{ mountpoint: '/D\tf\t' }] });
  });

  it.each([
    ['one cell too few', ROW('D/f').slice(1), 'expected 17 columns'],
    ['spaces for TABs', [ROW('D/f').join('  ')], 'expected 17 columns'],
    ['an empty line', [''], 'expected 17 columns'],
    ['a name that ZFS would not allow', ROW('D/f%x'), '"%"'],
    ['a rounded GUID', ROW('D/f', { 2: '12.3E' }), 'no GUID for D/f'],
    ['no GUID', ROW('D/f', { 2: '-' }), 'no GUID for D/f'],
    ['a GUID that went through a float', ROW('D/f', { 2: '1.2345e+19' }), 'no GUID for D/f'],
    ['no createtxg', ROW('D/f', { 3: '-' }), 'no GUID for D/f'],
  ])('%s: said, not guessed', (_what, row, fault) => {
    const { faults, found } = datasets([row]);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(fault);
    expect(found).toEqual([]);
  });
});

describe('snapshots of OpenZFS', () => {
  it('of the whole host are asked for narrowly, of one dataset with sizes and holds', () => {
    expect(snapshotListing(openzfs, [], all, () => undefined).argv).toEqual(
      'zfs list -Hp -t snapshot -o guid,createtxg,creation,name'.split(' '),
    );
    expect(snapshotListing(openzfs, ['pfexec'], only('D/sp ace'), () => undefined).argv).toEqual([
      ...'pfexec zfs list -Hp -t snapshot -o guid,createtxg,creation,used,referenced,userrefs,written,name -d 1'.split(
        ' ',
      ),
      'D/sp ace',
    ]);
  });

  it('narrow rows know no sizes', () => {
    expect(snapshotsOf([['370767592192809165', '55', '1795217885', 'S/r@1']]).found).toEqual([
      {
        name: 'S/r@1',
        guid: '370767592192809165',
        createtxg: 55,
        creation: 1795217885,
        used: null,
        referenced: null,
        holds: null,
        written: null,
      },
    ]);
  });

  it('wide rows do; names keep their spaces', () => {
    expect(snapshotsOf([['1', '55', '1795217885', '0', '24576', '2', '0', 'S/ lead@ x y']], only('S/ lead'))).toEqual({
      faults: [],
      found: [
        {
          name: 'S/ lead@ x y',
          guid: '1',
          createtxg: 55,
          creation: 1795217885,
          used: 0,
          referenced: 24576,
          holds: 2,
          written: 0,
        },
      ],
    });
  });

  it.each([
    [['1', '55', '1', 'S/r']],
    [['1', '55', '1', 'S/r@']],
    [['1.0E', '55', '1', 'S/r@1']],
    [['1', '-', '1', 'S/r@1']],
    [['1', '55', 'S/r@1']],
  ])('%j is none', (row) => {
    expect(snapshotsOf([row]).faults).toHaveLength(1);
    expect(snapshotsOf([row]).found).toEqual([]);
  });
});

describe('bookmarks', () => {
  it('have a GUID and an age', () => {
    const found: Bookmark[] = [];
    const listing = bookmarkListing(openzfs, [], only('S/r'), (one) => found.push(BookmarkSchema.parse(one)));
    expect(listing?.argv).toEqual('zfs list -Hp -t bookmark -o guid,createtxg,creation,name -d 1 S/r'.split(' '));
    expect(listing?.take('7\t55\t1795217885\tS/r#sluice-1')).toBeNull();
    expect(listing?.take('7\t55\t1795217885\tS/r@1')).toContain('no “#”');
    expect(found).toEqual([{ name: 'S/r#sluice-1', guid: '7', createtxg: 55, creation: 1795217885 }]);
  });

  it('are not asked for where there are none', () => {
    expect(bookmarkListing(zfsFuse, [], all, () => undefined)).toBeNull();
  });
});

describe('pools', () => {
  function pools(rows: readonly (readonly string[])[], zfs = openzfs) {
    const found: Pool[] = [];
    const listing = poolListing(zfs, [], (pool) => found.push(PoolSchema.parse(pool)));
    return { argv: listing.argv, faults: feed(listing, rows), found };
  }

  it('of OpenZFS tell which streams they can take; an unknown feature is a hyphen', () => {
    const row = ['O', '18446744073709551615', '500', '100', '400', 'DEGRADED', 'on'];
    const { argv, found } = pools([[...row, 'disabled', 'disabled', '-', 'active', '-', 'enabled', '-', '-', '-']]);
    expect(argv.slice(0, 4)).toEqual(['zpool', 'list', '-Hp', '-o']);
    expect(argv[4]?.split(',')).toHaveLength(16);
    expect(found).toEqual([
      {
        name: 'O',
        guid: '18446744073709551615',
        size: 500,
        allocated: 100,
        free: 400,
        health: 'DEGRADED',
        readonly: true,
        features: {
          extensible_dataset: 'disabled',
          large_blocks: 'disabled',
          lz4_compress: 'active',
          large_dnode: 'enabled',
        },
      },
    ]);
  });

  it('a suspended pool may not tell its sizes', () => {
    expect(pools([['S', '-', '-', '-', '-', 'SUSPENDED', '-', ...Array(9).fill('-')]]).found[0]).toMatchObject({
      guid: null,
      free: null,
      health: 'SUSPENDED',
      readonly: false,
    });
  });

  it('of zfs-fuse tell little', () => {
    const { argv, found } = pools([['old', 'ONLINE']], zfsFuse);
    expect(argv).toEqual('zpool list -H -o name,health'.split(' '));
    expect(found).toMatchObject([{ name: 'old', health: 'ONLINE', size: null, features: {} }]);
  });

  it('a name that ZFS would not allow is said', () => {
    expect(pools([['o%d', 'ONLINE']], zfsFuse)).toMatchObject({ faults: [expect.stringContaining('"%"')], found: [] });
  });

  it('nothing but pools: “no pools available” is no pool', () => {
    expect(pools([['no pools available']]).faults).toHaveLength(1);
  });
});

describe('zfs-fuse 0.7, which lists by `get`', () => {
  const properties = (name: string, values: Record<string, string>) =>
    Object.entries(values).map(([property, value]) => [name, property, value]);
  const filesystem = {
    type: 'filesystem',
    guid: '15520840181746016402',
    createtxg: '7',
    used: '21504',
    available: '200000',
    referenced: '20480',
    origin: '-',
    mountpoint: '/old/home',
    mounted: 'yes',
    canmount: 'on',
    readonly: 'off',
  };
  const snapshot = {
    guid: '7382688709154773857',
    createtxg: '9',
    creation: '1795217885',
    used: '0',
    referenced: '20480',
    userrefs: '1',
  };

  it('rows of one name become one dataset; snapshots among them are another listing’s', () => {
    const { faults, found } = datasets(
      [
        ...properties('old', { ...filesystem, mountpoint: '/old' }),
        ...properties('old@x', snapshot),
        ...properties('old/ home', filesystem),
        ...properties('old/home', { ...filesystem, guid: '2', type: 'volume', mountpoint: '-', mounted: '-' }),
      ],
      zfsFuse,
    );
    expect(faults).toEqual([]);
    expect(found.map(({ name, kind }) => [name, kind])).toEqual([
      ['old', 'filesystem'],
      ['old/ home', 'filesystem'],
      ['old/home', 'volume'],
    ]);
    expect(found[1]).toMatchObject({ guid: '15520840181746016402', used: 21504, mounted: true, readonly: false });
  });

  it('what it cannot tell is unknown, not zero', () => {
    expect(datasets(properties('old', filesystem), zfsFuse).found[0]).toMatchObject({
      written: null,
      encryption: null,
      keyStatus: null,
      partial: null,
    });
  });

  it('snapshots of one dataset: not its children’s, not itself', () => {
    const rows = [
      ...properties('old/home', { guid: '1', createtxg: '1' }),
      ...properties('old/home@x y', snapshot),
      ...properties('old/home/child@x', snapshot),
      ...properties('old/home2@x', snapshot),
    ];
    const { faults, found } = snapshotsOf(rows, only('old/home'), zfsFuse);
    expect(faults).toEqual([]);
    expect(found).toEqual([
      {
        name: 'old/home@x y',
        guid: '7382688709154773857',
        createtxg: 9,
        creation: 1795217885,
        used: 0,
        referenced: 20480,
        holds: 1,
        written: null,
      },
    ]);
    expect(snapshotsOf(rows, all, zfsFuse).found).toHaveLength(3);
  });

  it('is asked with -p, without which GUIDs are 12.3E', () => {
    expect(datasetListing(zfsFuse, [], noToken, () => undefined).argv.slice(0, 5)).toEqual([
      'zfs',
      'get',
      '-Hp',
      '-o',
      'name,property,value',
    ]);
    expect(snapshotListing(zfsFuse, [], only('old'), () => undefined).argv).toEqual([
      ...'zfs get -Hp -d 1 -o name,property,value guid,createtxg,creation,used,referenced,userrefs old'.split(' '),
    ]);
  });

  it('the last name is handed on as well, and its fault told at the end', () => {
    const { faults, found } = datasets(
      [...properties('old', filesystem), ...properties('old/home', { ...filesystem, guid: '12.3E' })],
      zfsFuse,
    );
    expect(found.map(({ name }) => name)).toEqual(['old']);
    expect(faults).toEqual(['no GUID for old/home']);
  });

  it.each([[['old']], [['old', 'guid']], [['internal error: /usr/lib/zfs/pyzfs.py not found']]])(
    '%j is no row',
    (row) => {
      expect(datasets([row], zfsFuse).faults[0]).toContain('expected 3 columns');
    },
  );

  it('nothing at all is no fault', () => {
    expect(datasets([], zfsFuse)).toEqual({ faults: [], found: [] });
    expect(snapshotsOf([])).toEqual({ faults: [], found: [] });
  });
});

it.each([
  ['0', 0],
  ['9007199254740991', 2 ** 53 - 1],
  ['9007199254740992', null],
  ['18446744073709551615', null],
  ['-', null],
  ['none', null],
  ['', null],
  ['1.5K', null],
  ['-1', null],
  [' 1', null],
  ['1e3', null],
  [undefined, null],
])('the count %j is %s', (text, count) => {
  expect(readCount(text)).toBe(count);
});
