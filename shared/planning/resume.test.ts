import { describe, expect, it } from 'vitest';
import type { PartialReceive, Snapshot } from '../model/inventory.ts';
import {
  bookmark,
  codesOf,
  commandsOf,
  encrypted,
  filesystem,
  findingOf,
  label,
  laptop,
  nas,
  partial,
  planOf,
  type RequestParts,
  snap,
  volume,
  zfsFuse,
} from './testing/inventories.ts';

const source = laptop(['a', 'b', 'c']);
const half = (to: string, from: string | null, parts: Partial<PartialReceive> = {}) => ({
  partial: partial(`tank/home@${to}`, from, parts),
});
const sendsOf = (plan: ReturnType<typeof planOf>) =>
  commandsOf(plan)
    .filter((words) => words.includes('send'))
    .map((words) => words.slice(3).join(' '));

it('a half-received stream from another pool: zfs send -t would not find its snapshot', () => {
  const plan = planOf({
    source,
    destination: nas(['a'], { partial: { ...partial('tank/home@b', 'a'), toName: snap('old/home@b') } }),
  });
  expect(findingOf(plan, 'partial-does-not-fit').message).toContain('it was sent from the pool old');
});

describe('a half-received stream that fits', () => {
  it.each<[string, RequestParts]>([
    ['by default', {}],
    ['even where one that does not fit would be discarded', { partial: 'discard' }],
    ['even where a changed copy would be set aside', { onDivergence: 'set-aside' }],
  ])('is gone on with %s', (_when, request) => {
    const plan = planOf({ source, destination: nas(['a'], half('b', 'a')), request });
    expect(plan).toMatchObject({ ready: true, losses: [] });
    expect(sendsOf(plan)[0]).toBe('-t 1-token');
  });

  it('is one of a snapshot that was renamed since: the GUID decides', () => {
    const b = source.snapshots[1] as Snapshot;
    const plan = planOf({
      source: laptop(['a', { label: 'renamed', guid: b.guid }]),
      destination: nas(['a'], half('b', 'a')),
    });
    expect(plan.streams).toMatchObject([{ snapshot: 'tank/home@renamed' }]);
  });

  it('may start from what is only a bookmark by now', () => {
    const plan = planOf({
      source: laptop(['b'], { bookmarks: [bookmark('tank/home#a', { createtxg: 50 })] }),
      destination: nas(['a'], half('b', 'a')),
    });
    expect(plan.streams).toMatchObject([{ from: 'tank/home#a', fromGuid: partial('x@a', 'a').fromGuid }]);
    expect(plan.ready).toBe(true);
  });

  it('but not from another dataset’s bookmark', () => {
    const plan = planOf({
      source: laptop(['b'], { bookmarks: [bookmark('tank/other#a', { createtxg: 50 })] }),
      destination: nas(['a'], half('b', 'a')),
    });
    expect(codesOf(plan)).toEqual(['partial-does-not-fit']);
  });

  it('is followed by -i alone where what lies between is not wanted, and that is said', () => {
    const plan = planOf({
      source: laptop(['a', 'b', 'c', 'd']),
      destination: nas(['a'], half('b', 'a')),
      request: { intermediates: false },
    });
    expect(sendsOf(plan)).toEqual(['-t 1-token', '-c -i tank/home@b tank/home@d']);
    expect(findingOf(plan, 'older-snapshots-stay').evidence).toEqual({ count: 1 });
  });

  it('sizes: what is there counts as there', () => {
    const plan = planOf({
      source: laptop(['a', 'b']),
      destination: nas(['a'], half('b', 'a', { bytes: 1000 })),
      measured: [{ total: 500, parts: [500] }],
    });
    expect(plan.streams).toMatchObject([{ bytes: 1500, alreadyReceived: 1000 }]);
    expect(plan.estimate.bytes).toBe(1500);
  });
});

describe('a half-received stream that does not fit', () => {
  it.each<[string, ReturnType<typeof laptop>, ReturnType<typeof nas>, RequestParts]>([
    ['its token cannot be read', source, nas(['a'], { undecodedToken: '1-x' }), {}],
    ['its snapshot no longer exists', source, nas(['a'], half('gone', 'a')), {}],
    ['newer than tank/home@b', source, nas(['a'], half('c', 'a')), { snapshot: 'b' }],
    ['starts from no longer exists at the source', laptop(['b', 'c']), nas(['a', 'b'], half('c', 'a')), {}],
    ['starts from no longer exists at the destination', source, nas(['b'], half('c', 'a')), {}],
    ['laptop cannot resume', laptop(['a', 'b'], { zfs: zfsFuse }), nas(['a'], half('b', 'a')), {}],
    ['a full copy was asked for', source, nas(['a'], half('b', 'a')), { base: { kind: 'none' } }],
    ['starts from tank/home@a, not from tank/home@b', source, nas(['a', 'b'], half('c', 'a')), {}],
  ])('%s: kept, said with its size, not thrown away', (reason, from, to, request) => {
    const plan = planOf({ source: from, destination: to, request });
    expect(plan).toMatchObject({ ready: false, steps: [], losses: [] });
    const finding = findingOf(plan, 'partial-does-not-fit');
    expect(finding.message).toContain(reason);
    if (to.datasets[1]?.partial !== null) expect(finding.message).toContain('(4.00 KiB)');
    expect(finding.fixes.map((fix) => [fix.destructive, fix.change?.partial])).toEqual([
      [false, undefined],
      [false, undefined],
      [true, 'discard'],
    ]);
  });

  it('discarded as asked: a full one takes its dataset with it, and a full copy begins anew', () => {
    const plan = planOf({ source, destination: nas([], half('gone', null)), request: { partial: 'discard' } });
    expect(plan).toMatchObject({ ready: true, losses: [{ what: 'partial', name: 'backup/home', bytes: 4096 }] });
    expect(plan.steps[0]).toMatchObject({ kind: 'discard-partial', destructive: true });
    expect(commandsOf(plan)[0]).toEqual(['nas', 'zfs', 'receive', '-A', 'backup/home']);
    expect(plan.streams).toMatchObject([{ type: 'full', alreadyReceived: 0 }]);
    expect(commandsOf(plan).some((words) => words.includes('readonly=on'))).toBe(true);
  });

  it('discarded as asked: of an update only what was half there is lost', () => {
    const plan = planOf({ source, destination: nas(['a'], half('gone', 'a')), request: { partial: 'discard' } });
    expect(plan.losses).toMatchObject([{ what: 'partial', name: 'backup/home', bytes: 4096 }]);
    expect(sendsOf(plan)).toEqual(['-c -I tank/home@a tank/home@c']);
  });

  it('of unknown size, where the token cannot be read', () => {
    const plan = planOf({
      source,
      destination: nas(['a'], { undecodedToken: '1-x' }),
      request: { partial: 'discard' },
    });
    expect(plan.losses).toMatchObject([{ what: 'partial', name: 'backup/home', bytes: null }]);
  });

  it('a half-received volume: nothing will lie below it', () => {
    const plan = planOf({
      source: laptop(['a'], { datasets: [volume('tank/home')] }),
      destination: nas([], volume('backup/home', half('gone', null))),
      request: { partial: 'discard' },
    });
    expect(plan.ready).toBe(true);
  });

  it('is not discarded where nothing would be sent', () => {
    const plan = planOf({
      source: laptop(['a']),
      destination: nas(['a'], half('gone', 'a')),
      request: { partial: 'discard' },
    });
    expect(plan).toMatchObject({ ready: true, steps: [], losses: [] });
  });
});

describe('half-received and changed', () => {
  const changed = nas(['a', { label: 'mine', guid: '91' }], { ...half('b', 'a'), written: 7 });

  it('stops: ZFS would take all of it and refuse at the end', () => {
    const plan = planOf({ source, destination: changed });
    expect(plan.ready).toBe(false);
    expect(codesOf(plan)).toContain('destination-diverged');
  });

  it('rolled back to where the stream starts, it is gone on with', () => {
    const plan = planOf({ source, destination: changed, request: { onDivergence: 'rollback' } });
    expect(plan.losses).toMatchObject([
      { what: 'snapshot', name: 'backup/home@mine', bytes: 1000 },
      { what: 'changes', name: 'backup/home', bytes: 7 },
    ]);
    expect(commandsOf(plan)[0]).toEqual(['nas', 'zfs', 'rollback', '-r', 'backup/home@a']);
    expect(sendsOf(plan)[0]).toBe('-t 1-token');
  });

  it('a namesake of what still comes stops it as well', () => {
    const destination = nas([{ label: 'c', guid: '91' }, 'a'], half('b', 'a'));
    expect(codesOf(planOf({ source, destination }))).toContain('same-name-other-snapshot');
    expect(planOf({ source, destination, request: { snapshot: 'b' } }).ready).toBe(true);
  });

  it('another base that was picked does not go with it', () => {
    const request: RequestParts = { base: { kind: 'snapshot', label: label('a') }, onDivergence: 'rollback' };
    const destination = nas(['a', 'b'], half('c', 'b'));
    expect(codesOf(planOf({ source, destination, request }))).toEqual(['partial-does-not-fit']);
    const plan = planOf({ source, destination, request: { ...request, partial: 'discard' } });
    expect(plan.steps.slice(0, 2).map(({ kind }) => kind)).toEqual(['discard-partial', 'roll-back']);
    expect(plan.losses.map(({ what }) => what)).toEqual(['partial', 'snapshot']);
  });
});

describe('encrypted: what follows is raw or not as the token is', () => {
  const from = laptop(['a', 'b'], { datasets: [encrypted('tank/home')] });

  it.each<[boolean, RequestParts['raw']]>([
    [true, 'auto'],
    [true, 'no'],
    [false, 'auto'],
    [false, 'yes'],
  ])('a full one, raw: %s, asked for: %s', (raw, asked) => {
    const plan = planOf({
      source: from,
      destination: nas([], half('a', null, { raw })),
      request: { raw: asked ?? 'auto' },
    });
    expect(plan.ready).toBe(true);
    expect(sendsOf(plan)).toEqual(['-t 1-token', `${raw ? '-w' : '-c'} -i tank/home@a tank/home@b`]);
  });

  it('without its key only a raw one can be gone on with', () => {
    const locked = laptop(['a'], { datasets: [encrypted('tank/home', { keyStatus: 'unavailable' })] });
    const plan = (raw: boolean) => planOf({ source: locked, destination: nas([], half('a', null, { raw })) });
    expect(plan(true).ready).toBe(true);
    expect(plan(false).ready).toBe(false);
    expect(findingOf(plan(false), 'key-not-loaded').fixes.map(({ change }) => change)).toEqual([undefined]);
  });

  it('plain data may be asked for raw at any time', () => {
    const plan = planOf({
      source: laptop(['a', 'b'], { datasets: [filesystem('tank/home')] }),
      destination: nas([], half('a', null)),
      request: { raw: 'yes' },
    });
    expect(sendsOf(plan)[1]).toBe('-w -i tank/home@a tank/home@b');
  });
});
