/** One plan of each kind, down to the last argument. */
import { describe, expect, it } from 'vitest';
import type { Plan } from '../model/plan.ts';
import { defaultReceiveProfile } from '../model/request.ts';
import {
  bookmark,
  codesOf,
  commandsOf,
  emptyNas,
  filesystem,
  findingOf,
  guidOf,
  illumos,
  inventory,
  label,
  laptop,
  nas,
  partial,
  planOf,
  pool,
  type RequestParts,
  type Scene,
  snapshots,
  solaris,
  volume,
  zfsFuse,
} from './testing/inventories.ts';

const TO = `sluice:to:backup/home:${guidOf('pool backup')}`;
const FROM = `sluice:from:tank/home:${guidOf('pool tank')}`;
const profile = '-o readonly=on -o canmount=noauto -o setuid=off -o devices=off';
/** The rows of the stream table. */
const table = (plan: Plan) => plan.streams.map(({ type, snapshot, from }) => [type, snapshot, from]);
/** Commands with single spaces between their words; none of the names here has a space. */
const linesOf = (scene: Scene) => commandsOf(planOf(scene)).map((words) => words.join(' '));

const holding = (...names: string[]) => names.map((name) => `laptop zfs hold ${TO} tank/home@${name}`);
const keeping = (goal: string, released: readonly string[] = [], there: readonly string[] = released) => [
  `laptop zfs bookmark tank/home@${goal} tank/home#sluice-${goal}`,
  `nas zfs hold ${FROM} backup/home@${goal}`,
  ...released.map((name) => `laptop zfs release ${TO} tank/home@${name}`),
  ...there.map((name) => `nas zfs release ${FROM} backup/home@${name}`),
];

describe('full', () => {
  it('to a free name', () => {
    const scene = { source: laptop(['a', 'b']), destination: emptyNas() };
    expect(linesOf(scene)).toEqual([
      ...holding('b'),
      'laptop zfs send -c tank/home@b',
      `nas zfs receive -s -u ${profile} backup/home`,
      ...keeping('b'),
    ]);
    const plan = planOf(scene);
    expect(table(plan)).toEqual([['full', 'tank/home@b', null]]);
    expect(codesOf(plan)).toEqual(['older-snapshots-stay']);
    expect(plan).toMatchObject({ ready: true, route: 'relay', package: 'single', target: 'backup/home', losses: [] });
  });

  it('the proof compares the listings of both sides, and comes last', () => {
    const plan = planOf({ source: laptop(['a']), destination: emptyNas() });
    expect(plan.steps.at(-1)).toMatchObject({ kind: 'verify', destructive: false, essential: true });
    expect(plan.steps.at(-1)?.commands.map(({ host, argv }) => [host, ...argv.slice(0, 5), argv.at(-1)])).toEqual([
      ['laptop', 'zfs', 'list', '-Hp', '-t', 'snapshot', 'tank/home'],
      ['nas', 'zfs', 'list', '-Hp', '-t', 'filesystem,volume', 'backup/home'],
      ['nas', 'zfs', 'list', '-Hp', '-t', 'snapshot', 'backup/home'],
    ]);
  });

  it('names with spaces are single arguments', () => {
    const source = laptop([], {
      datasets: [filesystem('tank/ my home')],
      snapshots: snapshots('tank/ my home', ['x y']),
    });
    const plan = planOf({ source, destination: emptyNas(), request: { from: 'tank/ my home', to: 'backup/ my home' } });
    expect(commandsOf(plan).slice(0, 3)).toEqual([
      ['laptop', 'zfs', 'hold', `sluice:to:backup/ my home:${guidOf('pool backup')}`, 'tank/ my home@x y'],
      ['laptop', 'zfs', 'send', '-c', 'tank/ my home@x y'],
      ['nas', 'zfs', 'receive', '-s', '-u', ...profile.split(' '), 'backup/ my home'],
    ]);
  });

  it('with what stands before zfs on either side', () => {
    const scene = {
      source: laptop(['a'], { elevation: ['sudo', '-n'] }),
      destination: emptyNas({ elevation: ['doas', '-n'] }),
    };
    for (const [host, ...words] of commandsOf(planOf(scene)))
      expect(words.slice(0, 3)).toEqual([host === 'laptop' ? 'sudo' : 'doas', '-n', 'zfs']);
  });

  it('missing parents are made first, topmost first, unmounted and read-only', () => {
    const scene = { source: laptop(['a']), destination: emptyNas(), request: { to: 'backup/a/b/home' } };
    expect(linesOf(scene).slice(0, 2)).toEqual([
      'nas zfs create -o canmount=off -o readonly=on backup/a',
      'nas zfs create -o canmount=off -o readonly=on backup/a/b',
    ]);
    expect(findingOf(planOf(scene), 'parent-missing').evidence.missing).toEqual(['backup/a', 'backup/a/b']);
  });

  it('parents are not read-only where the copy shall not be', () => {
    const receive = { ...defaultReceiveProfile, readonly: 'off', mount: false } as const;
    const scene = { source: laptop(['a']), destination: emptyNas(), request: { to: 'backup/a/home', receive } };
    expect(linesOf(scene)[0]).toBe('nas zfs create -o canmount=off backup/a');
    expect(linesOf(scene)).toContainEqual(expect.stringContaining('-o readonly=off'));
  });

  it('mounted and writable where that was asked for', () => {
    const receive = { ...defaultReceiveProfile, readonly: 'leave', mount: true } as const;
    const scene = { source: laptop(['a']), destination: emptyNas(), request: { receive } };
    expect(linesOf(scene)[2]).toBe('nas zfs receive -s -o setuid=off -o devices=off backup/home');
  });

  it('of a volume: without the properties that volumes do not have', () => {
    const source = laptop(['a'], { datasets: [volume('tank/home')] });
    expect(linesOf({ source, destination: emptyNas() })[2]).toBe('nas zfs receive -s -u -o readonly=on backup/home');
  });

  it('of an older snapshot, by name', () => {
    const plan = planOf({ source: laptop(['a', 'b', 'c']), destination: emptyNas(), request: { snapshot: 'b' } });
    expect(table(plan)).toEqual([['full', 'tank/home@b', null]]);
    expect(findingOf(plan, 'older-snapshots-stay').evidence).toEqual({ count: 1 });
  });

  it('within this computer there is no relay over a third host', () => {
    const here = inventory('this-computer', {
      pools: [pool('tank'), pool('backup')],
      datasets: [filesystem('tank/home'), filesystem('backup')],
      snapshots: snapshots('tank/home', ['a']),
    });
    expect(planOf({ source: here, destination: here }).route).toBe('local');
    expect(planOf({ source: here, destination: emptyNas() }).route).toBe('relay');
  });
});

describe('incremental', () => {
  it('-i from the newest common snapshot', () => {
    const scene = { source: laptop(['a', 'b']), destination: nas(['a']) };
    expect(linesOf(scene)).toEqual([
      ...holding('a', 'b'),
      'laptop zfs send -c -i tank/home@a tank/home@b',
      'nas zfs receive -s -u backup/home',
      ...keeping('b', ['a']),
    ]);
    expect(table(planOf(scene))).toEqual([['incr', 'tank/home@b', 'tank/home@a']]);
  });

  it('-I with all that lies between, a row each', () => {
    const scene = { source: laptop(['a', 'b', 'c', 'd']), destination: nas(['a', 'b']) };
    expect(linesOf(scene)[2]).toBe('laptop zfs send -c -I tank/home@b tank/home@d');
    expect(table(planOf(scene))).toEqual([
      ['incr', 'tank/home@c', 'tank/home@b'],
      ['incr', 'tank/home@d', 'tank/home@c'],
    ]);
    expect(planOf(scene).steps.find(({ kind }) => kind === 'send-receive')?.streams).toEqual([0, 1]);
  });

  it('-i over what lies between, and says so', () => {
    const scene = {
      source: laptop(['a', 'b', 'c', 'd']),
      destination: nas(['a']),
      request: { intermediates: false },
    };
    expect(linesOf(scene)[2]).toBe('laptop zfs send -c -i tank/home@a tank/home@d');
    expect(table(planOf(scene))).toEqual([['incr', 'tank/home@d', 'tank/home@a']]);
    expect(findingOf(planOf(scene), 'older-snapshots-stay').evidence).toEqual({ count: 2 });
  });

  it('up to the snapshot asked for, not further', () => {
    const scene = { source: laptop(['a', 'b', 'c']), destination: nas(['a']), request: { snapshot: 'b' } };
    expect(table(planOf(scene))).toEqual([['incr', 'tank/home@b', 'tank/home@a']]);
  });

  it('from an older base that was picked: what came since stands in the way and is named', () => {
    const request: RequestParts = { base: { kind: 'snapshot', label: label('a') } };
    const scene = { source: laptop(['a', 'b', 'c']), destination: nas(['a', 'b']), request };
    const plan = planOf(scene);
    expect(plan.ready).toBe(false);
    expect(findingOf(plan, 'destination-diverged').evidence.newerSnapshots).toMatchObject([
      { snapshot: 'backup/home@b' },
    ]);
    const forced = planOf({ ...scene, request: { ...request, onDivergence: 'rollback' } });
    expect(table(forced)).toEqual([
      ['incr', 'tank/home@b', 'tank/home@a'],
      ['incr', 'tank/home@c', 'tank/home@b'],
    ]);
    expect(forced.losses).toMatchObject([{ what: 'snapshot', name: 'backup/home@b', bytes: 1000 }]);
  });

  it('from a bookmark, with -i', () => {
    const source = laptop(['b'], { bookmarks: [bookmark('tank/home#a', { createtxg: 50 })] });
    const scene = { source, destination: nas(['a']) };
    expect(linesOf(scene)).toEqual([
      ...holding('b'),
      'laptop zfs send -c -i tank/home#a tank/home@b',
      'nas zfs receive -s -u backup/home',
      ...keeping('b', [], ['a']),
    ]);
    expect(table(planOf(scene))).toEqual([['incr', 'tank/home@b', 'tank/home#a']]);
  });

  it('from a bookmark with what lies between: -i to the next snapshot, then -I; the hold in the middle goes too', () => {
    const source = laptop(['b', 'c', 'd'], { bookmarks: [bookmark('tank/home#a', { createtxg: 50 })] });
    const scene = { source, destination: nas(['a']) };
    expect(linesOf(scene)).toEqual([
      ...holding('b', 'd'),
      'laptop zfs send -c -i tank/home#a tank/home@b',
      'nas zfs receive -s -u backup/home',
      'laptop zfs send -c -I tank/home@b tank/home@d',
      'nas zfs receive -s -u backup/home',
      ...keeping('d', ['b'], ['a']),
    ]);
    expect(table(planOf(scene))).toEqual([
      ['incr', 'tank/home@b', 'tank/home#a'],
      ['incr', 'tank/home@c', 'tank/home@b'],
      ['incr', 'tank/home@d', 'tank/home@c'],
    ]);
    expect(planOf(scene).steps.flatMap(({ kind, streams }) => (kind === 'send-receive' ? [streams] : []))).toEqual([
      [0],
      [1, 2],
    ]);
  });

  it('a bookmark that was picked by name', () => {
    const source = laptop(['a', 'b'], { bookmarks: [bookmark('tank/home#mark', { createtxg: 100, guid: '77' })] });
    const request: RequestParts = { base: { kind: 'bookmark', label: label('mark') } };
    const there = [{ label: 'mark', guid: '77' }];
    expect(table(planOf({ source, destination: nas(there), request }))[0]?.[2]).toBe('tank/home#mark');
  });

  it('a bookmark that exists already is not made again; one of the same name for another snapshot is left alone', () => {
    const mark = (guid?: string) =>
      laptop(['a', 'b'], {
        bookmarks: [bookmark('tank/home#sluice-b', { createtxg: 110, ...(guid === undefined ? {} : { guid }) })],
      });
    const bookmarks = (source: Scene['source']) =>
      linesOf({ source, destination: nas(['a']) }).filter((line) => line.includes(' bookmark '));
    expect(bookmarks(mark(laptop(['b']).snapshots[0]?.guid))).toEqual([]);
    expect(bookmarks(mark('5'))).toEqual([
      expect.stringMatching(/^laptop zfs bookmark tank\/home@b tank\/home#sluice-b-\d{6}$/),
    ]);
  });
});

describe('resume', () => {
  it('a full stream', () => {
    const scene = { source: laptop(['a']), destination: nas([], { partial: partial('tank/home@a', null) }) };
    expect(linesOf(scene)).toEqual([
      ...holding('a'),
      'laptop zfs send -t 1-token',
      `nas zfs receive -s -u ${profile} backup/home`,
      ...keeping('a'),
    ]);
    const plan = planOf(scene);
    expect(plan.streams).toMatchObject([{ type: 'full', from: null, alreadyReceived: 4096 }]);
    expect(findingOf(plan, 'resumes').message).toContain('4.00 KiB');
  });

  it('an incremental, then the rest', () => {
    const scene = {
      source: laptop(['a', 'b', 'c', 'd']),
      destination: nas(['a'], { partial: partial('tank/home@b', 'a') }),
    };
    expect(linesOf(scene)).toEqual([
      ...holding('a', 'b', 'd'),
      'laptop zfs send -t 1-token',
      'nas zfs receive -s -u backup/home',
      'laptop zfs send -c -I tank/home@b tank/home@d',
      'nas zfs receive -s -u backup/home',
      ...keeping('d', ['a', 'b'], ['a']),
    ]);
    expect(table(planOf(scene))).toEqual([
      ['incr', 'tank/home@b', 'tank/home@a'],
      ['incr', 'tank/home@c', 'tank/home@b'],
      ['incr', 'tank/home@d', 'tank/home@c'],
    ]);
    expect(planOf(scene).streams.map(({ alreadyReceived }) => alreadyReceived)).toEqual([4096, 0, 0]);
  });
});

it('steps that send say what they do', () => {
  const titles = (scene: Scene) =>
    planOf(scene).steps.flatMap(({ kind, title }) => (kind === 'send-receive' ? [title] : []));
  const source = laptop(['a', 'b', 'c', 'd']);
  expect(titles({ source, destination: emptyNas() })).toEqual(['Copy d to backup/home']);
  expect(titles({ source, destination: nas(['a']) })).toEqual(['Bring b … d to backup/home']);
  expect(titles({ source, destination: nas(['c']) })).toEqual(['Bring d to backup/home']);
  expect(titles({ source, destination: nas(['a'], { partial: partial('tank/home@b', 'a') }) })).toEqual([
    'Resume b to backup/home',
    'Bring c … d to backup/home',
  ]);
});

describe('nothing to send', () => {
  it.each<[string, RequestParts]>([
    ['stop', {}],
    ['set-aside', { onDivergence: 'set-aside' }],
    ['rollback', { onDivergence: 'rollback' }],
    ['an older snapshot that is there', { snapshot: 'a' }],
    ['an older snapshot that is there, with rollback', { snapshot: 'a', onDivergence: 'rollback' }],
    ['without a base', { base: { kind: 'none' } }],
  ])('%s', (_what, request) => {
    const plan = planOf({ source: laptop(['a', 'b']), destination: nas(['a', 'b']), request });
    expect(plan).toMatchObject({ ready: true, streams: [], steps: [], losses: [], choices: [] });
    expect(plan.estimate).toEqual({ bytes: 0, method: 'nothing to send' });
    expect(codesOf(plan)).toEqual(['nothing-to-send']);
  });

  it('a dataset that was renamed at the source, and snapshots that were renamed there, are still the same', () => {
    const source = laptop([], {
      datasets: [filesystem('tank/house')],
      snapshots: snapshots('tank/house', [{ label: 'renamed', guid: '5' }]),
    });
    const plan = planOf({ source, destination: nas([{ label: 'old', guid: '5' }]), request: { from: 'tank/house' } });
    expect(codesOf(plan)).toEqual(['nothing-to-send']);
  });
});

describe('early ZFS', () => {
  it('as the source: plain streams, no dry run, no holds, no resuming', () => {
    const source = laptop(['a', 'b'], { zfs: zfsFuse, pools: [pool('tank', { features: {}, guid: null })] });
    const scene = { source, destination: nas(['a']) };
    expect(linesOf(scene)).toEqual([
      'laptop zfs send -i tank/home@a tank/home@b',
      'nas zfs receive -u backup/home',
      // Without a GUID of the pool it is the host that tells.
      'nas zfs hold sluice:from:tank/home:laptop backup/home@b',
      'nas zfs release sluice:from:tank/home:laptop backup/home@a',
    ]);
    expect(codesOf(planOf(scene))).toEqual(['early-source', 'size-unknown']);
  });

  it('on both sides: properties are set after receiving', () => {
    const old = { zfs: zfsFuse, pools: [pool('tank', { features: {} })] };
    const scene = {
      source: laptop(['a'], old),
      destination: emptyNas({ zfs: zfsFuse, pools: [pool('backup', { features: {} })] }),
      request: { to: 'backup/sub/home' },
    };
    expect(linesOf(scene)).toEqual([
      'nas zfs create backup/sub',
      'laptop zfs send tank/home@a',
      'nas zfs receive -u backup/sub/home',
      'nas zfs set readonly=on backup/sub/home',
      'nas zfs set canmount=noauto backup/sub/home',
      'nas zfs set setuid=off backup/sub/home',
      'nas zfs set devices=off backup/sub/home',
    ]);
    const plan = planOf(scene);
    expect(codesOf(plan)).toContain('early-both');
    expect(plan.estimate).toMatchObject({ bytes: 1e9, method: expect.stringContaining('refers to') });
  });

  it('on both sides a rollback that was asked for is made though nobody knows what was written', () => {
    const scene = {
      source: laptop(['a', 'b'], { zfs: zfsFuse }),
      destination: nas(['a'], { written: null }, { zfs: zfsFuse }),
    };
    expect(planOf(scene).ready).toBe(true);
    expect(linesOf(scene)[0]).not.toContain('rollback');
    const forced = { ...scene, request: { onDivergence: 'rollback' } as const };
    expect(linesOf(forced)[0]).toBe('nas zfs rollback -r backup/home@a');
    expect(planOf(forced).losses).toMatchObject([{ what: 'changes', name: 'backup/home', bytes: null }]);
    expect(findingOf(planOf(forced), 'rolls-back').message).toContain('whatever was written since');
  });

  it('as the destination of a newer one: refused', () => {
    const plan = planOf({ source: laptop(['a']), destination: emptyNas({ zfs: zfsFuse }) });
    expect(plan).toMatchObject({ ready: false, streams: [], steps: [] });
    expect(codesOf(plan)).toEqual(['stream-not-readable-there']);
  });
});

describe('illumos and Solaris as the source', () => {
  it('illumos: as OpenZFS', () => {
    const scene = { source: laptop(['a', 'b'], { zfs: illumos }), destination: nas(['a']) };
    expect(linesOf(scene)[2]).toBe('laptop zfs send -c -i tank/home@a tank/home@b');
  });

  it('Solaris: never -c nor -w, which mean other things there', () => {
    const scene = { source: laptop(['a', 'b'], { zfs: solaris }), destination: nas(['a']) };
    expect(linesOf(scene)).toContain('laptop zfs send -i tank/home@a tank/home@b');
  });
});

describe('what is asked of the source', () => {
  it.each([
    ['no-such-dataset', { source: laptop(['a']), request: { from: 'tank/hom' } }],
    ['no-snapshots', { source: laptop([]) }],
    ['no-such-snapshot', { source: laptop(['a']), request: { snapshot: 'b' } }],
  ] as const)('%s', (code, parts) => {
    const plan = planOf({ destination: emptyNas(), ...parts });
    expect(plan).toMatchObject({ ready: false, streams: [], steps: [] });
    expect(codesOf(plan)).toEqual([code]);
  });

  it('a dataset of the same last name elsewhere is pointed at', () => {
    const source = laptop(['a'], { datasets: [filesystem('tank'), filesystem('tank/users/home')] });
    expect(findingOf(planOf({ source, destination: emptyNas() }), 'no-such-dataset').evidence.similar).toEqual([
      'tank/users/home',
    ]);
  });

  it('the newest snapshot is offered for one that is not there; if there is none, to take one, and the command for it', () => {
    const wrong = planOf({ source: laptop(['a', 'b']), destination: emptyNas(), request: { snapshot: 'x' } });
    expect(findingOf(wrong, 'no-such-snapshot').fixes).toMatchObject([
      { change: { source: { host: 'laptop', dataset: 'tank/home', snapshot: 'b' } } },
    ]);
    const none = planOf({ source: laptop([], { elevation: ['sudo', '-n'] }), destination: emptyNas() });
    const [take, byHand] = findingOf(none, 'no-snapshots').fixes;
    const snapshot = expect.stringMatching(/^sluice-2026-11-21_\d{6}$/);
    expect(take?.change).toEqual({ source: { ...none.request.source, snapshot, take: true } });
    expect(byHand?.command).toEqual({
      host: 'laptop',
      argv: ['sudo', '-n', 'zfs', 'snapshot', 'tank/home@2026-11-21'],
    });
  });
});

describe('the base', () => {
  const scene = { source: laptop(['a', 'b', 'c']), destination: nas(['a']) };
  it.each<[string, RequestParts]>([
    ['no-such-base', { base: { kind: 'snapshot', label: label('x') } }],
    ['no-such-base', { base: { kind: 'bookmark', label: label('a') } }],
    ['base-not-at-destination', { base: { kind: 'snapshot', label: label('b') } }],
  ])('%s', (code, request) => {
    const plan = planOf({ ...scene, request });
    expect(plan.ready).toBe(false);
    expect(findingOf(plan, code).fixes).toMatchObject([{ change: { base: { kind: 'auto' } } }]);
  });

  it('picked for a copy that does not exist yet', () => {
    const request: RequestParts = { base: { kind: 'snapshot', label: label('a') } };
    const plan = planOf({ source: laptop(['a', 'b']), destination: emptyNas(), request });
    expect(plan.ready).toBe(false);
    expect(codesOf(plan)).toContain('base-not-at-destination');
  });

  it('a full copy onto what exists', () => {
    const plan = planOf({ ...scene, request: { base: { kind: 'none' } } });
    expect(plan.ready).toBe(false);
    expect(findingOf(plan, 'destination-exists').fixes.map(({ label }) => label)).toEqual([
      'Copy to backup/home-2 instead',
      'Rename the old copy to backup/home-old-2026-11-21 and copy again',
    ]);
  });

  it('a full copy onto what exists, with the old copy renamed as was offered', () => {
    const blocked = planOf({ ...scene, request: { base: { kind: 'none' } } });
    const change = findingOf(blocked, 'destination-exists').fixes[1]?.change;
    const plan = planOf({ ...scene, request: { base: change?.base ?? { kind: 'auto' }, onDivergence: 'set-aside' } });
    expect(plan).toMatchObject({ ready: true, streams: [{ type: 'full', snapshot: 'tank/home@c' }] });
    expect(plan.steps.map(({ kind }) => kind)).toContain('set-aside');
  });

  it('goal-older-than-base: streams only go forward', () => {
    const source = laptop(['a', 'b', 'c']);
    const plan = planOf({ source, destination: nas(['b']), request: { snapshot: 'a' } });
    expect(plan.ready).toBe(false);
    expect(findingOf(plan, 'goal-older-than-base').evidence).toEqual({ goal: 'tank/home@a', base: 'tank/home@b' });
  });
});

it('another dataset’s snapshots do not count, however alike their names', () => {
  const source = laptop(['a'], {
    datasets: [filesystem('tank/home'), filesystem('tank/home2'), filesystem('tank/home/sub')],
    snapshots: [
      ...snapshots('tank/home', ['a']),
      ...snapshots('tank/home2', ['b'], 500),
      ...snapshots('tank/home/sub', ['c'], 600),
    ],
  });
  expect(table(planOf({ source, destination: emptyNas() }))).toEqual([['full', 'tank/home@a', null]]);
  const destination = nas(
    [],
    {},
    {
      datasets: [filesystem('backup'), filesystem('backup/home2')],
      snapshots: snapshots('backup/home2', ['a'], 7000),
    },
  );
  expect(table(planOf({ source, destination }))).toEqual([['full', 'tank/home@a', null]]);
});
