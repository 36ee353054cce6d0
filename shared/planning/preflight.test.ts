import { describe, expect, it } from 'vitest';
import type { Zfs } from '../model/inventory.ts';
import { checkPractice } from './preflight.ts';
import { checkReceiving } from './receiving.ts';
import {
  codesOf,
  commandsOf,
  decisionOf,
  ds,
  emptyNas,
  filesystem,
  findingOf,
  inventory,
  laptop,
  nas,
  openzfs,
  planOf,
  pool,
  request,
  snapshots,
  solaris,
  volume,
} from './testing/inventories.ts';

const source = laptop(['a', 'b']);

describe('Solaris on one side', () => {
  it.each<[string, Zfs, Zfs, string[]]>([
    ['sends', solaris, openzfs, ['solaris-source']],
    ['receives', openzfs, solaris, ['solaris-destination']],
    ['is on both sides', solaris, solaris, []],
  ])('%s: it is said that streams may be refused', (_what, from, to, expected) => {
    const plan = planOf({ source: laptop(['a'], { zfs: from }), destination: emptyNas({ zfs: to }) });
    expect(plan.ready).toBe(true);
    expect(codesOf(plan).filter((code) => code.startsWith('solaris'))).toEqual(expected);
  });
});

describe('what is sent along', () => {
  const both = inventory('nas', {
    pools: [pool('tank'), pool('backup')],
    datasets: [
      filesystem('tank'),
      filesystem('tank/a', { written: 5_000_000 }),
      filesystem('backup'),
      filesystem('backup/x'),
    ],
    snapshots: [...snapshots('tank/a', ['a'], 100), ...snapshots('backup/x', [{ label: 'x', guid: '77' }], 100)],
  });
  const along = (onDivergence: 'stop' | 'rollback') => {
    const { source, destination } = request({ from: 'backup/x', to: 'tank' });
    return planOf({
      source: both,
      destination: both,
      change: {
        onDivergence,
        source: { ...source, also: [ds('tank/a')] },
        destination: { ...destination, naming: 'without-pool' },
      },
    });
  };

  it.each(['stop', 'rollback'] as const)('is never its own copy (%s)', (onDivergence) => {
    const plan = along(onDivergence);
    expect(plan).toMatchObject({ ready: false, steps: [] });
    expect(codesOf(plan)).toContain('source-is-destination');
  });
});

describe('places on one host', () => {
  const both = inventory('nas', {
    pools: [pool('tank'), pool('backup')],
    datasets: [filesystem('tank'), filesystem('tank/home'), filesystem('backup')],
    snapshots: snapshots('tank/home', ['a']),
  });
  const onto = (to: string, destination = both) => planOf({ source: both, destination, request: { to } });

  it.each([
    ['tank/home', 'source-is-destination'],
    ['tank', 'destination-contains-source'],
  ])('onto %s: %s, whatever is said about divergence', (to, code) => {
    for (const onDivergence of ['stop', 'set-aside', 'rollback'] as const) {
      const plan = planOf({ source: both, destination: both, request: { to, onDivergence } });
      expect(plan).toMatchObject({ ready: false, steps: [], losses: [] });
      expect(codesOf(plan)).toEqual([code]);
    }
  });

  it('inside the source: a warning', () => {
    expect(onto('tank/home/copy')).toMatchObject({ ready: true });
    expect(findingOf(onto('tank/home/copy'), 'destination-within-source').severity).toBe('warns');
  });

  it('a name that only begins alike is another place', () => {
    expect(codesOf(onto('tank/home2'))).toEqual([]);
  });

  it('one computer under two names is found out by its pool', () => {
    const alias = { ...both, host: 'nas-by-address' };
    expect(codesOf(onto('tank/home', alias))).toEqual(['source-is-destination']);
    expect(findingOf(onto('tank/home', alias), 'source-is-destination').message).toContain('zpool reguid');
    expect(codesOf(onto('tank', alias))).toEqual(['destination-contains-source']);
    expect(codesOf(onto('backup/home', alias))).toEqual([]);
  });

  it('two computers with pools of the same name are two', () => {
    const other = inventory('other', {
      pools: [pool('tank', { guid: '5' })],
      datasets: [filesystem('tank'), filesystem('tank/home')],
      snapshots: snapshots('tank/home', ['x']),
    });
    expect(codesOf(onto('tank/home', other))).toEqual(['no-common-snapshot']);
    const untold = { ...other, pools: [pool('tank', { guid: null })] };
    expect(
      codesOf(
        planOf({
          source: { ...both, pools: [pool('tank', { guid: null })] },
          destination: untold,
          request: { to: 'tank/home' },
        }),
      ),
    ).toEqual(['no-common-snapshot']);
  });
});

describe('pools', () => {
  it.each(['FAULTED', 'UNAVAIL', 'SUSPENDED', 'REMOVED', 'OFFLINE'])('%s on either side: blocked', (health) => {
    const there = planOf({ source, destination: emptyNas({ pools: [pool('backup', { health })] }) });
    const here = planOf({ source: { ...source, pools: [pool('tank', { health })] }, destination: emptyNas() });
    for (const plan of [there, here]) {
      expect(plan).toMatchObject({ ready: false, steps: [] });
      expect(findingOf(plan, 'pool-not-available').evidence).toMatchObject({ health });
    }
  });

  it('DEGRADED: a warning', () => {
    const plan = planOf({ source, destination: emptyNas({ pools: [pool('backup', { health: 'DEGRADED' })] }) });
    expect(plan.ready).toBe(true);
    expect(findingOf(plan, 'pool-degraded').severity).toBe('warns');
  });

  it('read-only: sent from, not received into', () => {
    const readonly = { readonly: true };
    expect(planOf({ source: { ...source, pools: [pool('tank', readonly)] }, destination: emptyNas() }).ready).toBe(
      true,
    );
    const plan = planOf({ source, destination: emptyNas({ pools: [pool('backup', readonly)] }) });
    expect(codesOf(plan)).toEqual(['pool-read-only']);
  });

  it('missing: those that are there are offered', () => {
    const destination = emptyNas({ pools: [pool('backup'), pool('spare')] });
    const plan = planOf({ source, destination, request: { to: 'bakcup/home' } });
    expect(plan.ready).toBe(false);
    expect(findingOf(plan, 'no-such-pool').fixes.map(({ change }) => change?.destination)).toEqual([
      { host: 'nas', dataset: 'backup/home', naming: 'exact' },
      { host: 'nas', dataset: 'spare/home', naming: 'exact' },
    ]);
  });
});

describe('what goes on meanwhile', () => {
  const at = (clockAheadMs: number | null) => ({
    source: laptop(['a'], { clockAheadMs }),
    destination: emptyNas(),
  });
  it.each([
    [90_000, 'The clock of laptop is 2 minutes ahead of nas’s.'],
    [-7_200_000, 'The clock of nas is 2 hours ahead of laptop’s.'],
    [3 * 86_400_000, 'The clock of laptop is 3 days ahead of nas’s.'],
  ])('clocks that differ by %s ms are said', (ahead, sentence) => {
    const plan = planOf(at(ahead));
    expect(findingOf(plan, 'clocks-differ')).toMatchObject({ severity: 'notes' });
    expect(findingOf(plan, 'clocks-differ').message).toContain(sentence);
    expect(plan.ready).toBe(true);
  });

  it('clocks that are near, or not told, are not', () => {
    for (const ahead of [59_000, -59_000, null]) expect(codesOf(planOf(at(ahead)))).toEqual([]);
  });

  const underWay = (words: string) => {
    const { decisions } = decisionOf({ source, destination: emptyNas() });
    return checkReceiving(decisions, [{ pid: 7, words }]);
  };
  it('a stream that somebody else sends to the copy is said, and the run waits for it', () => {
    for (const words of ['-s -u backup/home', 'backup/home@x', '-F backup/home'])
      expect(underWay(words)).toMatchObject([
        { code: 'receive-under-way', severity: 'warns', dataset: 'tank/home', evidence: { pid: 7 } },
      ]);
    for (const words of ['backup/home2', 'backup/home/below', 'other/backup/home']) expect(underWay(words)).toEqual([]);
  });

  it('a copy that nothing is sent to does not mind', () => {
    const { decisions } = decisionOf({ source, destination: nas(['a', 'b']) });
    expect(checkReceiving(decisions, [{ pid: 7, words: 'backup/home' }])).toEqual([]);
  });
});

describe('parents', () => {
  it('below a volume nothing can be received', () => {
    const destination = emptyNas({ datasets: [filesystem('backup'), volume('backup/vol')] });
    for (const to of ['backup/vol/home', 'backup/vol/a/home']) {
      const plan = planOf({ source, destination, request: { to } });
      expect(plan.ready).toBe(false);
      expect(findingOf(plan, 'parent-not-filesystem').evidence).toEqual({ parent: 'backup/vol' });
    }
  });
});

it('a volume and a filesystem do not go onto each other', () => {
  const plan = planOf({ source, destination: nas(['a'], volume('backup/home')) });
  expect(findingOf(plan, 'kind-differs').evidence).toEqual({ source: 'filesystem', destination: 'volume' });
});

describe('older snapshots', () => {
  const message = (count: number, there: readonly string[]) =>
    findingOf(
      planOf({
        source: laptop(['a', 'b', 'c', 'd'].slice(0, count)),
        destination: there.length === 0 ? emptyNas() : nas(there),
        request: { intermediates: false },
      }),
      'older-snapshots-stay',
    ).message;

  it('are counted in words', () => {
    expect(message(2, [])).toMatch(/^1 older snapshot stays at the source only: a full copy/);
    expect(message(3, [])).toMatch(/^2 older snapshots stay /);
    expect(message(3, ['a'])).toBe('1 snapshot stays at the source only: the stream skips it.');
    expect(message(4, ['a'])).toMatch(/^2 snapshots stay at the source only: the stream/);
  });
});

describe('names', () => {
  it('too long together with the snapshot’s: said before anything is sent', () => {
    const to = `backup/${'n'.repeat(240)}`;
    const long = laptop(['a', 'a-longer-one']);
    const plan = planOf({ source: long, destination: emptyNas(), request: { to } });
    expect(plan.ready).toBe(false);
    expect(findingOf(plan, 'name-too-long').evidence.names).toEqual([`${to}@a-longer-one`]);
    expect(planOf({ source: long, destination: emptyNas(), request: { to, snapshot: 'a' } }).ready).toBe(true);
    // 255 are allowed.
    const length = (last: number) => `backup/${'n'.repeat(last)}@a`.length;
    const ready = (last: number) =>
      planOf({ source, destination: emptyNas(), request: { to: `backup/${'n'.repeat(last)}`, snapshot: 'a' } }).ready;
    expect([length(246), ready(246)]).toEqual([255, true]);
    expect([length(247), ready(247)]).toEqual([256, false]);
  });

  it('tags of holds stay within 255 bytes and apart from each other', () => {
    const tags = (last: string) =>
      commandsOf(
        planOf({ source, destination: emptyNas(), request: { to: `backup/${'n'.repeat(238)}${last}` } }),
      ).flatMap((words) => (words[2] === 'hold' && words[0] === 'laptop' ? [words[3] ?? ''] : []));
    const [one = '', two = ''] = [...tags('a'), ...tags('b')];
    expect(one.length).toBeLessThanOrEqual(255);
    expect(one).toMatch(/^sluice:to:backup\/nnn/);
    expect(one).not.toBe(two);
    expect(tags('a')).toEqual([one]);
  });
});

it('practice hosts and real ones are never mixed', () => {
  const [real, practice] = [{ practice: false }, { practice: true }];
  expect(checkPractice(real, real)).toEqual([]);
  expect(checkPractice(practice, practice)).toEqual([]);
  expect(checkPractice(real, practice)).toMatchObject([{ code: 'practice-and-real', severity: 'blocks' }]);
  expect(checkPractice(practice, real)).toMatchObject([{ code: 'practice-and-real', severity: 'blocks' }]);
});

it('a filter that cannot be used blocks, and without it the plan is made', () => {
  const filter = { include: [{ kind: 'regex' as const, regex: '(' }], exclude: [], since: null, until: null };
  const scene = { source: laptop(['a']), destination: emptyNas() };
  const blocked = planOf({ ...scene, request: { filter } });
  expect(blocked.ready).toBe(false);
  expect(findingOf(blocked, 'filter-unusable').fixes[0]?.change).toEqual({ filter: null });
  expect(planOf({ ...scene, request: { filter: null } }).ready).toBe(true);
});
