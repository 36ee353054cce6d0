import { describe, expect, it } from 'vitest';
import {
  bookmark,
  commandsOf,
  emptyNas,
  filesystem,
  guidOf,
  inventory,
  laptop,
  nas,
  planOf,
  pool,
  type Scene,
  snap,
  snapshots,
  solaris,
  zfsFuse,
} from './testing/inventories.ts';

const TO = `sluice:to:backup/home:${guidOf('pool backup')}`;
const FROM = `sluice:from:tank/home:${guidOf('pool tank')}`;
const verbs = (scene: Scene, verb: string) =>
  commandsOf(planOf(scene)).flatMap((words) => (words[2] === verb ? [words.join(' ')] : []));

describe('holds', () => {
  it('of what an earlier attempt left held go with the base’s; what is not held is not touched', () => {
    const scene = {
      source: laptop([{ label: 'a', holds: 1 }, 'b', { label: 'c', holds: 2 }, 'd', 'e']),
      destination: nas([{ label: 'a', holds: 1 }, { label: 'b', holds: 0 }, 'c']),
    };
    expect(verbs(scene, 'release')).toEqual([
      `laptop zfs release ${TO} tank/home@c`,
      `laptop zfs release ${TO} tank/home@a`,
      `nas zfs release ${FROM} backup/home@c`,
      `nas zfs release ${FROM} backup/home@a`,
    ]);
  });

  it('of the goal and of what is newer stay', () => {
    const scene = {
      source: laptop(['a', { label: 'b', holds: 1 }, { label: 'c', holds: 1 }]),
      destination: nas(['a']),
      request: { snapshot: 'b' },
    };
    expect(verbs(scene, 'release')).toEqual([
      `laptop zfs release ${TO} tank/home@a`,
      `nas zfs release ${FROM} backup/home@a`,
    ]);
  });

  it('for a new copy nothing is released: whatever is held is not held by us', () => {
    const scene = { source: laptop([{ label: 'a', holds: 1 }, 'b']), destination: emptyNas() };
    expect(verbs(scene, 'release')).toEqual([]);
  });

  it('of a copy that is set aside go once the new one is held: destroying it would fail for them', () => {
    const held = { label: 'x', holds: 2 };
    const scene = {
      source: laptop([{ label: 'w', holds: 1 }, 'b']),
      destination: nas(['w', held, { label: 'y', holds: 0 }]),
      request: { onDivergence: 'set-aside' } as const,
    };
    const old = 'backup/home-old-2026-11-21';
    expect(verbs(scene, 'release')).toEqual([
      `laptop zfs release ${TO} tank/home@w`,
      `nas zfs release ${FROM} ${old}@x`,
    ]);
    const { steps } = planOf(scene);
    const [heldAt, releasedAt] = ['hold', 'release'].map((kind) =>
      steps.findLastIndex((one) => one.kind === kind && one.host === 'nas'),
    );
    expect(heldAt).toBeLessThan(releasedAt ?? 0);
    expect(steps[releasedAt ?? 0]).toMatchObject({
      title: `Release any hold of ours on x of ${old}, which was set aside`,
      essential: false,
      copy: 'backup/home',
    });
  });

  it('of what lies in a copy that is set aside go with it, each by its own tag', () => {
    const of = (top: string) => [filesystem(top), filesystem(`${top}/a`)];
    const source = laptop([], {
      datasets: [filesystem('tank'), ...of('tank/home')],
      snapshots: [...snapshots('tank/home', ['s']), ...snapshots('tank/home/a', [{ label: 's', guid: '7' }])],
    });
    const destination = emptyNas({
      datasets: [filesystem('backup'), ...of('backup/home')],
      snapshots: ['backup/home', 'backup/home/a'].flatMap((name) =>
        snapshots(name, [{ label: 'x', guid: '8', holds: 1 }]),
      ),
    });
    const scene = { source, destination, request: { package: 'recursive', onDivergence: 'set-aside' } as const };
    expect(verbs(scene, 'release')).toEqual([
      `nas zfs release ${FROM} backup/home-old-2026-11-21@x`,
      `nas zfs release ${FROM.replace('home:', 'home/a:')} backup/home-old-2026-11-21/a@x`,
    ]);
  });

  it('are said in words', () => {
    const titles = (source: Scene['source'], destination: Scene['destination']) =>
      planOf({ source, destination }).steps.flatMap(({ kind, title }) =>
        kind === 'hold' || kind === 'release' ? [title] : [],
      );
    expect(titles(laptop(['a']), emptyNas())).toEqual([
      'Hold a at the source, so that nothing destroys it meanwhile',
      'Hold a at the destination: the next update starts from it',
    ]);
    expect(titles(laptop([{ label: 'a', holds: 1 }, 'b', 'c']), nas(['a', 'b']))).toEqual([
      'Hold b and c at the source, so that nothing destroys them meanwhile',
      'Hold c at the destination: the next update starts from it',
      'Release our hold on b, and any hold of ours on a at the source',
      'Release our hold on b at the destination',
    ]);
    const many = ['p', 'q', 'r', 's'].map((label) => ({ label, holds: 1 }));
    expect(titles(laptop([...many, 'b', 'c']), nas(['b']))[2]).toBe(
      'Release our hold on b, and any hold of ours on 4 others at the source',
    );
    const marked = laptop([{ label: 'x', holds: 1 }, { label: 'y', holds: 1 }, 'b'], {
      bookmarks: [bookmark('tank/home#a', { createtxg: 105 })],
    });
    const request = { intermediates: false };
    expect(
      planOf({ source: marked, destination: nas(['a']), request }).steps.findLast(
        ({ kind, host }) => kind === 'release' && host === 'laptop',
      )?.title,
    ).toBe('Release any hold of ours on x, y at the source');
  });

  it('are bookkeeping: a run goes on if they fail; sending is not', () => {
    const plan = planOf({ source: laptop(['a', 'b']), destination: nas(['a']) });
    expect(plan.steps.map(({ kind, essential }) => [kind, essential])).toEqual([
      ['hold', false],
      ['send-receive', true],
      ['bookmark', false],
      ['hold', false],
      ['release', false],
      ['release', false],
      ['verify', true],
    ]);
  });

  it('are made only where the tools list them again', () => {
    const old = { source: laptop(['a', 'b'], { zfs: zfsFuse }), destination: nas(['a'], {}, { zfs: zfsFuse }) };
    for (const verb of ['hold', 'release', 'bookmark']) expect(verbs(old, verb)).toEqual([]);
    const sun = { source: laptop(['a', 'b'], { zfs: solaris }), destination: nas(['a']) };
    expect(verbs(sun, 'bookmark')).toEqual([]);
    expect(verbs(sun, 'hold')).toHaveLength(3);
  });
});

describe('bookmarks', () => {
  it('a label that would become too long gets none', () => {
    const scene = { source: laptop(['x'.repeat(245)]), destination: emptyNas(), request: { to: 'backup/h' } };
    expect(planOf(scene).ready).toBe(true);
    expect(verbs(scene, 'bookmark')).toEqual([]);
  });

  it('anybody’s bookmark of the goal will do', () => {
    const source = laptop(['a', 'b'], { bookmarks: [bookmark('tank/home#b', { createtxg: 110 })] });
    expect(verbs({ source, destination: nas(['a']) }, 'bookmark')).toEqual([]);
  });
});

it('what a clone grew from is let go of once the clone is there: no update starts from it again', () => {
  const source = inventory('laptop', {
    pools: [pool('tank')],
    datasets: [filesystem('tank'), filesystem('tank/home'), filesystem('tank/home/c', { origin: snap('tank/home@a') })],
    snapshots: [
      ...snapshots('tank/home', ['a', 'b'], 100),
      ...snapshots('tank/home/c', [{ label: 'b', guid: '77' }], 102),
    ],
  });
  const scene = { source, destination: emptyNas(), request: { package: 'replication' as const } };
  const tag = TO.replace('home:', 'home/c:');
  expect(verbs(scene, 'hold')).toContain(`laptop zfs hold ${tag} tank/home@a`);
  expect(verbs(scene, 'release')).toContain(`laptop zfs release ${tag} tank/home@a`);
});
