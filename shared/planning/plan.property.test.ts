import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bookmark, Dataset, Inventory, PartialReceive, Snapshot, Zfs } from '../model/inventory.ts';
import { type Command, PlanSchema } from '../model/plan.ts';
import {
  type BaseChoice,
  defaultOptions,
  plainSource,
  type ReplicationRequest,
  RequestSchema,
} from '../model/request.ts';
import { assemble, type PlannedPlan } from './assemble.ts';
import type { Changes } from './divergence.ts';
import { decidePackage } from './package/decide-package.ts';
import type { Measured } from './sizes.ts';
import {
  bookmark,
  ds,
  encrypted,
  filesystem,
  inventory,
  label,
  openzfs,
  partial,
  pool,
  snapshots,
  solaris,
  volume,
  zfsFuse,
} from './testing/inventories.ts';

/** Two hosts, a request and what they answered: anything that could be met, and some that could not. */
interface World {
  readonly request: ReplicationRequest;
  readonly source: Inventory;
  readonly destination: Inventory;
  readonly changes: Changes | null;
  readonly measured: Measured | null;
}

/** Mostly null. */
const seldom = <T>(arbitrary: fc.Arbitrary<T>) => fc.oneof({ arbitrary: fc.constant(null), weight: 5 }, arbitrary);
const rarely = <T>(value: T, usual: T) => fc.oneof({ arbitrary: fc.constant(usual), weight: 20 }, fc.constant(value));

/** One point of the source's history, and what is left of it on both sides. */
const point = fc.record({
  source: fc.constantFrom('snapshot', 'snapshot', 'snapshot', 'bookmark', 'both', 'gone'),
  destination: fc.boolean(),
  /** Bookmarked at the destination. */
  mark: rarely(true, false),
  holds: fc.record({ source: rarely(1, 0), destination: rarely(1, 0) }),
  /** A snapshot that only the destination has, taken after this one; sometimes under a name the source uses too. */
  local: rarely<string | null>('mine', null).chain((one) =>
    one === null ? fc.constant(null) : fc.constantFrom('mine', 'namesake'),
  ),
});
type Point = typeof point extends fc.Arbitrary<infer T> ? T : never;

const FROM = 'tank/home';

function historyOf(points: readonly Point[], target: string) {
  const source: Snapshot[] = [];
  const bookmarks: Bookmark[] = [];
  const destination: Snapshot[] = [];
  const marks: Bookmark[] = [];
  points.forEach((one, at) => {
    const name = `s${at}`;
    const own = snapshots(FROM, [{ label: name, holds: one.holds.source }], 100 + at * 10);
    if (one.source === 'snapshot' || one.source === 'both') source.push(...own);
    if (one.source === 'bookmark' || one.source === 'both')
      bookmarks.push(bookmark(`${FROM}#${name}`, { createtxg: 100 + at * 10 }));
    if (one.destination)
      destination.push(...snapshots(target, [{ label: name, holds: one.holds.destination }], 7000 + at * 10));
    if (one.mark) marks.push(bookmark(`${target}#s${at}`, { createtxg: 7000 + at * 10 }));
    if (one.local === null) return;
    const free = one.local === 'namesake' && points[at + 1]?.destination === false ? `s${at + 1}` : `mine${at}`;
    destination.push(...snapshots(target, [{ label: free, guid: `9${at}`, holds: 0 }], 7005 + at * 10));
  });
  return { source, bookmarks, destination, marks };
}

const kinds = { filesystem, volume, encrypted } as const;

const kind = fc.oneof(
  { arbitrary: fc.constant('filesystem' as const), weight: 6 },
  fc.constantFrom('volume' as const, 'encrypted' as const),
);

const targetArbitrary = fc.record({
  kind,
  written: fc.constantFrom(0, 0, 0, 13312, null),
  keyStatus: rarely('unavailable', 'available'),
  partial: seldom(
    fc.record({
      to: fc.nat(6),
      from: fc.option(fc.nat(6)),
      bytes: fc.nat(1_000_000),
      raw: fc.boolean(),
      decoded: rarely(false, true),
    }),
  ),
});

const baseArbitrary: fc.Arbitrary<BaseChoice> = fc.oneof(
  { arbitrary: fc.constant({ kind: 'auto' as const }), weight: 15 },
  fc.constant({ kind: 'none' as const }),
  fc.nat(6).map((at) => ({ kind: 'snapshot' as const, label: label(`s${at}`) })),
  fc.nat(6).map((at) => ({ kind: 'bookmark' as const, label: label(`s${at}`) })),
);

const optionsArbitrary = fc.record({
  snapshot: seldom(fc.nat(6).map((at) => label(`s${at}`))),
  base: baseArbitrary,
  intermediates: fc.boolean(),
  onDivergence: fc.constantFrom<ReplicationRequest['onDivergence'][]>('stop', 'set-aside', 'rollback'),
  partial: fc.constantFrom<ReplicationRequest['partial'][]>('keep', 'discard'),
  receive: fc.record({
    readonly: fc.constantFrom<ReplicationRequest['receive']['readonly'][]>('on', 'off', 'leave'),
    mount: fc.boolean(),
    set: fc.constant([]),
    skip: fc.constant([]),
  }),
  raw: fc.constantFrom<ReplicationRequest['raw'][]>('auto', 'yes', 'no'),
});

const dialects: [Zfs, Zfs][] = [
  [openzfs, openzfs],
  [openzfs, openzfs],
  [openzfs, openzfs],
  [openzfs, openzfs],
  [openzfs, openzfs],
  [openzfs, openzfs],
  [zfsFuse, zfsFuse],
  [zfsFuse, openzfs],
  [solaris, openzfs],
  [openzfs, zfsFuse],
];

function datasetOf(kind: keyof typeof kinds, name: string, parts: Partial<Dataset>): Dataset {
  return kinds[kind](name, kind === 'encrypted' ? parts : { ...parts, keyStatus: null });
}

function partialOf(
  spec: NonNullable<(typeof targetArbitrary extends fc.Arbitrary<infer T> ? T : never)['partial']>,
): Partial<Dataset> {
  if (!spec.decoded) return { undecodedToken: '1-unreadable' };
  const parts: Partial<PartialReceive> = { bytes: spec.bytes, raw: spec.raw };
  return { partial: partial(`${FROM}@s${spec.to}`, spec.from === null ? null : `s${spec.from}`, parts) };
}

const world: fc.Arbitrary<World> = fc
  .record({
    points: fc.oneof(
      { arbitrary: fc.array(point, { minLength: 2, maxLength: 7, size: 'max' }), weight: 12 },
      fc.array(point, { maxLength: 1 }),
    ),
    to: fc.constantFrom(
      ...Array<string>(14).fill('backup/home'),
      'backup/a/b/home',
      'backup',
      'elsewhere/home',
      FROM,
      'tank',
      'tank/home/copy',
    ),
    sameHost: rarely(true, false),
    target: fc.option(targetArbitrary, { freq: 4 }),
    sourceKind: kind,
    sourceKey: rarely('unavailable', 'available'),
    zfs: fc.constantFrom(...dialects),
    health: rarely('SUSPENDED', 'ONLINE'),
    readonly: rarely(true, false),
    available: rarely(1000, 5e11),
    taken: fc.subarray(['backup/home-2', 'backup/home-old-2026-11-21', 'backup/a']),
    clone: rarely(true, false),
    options: optionsArbitrary,
    measured: fc.option(fc.record({ total: fc.option(fc.nat(1e9)), parts: fc.array(fc.option(fc.nat(1e9))) })),
    elevation: fc.constantFrom<string[][]>([], ['sudo', '-n']),
  })
  .map((parts): World => {
    const { points, to, target } = parts;
    const history = historyOf(points, to);
    const zfs = { source: parts.zfs[0], destination: parts.sameHost ? parts.zfs[0] : parts.zfs[1] };
    const from = datasetOf(parts.sourceKind, FROM, { keyStatus: parts.sourceKey });
    const pools = [
      pool('tank', { features: zfs.source === zfsFuse ? {} : pool('tank').features }),
      pool('backup', { health: parts.health, readonly: parts.readonly }),
    ];
    const rows: Dataset[] = [filesystem('tank'), from, filesystem('backup', { available: parts.available })];
    if (target !== null && !rows.some((row) => row.name === to)) {
      rows.push(
        datasetOf(target.kind, to, {
          written: target.written,
          keyStatus: target.keyStatus,
          available: parts.available,
          ...(target.partial === null ? {} : partialOf(target.partial)),
        }),
      );
    }
    rows.push(...parts.taken.map((name) => filesystem(name)));
    const there = target === null ? [] : history.destination;
    const newest = there.at(-1);
    if (parts.clone && newest !== undefined) rows.push(filesystem('backup/clone', { origin: newest.name }));
    const source = inventory('laptop', {
      zfs: zfs.source,
      pools,
      datasets: rows,
      snapshots: [...history.source, ...(parts.sameHost && to !== FROM ? there : [])],
      bookmarks: zfs.source.capabilities.bookmarks ? history.bookmarks : [],
      elevation: parts.elevation,
    });
    const destination = parts.sameHost
      ? source
      : inventory('nas', {
          zfs: zfs.destination,
          pools: [...pools.slice(1), pool('tank', { guid: '7' })],
          datasets: rows.filter((row) => row.name === 'tank' || !row.name.startsWith('tank') || row.name === to),
          snapshots: there,
          bookmarks: zfs.destination.capabilities.bookmarks && target !== null ? history.marks : [],
          elevation: parts.elevation,
        });
    const request = RequestSchema.parse({
      ...defaultOptions,
      ...parts.options,
      source: { ...plainSource, host: source.host, dataset: FROM, snapshot: parts.options.snapshot },
      destination: { host: destination.host, dataset: ds(to), naming: 'exact' },
      limit: null,
    });
    return { request, source, destination, changes: null, measured: parts.measured };
  });

function planIn({ request, source, destination, changes, measured }: World): PlannedPlan {
  const decided = decidePackage({ request, source, destination }, () => changes);
  return assemble(
    decided,
    decided.decisions.flatMap(({ sends }) => sends.map(() => measured)),
  );
}

/** Checks all plans that can be started. */
const ready = (check: (plan: PlannedPlan, world: World) => void) =>
  fc.assert(
    fc.property(world, (given) => {
      const plan = planIn(given);
      if (plan.ready) check(plan, given);
    }),
    { numRuns: 1500 },
  );

const kindsOf = (plan: PlannedPlan) => plan.steps.map((step) => step.kind);
const commandsIn = (plan: PlannedPlan) => plan.steps.flatMap((step) => step.commands);
/** What a command does, without what stands before zfs. */
const verbOf = (command: Command) => command.argv.slice(command.argv.indexOf('zfs') + 1);

describe('whatever is met', { timeout: 60_000 }, () => {
  it('the worlds are neither all blocked nor all alike', () => {
    const plans = fc.sample(world, { numRuns: 2000, seed: 1 }).map(planIn);
    const share = (test: (plan: PlannedPlan) => boolean) => plans.filter((plan) => plan.ready && test(plan)).length;
    expect(share((plan) => plan.streams.length > 0)).toBeGreaterThan(300);
    expect(share((plan) => plan.streams.length > 1)).toBeGreaterThan(20);
    expect(share((plan) => plan.streams[0]?.type === 'incr')).toBeGreaterThan(60);
    expect(share((plan) => plan.streams.some((stream) => stream.alreadyReceived > 0))).toBeGreaterThan(2);
    expect(share((plan) => kindsOf(plan).includes('roll-back'))).toBeGreaterThan(20);
    expect(share((plan) => kindsOf(plan).includes('set-aside'))).toBeGreaterThan(20);
    expect(share((plan) => kindsOf(plan).includes('discard-partial'))).toBeGreaterThan(5);
    expect(new Set(plans.flatMap((plan) => plan.findings.map(({ code }) => code))).size).toBeGreaterThan(25);
  });

  it('a plan is what its schema says', () => {
    fc.assert(
      fc.property(world, (given) => {
        const plan = planIn(given);
        expect(PlanSchema.parse(plan)).toEqual(plan);
      }),
      { numRuns: 500 },
    );
  });

  it('planning twice gives the same, and changes nothing it was given', () => {
    fc.assert(
      fc.property(world, (given) => {
        const before = structuredClone(given);
        const first = planIn(given);
        expect(planIn(before)).toEqual(first);
        expect(given).toEqual(before);
      }),
      { numRuns: 500 },
    );
  });

  it('what is blocked says why, and what is ready does not say that it is blocked', () => {
    fc.assert(
      fc.property(world, (given) => {
        const plan = planIn(given);
        expect(plan.ready).toBe(plan.findings.every(({ severity }) => severity !== 'blocks'));
        const order = plan.findings.map(({ severity }) => ['blocks', 'warns', 'notes'].indexOf(severity));
        expect(order).toEqual(order.toSorted());
        expect(new Set(plan.findings.map(({ code }) => code)).size).toBe(plan.findings.length);
      }),
      { numRuns: 1000 },
    );
  });

  it('offers the safe way first and the one that loses data last', () => {
    fc.assert(
      fc.property(world, (given) => {
        for (const finding of planIn(given).findings) {
          const losing = finding.fixes.map((fix) => fix.destructive);
          expect(losing).toEqual(losing.toSorted());
          for (const fix of finding.fixes) expect(fix.change === undefined).not.toBe(fix.command === undefined);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('a way out that is taken is a request like any other, and is not answered by the same finding', () => {
    fc.assert(
      fc.property(world, (given) => {
        for (const finding of planIn(given).findings) {
          if (finding.severity !== 'blocks') continue;
          for (const { change } of finding.fixes) {
            if (change === undefined) continue;
            const request = RequestSchema.parse({ ...given.request, ...change });
            const next = planIn({ ...given, request });
            const same = next.findings.find(({ code, severity }) => severity === 'blocks' && code === finding.code);
            expect(same, `${finding.code}: ${JSON.stringify(change)}`).toBeUndefined();
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('every command is zfs with a verb of ours, never with -F, -f or -R', () => {
    ready((plan, { source, destination }) => {
      for (const command of commandsIn(plan)) {
        const end = [source, destination].find(({ host }) => host === command.host);
        expect(command.argv.slice(0, end?.elevation.length)).toEqual(end?.elevation);
        expect(command.argv[end?.elevation.length ?? 0]).toBe('zfs');
        const [verb, ...rest] = verbOf(command);
        expect([
          'send',
          'receive',
          'rename',
          'rollback',
          'create',
          'hold',
          'release',
          'bookmark',
          'set',
          'list',
          'get',
        ]).toContain(verb);
        if (verb !== 'list' && verb !== 'get')
          expect(rest.filter((word) => /^-[A-Za-z]*[FfRd]/.test(word))).toEqual([]);
      }
    });
  });

  it('nothing is destroyed that is not among the losses, and what is lost is destroyed by a step', () => {
    ready((plan, { destination }) => {
      const target = plan.target;
      const lost = (what: string) => plan.losses.filter((loss) => loss.what === what).map(({ name }) => name as string);
      const destructive = plan.steps.filter((step) => step.destructive).map(({ kind }) => kind);
      const verbs = plan.steps.flatMap((step) => step.commands.map((command) => [step, verbOf(command)] as const));
      for (const [step, [verb, ...rest]] of verbs) {
        if (verb === 'rollback' || (verb === 'receive' && rest.includes('-A'))) expect(step.destructive).toBe(true);
        if (verb !== 'rollback') continue;
        const base = destination.snapshots.find((one) => one.name === rest.at(-1));
        const doomed = [...destination.snapshots, ...destination.bookmarks].filter(
          (one) => /^[^@#]*/.exec(one.name)?.[0] === target && one.createtxg > (base?.createtxg ?? 0),
        );
        expect([...lost('snapshot'), ...lost('bookmark')].toSorted()).toEqual(
          doomed.map(({ name }) => name as string).toSorted(),
        );
        const written = destination.datasets.find(({ name }) => name === target)?.written;
        expect(lost('changes')).toEqual(written === 0 ? [] : [target]);
      }
      expect(destructive.includes('discard-partial')).toBe(lost('partial').length > 0);
      expect(destructive.includes('roll-back')).toBe(
        lost('snapshot').length + lost('bookmark').length + lost('changes').length > 0,
      );
    });
  });

  it('nothing that is held or cloned is rolled away', () => {
    ready((plan, { destination }) => {
      const doomed = new Set<string>(plan.losses.flatMap((loss) => (loss.what === 'snapshot' ? [loss.name] : [])));
      expect(destination.snapshots.filter((one) => doomed.has(one.name) && (one.holds ?? 0) > 0)).toEqual([]);
      expect(destination.datasets.filter(({ origin }) => origin !== null && doomed.has(origin))).toEqual([]);
    });
  });

  it('steps come in an order that can work', () => {
    ready((plan) => {
      const order = [
        'discard-partial',
        'set-aside',
        'roll-back',
        'create-parent',
        'hold',
        'send-receive',
        'set-property',
      ];
      const before = kindsOf(plan).slice(0, kindsOf(plan).lastIndexOf('send-receive') + 1);
      const ranks = before.map((one) => order.indexOf(one));
      expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
      const parents = plan.steps.flatMap((step) =>
        step.kind === 'create-parent' ? [step.commands[0]?.argv.at(-1)] : [],
      );
      expect(parents).toEqual(parents.toSorted());
      if (plan.steps.length > 0) expect(kindsOf(plan).at(-1)).toBe('verify');
      const releases = kindsOf(plan).indexOf('release');
      if (releases >= 0) expect(releases).toBeGreaterThan(kindsOf(plan).lastIndexOf('hold'));
    });
  });

  it('streams go to the name asked for, chain, and end with the snapshot asked for', () => {
    ready((plan, { request, source, destination }) => {
      plan.streams.forEach((stream, at) => {
        const earlier = plan.streams[at - 1];
        expect(stream.target).toBe(request.destination.dataset);
        expect(stream.type === 'full').toBe(stream.fromGuid === null);
        if (earlier !== undefined) expect([stream.from, stream.fromGuid]).toEqual([earlier.snapshot, earlier.guid]);
        expect(source.snapshots.some(({ name, guid }) => name === stream.snapshot && guid === stream.guid)).toBe(true);
      });
      const [first] = plan.streams;
      if (first === undefined) return;
      const wanted = request.source.snapshot;
      const own = source.snapshots.filter(({ name }) => name.startsWith(`${FROM}@`));
      const goal = wanted === null ? own.at(-1)?.name : `${FROM}@${wanted}`;
      expect(plan.streams.at(-1)?.snapshot).toBe(goal);
      // An incremental never goes to a name without the base: zfs-fuse would receive it into another dataset.
      const there = destination.snapshots.filter(({ name }) => name.startsWith(`${request.destination.dataset}@`));
      if (first.fromGuid !== null) expect(there.map(({ guid }) => guid)).toContain(first.fromGuid);
    });
  });

  it('an incremental starts from what will be the destination’s newest snapshot', () => {
    ready((plan, { destination }) => {
      const [first] = plan.streams;
      if (first === undefined || first.fromGuid === null) return;
      const doomed = new Set<string>(plan.losses.map(({ name }) => name));
      const left = destination.snapshots.filter(({ name }) => name.startsWith(`${plan.target}@`) && !doomed.has(name));
      expect(left.at(-1)?.guid).toBe(first.fromGuid);
    });
  });

  it('a full stream goes to a free name, or to one that is made free, or goes on with what is half there', () => {
    ready((plan, { destination }) => {
      if (plan.streams[0]?.type !== 'full') return;
      const taken = destination.datasets.some(({ name }) => name === plan.target);
      const freed = kindsOf(plan).some((one) => one === 'set-aside' || one === 'discard-partial');
      const resumed = commandsIn(plan).some((command) => verbOf(command)[1] === '-t');
      expect(taken).toBe(freed || resumed);
    });
  });

  it('a copy that can simply be added to is never set aside', () => {
    ready((plan, given) => {
      if (!kindsOf(plan).includes('set-aside')) return;
      const plain = planIn({ ...given, request: { ...given.request, onDivergence: 'stop' } });
      expect(plain.ready).toBe(false);
    });
  });

  it('what a send needs is held before it, and only our newest hold is left', () => {
    ready((plan, { source }) => {
      if (!source.zfs.capabilities.holds || plan.streams.length === 0) return;
      const words = plan.steps.map((step) => step.commands.map((command) => [command.host, ...verbOf(command)]));
      const firstSend = kindsOf(plan).indexOf('send-receive');
      const ofSource = (steps: typeof words, verb: string) =>
        steps.flat().filter((one) => one[0] === source.host && one[1] === verb && one[3]?.startsWith(`${FROM}@`));
      const held = ofSource(words.slice(0, firstSend), 'hold');
      const released = ofSource(words.slice(firstSend), 'release');
      const goal = plan.streams.at(-1)?.snapshot;
      expect(held.map((one) => one.at(-1))).toContain(goal);
      const left = held.map((one) => one.at(-1)).filter((name) => !released.some((one) => one.at(-1) === name));
      expect(left).toEqual([goal]);
      expect(new Set([...held, ...released].map((one) => one[2])).size).toBe(1);
    });
  });

  it('a copy is not mounted, and cannot be written, unless that was asked for', () => {
    ready((plan, { request, destination }) => {
      for (const step of plan.steps.filter(({ kind: one }) => one === 'send-receive')) {
        const words = verbOf(step.commands[1] ?? { host: '', argv: [] });
        expect(words.includes('-u')).toBe(!request.receive.mount);
        if (plan.streams[0]?.type !== 'full' || step !== plan.steps.find(({ kind: one }) => one === 'send-receive'))
          continue;
        const later = plan.steps.flatMap((one) => (one.kind === 'set-property' ? one.commands.flatMap(verbOf) : []));
        const properties = destination.zfs.dialect === 'legacy' ? later : words;
        expect(properties.includes('readonly=on')).toBe(request.receive.readonly === 'on');
      }
    });
  });
});
