import { describe, expect, it } from 'vitest';
import type { Dataset } from '../model/inventory.ts';
import {
  codesOf,
  commandsOf,
  ds,
  emptyNas,
  encrypted,
  filesystem,
  findingOf,
  inventory,
  laptop,
  nas,
  planOf,
  pool,
  type RequestParts,
  snapshots,
  solaris,
  zfsFuse,
} from './testing/inventories.ts';

const locked: Partial<Dataset> = { keyStatus: 'unavailable' };
const secret = (parts: Partial<Dataset> = {}) =>
  laptop(['a', 'b'], { datasets: [encrypted('tank/home', parts)], elevation: ['sudo', '-n'] });
const sendOf = (plan: ReturnType<typeof planOf>) =>
  commandsOf(plan)
    .find((words) => words.includes('send'))
    ?.join(' ')
    .replace('laptop sudo -n zfs ', '');

describe('an encrypted source', () => {
  it('is sent raw to a new copy, with its key or without', () => {
    for (const key of [{}, locked]) {
      const plan = planOf({ source: secret(key), destination: emptyNas() });
      expect(plan.ready).toBe(true);
      expect(sendOf(plan)).toBe('send -w tank/home@b');
      expect(plan.choices.join(' ')).toContain('never sees a key');
    }
  });

  it('decrypted as asked: a warning, and the way back', () => {
    const plan = planOf({ source: secret(), destination: emptyNas(), request: { raw: 'no' } });
    expect(sendOf(plan)).toBe('send -c tank/home@b');
    expect(findingOf(plan, 'decrypted-copy')).toMatchObject({ severity: 'warns', fixes: [{ change: { raw: 'yes' } }] });
  });

  it('decrypted into a place that is encrypted itself: nothing to warn of', () => {
    const destination = emptyNas({ datasets: [encrypted('backup')] });
    expect(codesOf(planOf({ source: secret(), destination, request: { raw: 'no' } }))).toEqual([
      'older-snapshots-stay',
    ]);
  });

  it('cannot be decrypted without its key: load it, or send raw', () => {
    const plan = planOf({ source: secret(locked), destination: emptyNas(), request: { raw: 'no' } });
    expect(plan.ready).toBe(false);
    expect(findingOf(plan, 'key-not-loaded').fixes).toMatchObject([
      { change: { raw: 'yes' } },
      { command: { host: 'laptop', argv: ['sudo', '-n', 'zfs', 'load-key', 'tank/home'] } },
    ]);
  });

  it('the key to load is that of the encryption root', () => {
    const plan = planOf({
      source: secret({ ...locked, encryptionRoot: 'tank' }),
      destination: emptyNas(),
      request: { raw: 'no' },
    });
    expect(findingOf(plan, 'key-not-loaded').fixes.at(-1)?.command?.argv.at(-1)).toBe('tank');
  });

  it('of a ZFS that cannot send raw is sent decrypted, and raw is not offered', () => {
    const source = { ...secret(), zfs: solaris };
    const plan = planOf({ source, destination: emptyNas() });
    expect(sendOf(plan)).toBe('send tank/home@b');
    expect(findingOf(plan, 'decrypted-copy').fixes).toEqual([]);
  });
});

describe('updates of an encrypted source', () => {
  const raw = encrypted('backup/home', locked);
  const inherited = encrypted('backup/home', { encryptionRoot: 'backup' });

  it.each<[string, Partial<Dataset>, string]>([
    ['a raw copy stays raw', raw, 'send -w -i tank/home@a tank/home@b'],
    ['a plain copy stays plain', {}, 'send -c -i tank/home@a tank/home@b'],
    ['a copy encrypted by where it lies stays so', inherited, 'send -c -i tank/home@a tank/home@b'],
  ])('%s', (_what, target, send) => {
    const plan = planOf({ source: secret(), destination: nas(['a'], target) });
    expect(plan.ready).toBe(true);
    expect(sendOf(plan)).toBe(send);
  });

  it.each<[RequestParts['raw'], Partial<Dataset>, RegExp]>([
    ['no', raw, /IV set guid mismatch/],
    ['yes', {}, /was not received raw/],
    ['yes', inherited, /was not received raw/],
  ])('raw: %s mixed into %j', (asked, target, said) => {
    const plan = planOf({ source: secret(), destination: nas(['a'], target), request: { raw: asked ?? 'auto' } });
    expect(plan.ready).toBe(false);
    const finding = findingOf(plan, 'raw-mixed');
    expect(finding.message).toMatch(said);
    expect(finding.fixes.map(({ change }) => change?.raw ?? change?.destination?.dataset)).toEqual([
      'auto',
      'backup/home-2',
    ]);
  });

  it('a raw copy that the source cannot update raw: only another name is left', () => {
    for (const asked of ['auto', 'no'] as const) {
      const plan = planOf({
        source: { ...secret(), zfs: solaris },
        destination: nas(['a'], raw),
        request: { raw: asked },
      });
      expect(findingOf(plan, 'raw-mixed').fixes.map(({ change }) => change?.raw)).toEqual([undefined]);
    }
  });

  it('a plain copy can only be updated with the key; raw is no way out any more', () => {
    const plan = planOf({ source: secret(locked), destination: nas(['a']) });
    expect(findingOf(plan, 'key-not-loaded').fixes.map(({ change }) => change)).toEqual([undefined]);
  });
});

describe('a copy that inherits its key as its source does', () => {
  const tree = (host: string, top: string) => ({
    pools: [pool(top)],
    datasets: [
      filesystem(top),
      encrypted(`${top}/home`),
      encrypted(`${top}/home/c`, { encryptionRoot: ds(`${top}/home`) }),
    ],
    snapshots: [
      ...snapshots(`${top}/home`, host === 'laptop' ? ['a', 'b'] : ['a'], 100),
      ...snapshots(
        `${top}/home/c`,
        ['a', 'b']
          .slice(0, host === 'laptop' ? 2 : 1)
          .map((name) => ({ label: name, guid: `9${name === 'a' ? 1 : 2}` })),
        100,
      ),
    ],
  });
  const planned = (request: RequestParts = {}) =>
    planOf({
      source: inventory('laptop', tree('laptop', 'tank')),
      destination: inventory('nas', tree('nas', 'backup')),
      request: { package: 'replication', ...request },
    });

  it('may have been sent raw or not: that is asked, and never guessed', () => {
    const finding = findingOf(planned(), 'raw-mixed');
    expect(finding.message).toContain('it is unknown whether earlier copies were sent raw');
    expect(finding.fixes.map(({ change }) => change?.raw)).toEqual(['yes', 'no', undefined]);
  });

  it('is updated raw once that is said', () => {
    const plan = planned({ raw: 'yes' });
    expect(plan.ready).toBe(true);
    expect(
      commandsOf(plan)
        .filter((words) => words.includes('send'))
        .every((words) => words.includes('-w')),
    ).toBe(true);
  });
});

describe('the key at the destination', () => {
  const lockedPool = { datasets: [encrypted('backup', locked)] };

  it.each<[string, ReturnType<typeof emptyNas>, string]>([
    ['a new copy', emptyNas(lockedPool), 'so nothing can be written below it.'],
    [
      'an update',
      nas(['a'], encrypted('backup/home', { ...locked, encryptionRoot: 'backup' })),
      'so nothing can be written to it.',
    ],
  ])('is needed for %s of plain data', (_what, destination, said) => {
    const plan = planOf({ source: laptop(['a', 'b']), destination });
    expect(plan.ready).toBe(false);
    const finding = findingOf(plan, 'destination-key-not-loaded');
    expect(finding.message).toContain(said);
    expect(finding.fixes).toMatchObject([{ command: { host: 'nas', argv: ['zfs', 'load-key', 'backup'] } }]);
  });

  it('is not needed for a raw copy, which brings its own, but for parents made above it', () => {
    const destination = emptyNas(lockedPool);
    expect(planOf({ source: secret(), destination }).ready).toBe(true);
    const deep = planOf({ source: secret(), destination, request: { to: 'backup/a/home' } });
    expect(deep.ready).toBe(false);
    expect(codesOf(deep)).toContain('destination-key-not-loaded');
  });
});

describe('raw as asked', () => {
  it('of plain data: noted, and without effect on encryption', () => {
    const plan = planOf({ source: laptop(['a']), destination: emptyNas(), request: { raw: 'yes' } });
    expect(plan.ready).toBe(true);
    expect(codesOf(plan)).toEqual(['raw-not-encrypted']);
  });

  it('of plain data into an encrypted place: ZFS refuses that', () => {
    const destination = emptyNas({ datasets: [encrypted('backup')] });
    const plan = planOf({ source: laptop(['a']), destination, request: { raw: 'yes' } });
    expect(plan.ready).toBe(false);
    expect(findingOf(plan, 'raw-into-encrypted').fixes).toMatchObject([{ change: { raw: 'auto' } }]);
  });

  it.each([zfsFuse, solaris])('of a ZFS that has no such option ($dialect): -w is never sent', (zfs) => {
    const plan = planOf({ source: laptop(['a'], { zfs }), destination: emptyNas(), request: { raw: 'yes' } });
    expect(plan.ready).toBe(false);
    expect(findingOf(plan, 'raw-not-possible').fixes).toMatchObject([{ change: { raw: 'auto' } }]);
    expect(commandsOf(plan).flat()).not.toContain('-w');
  });
});

describe('pool features', () => {
  const features = (changes: Record<string, 'disabled' | 'enabled' | 'active'>, name = 'backup') => [
    pool(name, { features: { ...pool(name).features, ...changes } }),
  ];

  it('encrypted data onto Solaris, which has no raw streams: decrypted if that is wanted', () => {
    const destination = emptyNas({ zfs: solaris, pools: [pool('backup', { features: {} })] });
    const scene = { source: laptop(['a'], { datasets: [encrypted('tank/home')] }), destination };
    expect(findingOf(planOf(scene), 'feature-missing')).toMatchObject({
      severity: 'blocks',
      fixes: [{ change: { raw: 'no' } }],
    });
    expect(planOf({ ...scene, request: { raw: 'no' } }).ready).toBe(true);
  });

  it('encrypted data into a pool that cannot hold it', () => {
    const plan = planOf({ source: secret(), destination: emptyNas({ pools: features({ encryption: 'disabled' }) }) });
    expect(plan.ready).toBe(false);
    expect(findingOf(plan, 'feature-missing').fixes[0]?.command?.argv).toEqual([
      'zpool',
      'set',
      'feature@encryption=enabled',
      'backup',
    ]);
  });

  it('what the source pool uses and the other has disabled is warned of', () => {
    const source = laptop(['a'], { pools: features({ large_dnode: 'active', large_blocks: 'active' }, 'tank') });
    const old = emptyNas({ pools: features({ large_dnode: 'disabled', large_blocks: 'disabled' }) });
    const plan = planOf({ source, destination: old });
    expect(plan.ready).toBe(true);
    expect(findingOf(plan, 'feature-may-be-missing').evidence.features).toEqual(['large_dnode']);
    const raw = planOf({ source, destination: old, request: { raw: 'yes' } });
    expect(findingOf(raw, 'feature-may-be-missing').evidence.features).toEqual(['large_dnode', 'large_blocks']);
  });

  it('one is “it”, two are “them”; pools that were not listed are not judged', () => {
    const source = laptop(['a'], { pools: features({ large_dnode: 'active', zstd_compress: 'active' }, 'tank') });
    const old = emptyNas({ pools: features({ large_dnode: 'disabled', zstd_compress: 'disabled' }) });
    const message = (raw: 'yes' | 'no') =>
      findingOf(planOf({ source, destination: old, request: { raw } }), 'feature-may-be-missing').message;
    expect(message('no')).toContain('If tank/home itself uses it,');
    expect(message('yes')).toContain('If tank/home itself uses them,');
    expect(codesOf(planOf({ source: laptop(['a'], { pools: [] }), destination: old }))).toEqual([]);
  });

  it('what is not in use, or not known of, is not', () => {
    const source = laptop(['a'], { datasets: [filesystem('tank/home')] });
    expect(
      codesOf(planOf({ source, destination: emptyNas({ pools: features({ large_dnode: 'disabled' }) }) })),
    ).toEqual([]);
    const unknown = emptyNas({ pools: [pool('backup', { features: {} })] });
    expect(codesOf(planOf({ source: secret(), destination: unknown }))).toEqual(['older-snapshots-stay']);
  });
});
