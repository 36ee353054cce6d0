import { describe, expect, it } from 'vitest';
import { packageSizeCommands } from './assemble.ts';
import { decidePackage } from './package/decide-package.ts';
import {
  bookmark,
  codesOf,
  emptyNas,
  encrypted,
  filesystem,
  findingOf,
  label,
  laptop,
  nas,
  partial,
  planOf,
  pool,
  request,
  solaris,
  zfsFuse,
} from './testing/inventories.ts';

const source = laptop(['a', 'b', 'c']);

describe('what is asked', () => {
  const asked = (from = source, destination = nas(['a'])) =>
    packageSizeCommands(decidePackage({ request: request(), source: from, destination }, () => null)).map(
      (command) => command?.argv.join(' ') ?? null,
    );

  it('the same sends as will be made, as dry runs', () => {
    expect(asked()).toEqual(['zfs send -nvP -c -I tank/home@a tank/home@c']);
    expect(asked(source, emptyNas())).toEqual(['zfs send -nvP -c tank/home@c']);
    expect(asked(laptop(['a'], { datasets: [encrypted('tank/home')] }), emptyNas())).toEqual([
      'zfs send -nvP -w tank/home@a',
    ]);
    expect(asked(source, nas(['a'], { partial: partial('tank/home@b', 'a') }))).toEqual([
      'zfs send -nvPt 1-token',
      'zfs send -nvP -c -i tank/home@b tank/home@c',
    ]);
    const marked = laptop(['b', 'c'], { bookmarks: [bookmark('tank/home#a', { createtxg: 50 })] });
    expect(asked(marked)).toEqual([
      'zfs send -nvP -c -i tank/home#a tank/home@b',
      'zfs send -nvP -c -i tank/home@b tank/home@c',
    ]);
  });

  it('nothing of tools that have no such dry run, and nothing where nothing is sent', () => {
    expect(asked(laptop(['a', 'b'], { zfs: zfsFuse }))).toEqual([null]);
    expect(asked(laptop(['a', 'b'], { zfs: solaris }))).toEqual([null]);
    expect(asked(laptop(['a']))).toEqual([]);
    expect(asked(source, nas(['x']))).toEqual([]);
  });
});

describe('the stream table’s sizes', () => {
  it.each<[string, number | null, (number | null)[], (number | null)[]]>([
    ['each its own', 300, [100, 200], [100, 200]],
    ['unknown is not zero', 300, [null, 200], [null, 200]],
    ['fewer told than sent', 300, [], [null, null]],
    ['all unknown', null, [], [null, null]],
  ])('%s', (_what, total, parts, bytes) => {
    const plan = planOf({ source, destination: nas(['a']), measured: [{ total, parts }] });
    expect(plan.streams.map((stream) => stream.bytes)).toEqual(bytes);
    expect(plan.estimate.bytes).toBe(total);
  });

  it('a single stream has the whole', () => {
    const plan = planOf({ source, destination: nas(['a', 'b']), measured: [{ total: 7, parts: [6] }] });
    expect(plan.streams.map((stream) => stream.bytes)).toEqual([7]);
  });
});

describe('the estimate', () => {
  it('of a full copy is what the snapshot refers to, where the tool cannot tell', () => {
    const plan = planOf({ source, destination: emptyNas(), measured: [null] });
    expect(plan.estimate).toMatchObject({ bytes: 1e9, method: expect.stringContaining('refers to') });
    const unknown = planOf({ source: laptop([{ label: 'a', referenced: null }]), destination: emptyNas() });
    expect(unknown.estimate.bytes).toBeNull();
  });

  it('of an update is unknown then, and that is said', () => {
    const plan = planOf({ source, destination: nas(['a']) });
    expect(plan.estimate.bytes).toBeNull();
    expect(findingOf(plan, 'size-unknown').severity).toBe('notes');
  });

  it('is unknown if one of two sends is, also if no answer came at all', () => {
    const scene = { source, destination: nas(['a'], { partial: partial('tank/home@b', 'a') }) };
    expect(planOf({ ...scene, measured: [{ total: 5, parts: [5] }, null] }).estimate.bytes).toBeNull();
    expect(planOf({ ...scene, measured: [] }).estimate.bytes).toBeNull();
    expect(
      planOf({
        ...scene,
        measured: [
          { total: 5, parts: [] },
          { total: 6, parts: [] },
        ],
      }).estimate.bytes,
    ).toBe(4107);
  });
});

describe('with a snapshot that is to be made first', () => {
  const from = laptop(['a', 'b'], { datasets: [filesystem('tank/home', { written: 4096, referenced: 9000 })] });
  const take = { change: { source: { ...request().source, snapshot: label('new'), take: true } } };

  it('what is there of the stream is asked, and what was written since is added', () => {
    const scene = { source: from, destination: nas(['a']), ...take };
    const decided = decidePackage(
      { request: { ...request(), ...take.change }, source: from, destination: nas(['a']) },
      () => null,
    );
    expect(packageSizeCommands(decided).map((command) => command?.argv.join(' '))).toEqual([
      'zfs send -nvP -c -I tank/home@a tank/home@b',
    ]);
    const plan = planOf({ ...scene, measured: [{ total: 300, parts: [300] }] });
    expect(plan.estimate).toMatchObject({ bytes: 4396, method: expect.stringContaining('and for the snapshot') });
    expect(plan.streams.map(({ snapshot, bytes }) => [snapshot, bytes])).toEqual([
      ['tank/home@b', 300],
      ['tank/home@new', 4096],
    ]);
  });

  it('alone it is what was written, or all there is', () => {
    expect(planOf({ source: from, destination: nas(['a', 'b']), ...take }).estimate.bytes).toBe(4096);
    expect(planOf({ source: from, destination: emptyNas(), ...take }).estimate.bytes).toBe(9000);
  });

  it('from an older base without what is between it is unknown, and why is said', () => {
    const plan = planOf({
      source: from,
      destination: nas(['a']),
      ...take,
      request: { intermediates: false },
    });
    expect(plan.estimate).toEqual({ bytes: null, method: expect.stringContaining('does not exist yet') });
  });
});

describe('space', () => {
  const room = (available: number | null) => emptyNas({ datasets: [filesystem('backup', { available })] });
  const codes = (available: number | null, total: number) =>
    codesOf(planOf({ source, destination: room(available), measured: [{ total, parts: [] }] }));

  it.each([
    [1000, 900, []],
    [1000, 901, ['space-tight']],
    [1000, 1000, ['space-tight']],
    [1000, 1001, ['no-space']],
    [0, 1, ['no-space']],
    [0, 0, []],
    [null, 1001, []],
  ])('%s available, %i to come: %j', (available, total, expected) => {
    expect(codes(available, total).filter((code) => code !== 'older-snapshots-stay')).toEqual(expected);
  });

  it('what is there of a half-received stream needs no more room', () => {
    const destination = nas(['a'], { available: 100, partial: partial('tank/home@c', 'a', { bytes: 5000 }) });
    expect(codesOf(planOf({ source, destination, measured: [{ total: 90, parts: [] }] }))).toEqual(['resumes']);
  });

  it('quotas count: of the place itself for an update, of where it will lie for a new copy', () => {
    const small = { ...nas(['a'], { available: 10 }) };
    const measured = [{ total: 1000, parts: [] }];
    expect(findingOf(planOf({ source, destination: small, measured }), 'no-space').evidence).toMatchObject({
      measuredAt: 'backup/home',
    });
    const aside = planOf({
      source: laptop(['x']),
      destination: small,
      request: { onDivergence: 'set-aside' },
      measured,
    });
    expect(aside.ready).toBe(true);
  });

  it('a pool with room is offered', () => {
    const destination = emptyNas({
      pools: [pool('backup'), pool('big'), pool('small')],
      datasets: [
        filesystem('backup', { available: 10 }),
        filesystem('big', { available: 1e6 }),
        filesystem('small', { available: 1000 }),
      ],
    });
    const plan = planOf({ source, destination, measured: [{ total: 1000, parts: [] }] });
    expect(findingOf(plan, 'no-space').fixes).toMatchObject([{ change: { destination: { dataset: 'big/home' } } }]);
  });
});
