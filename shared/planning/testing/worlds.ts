/** Random worlds for property tests: two hosts, a request, and what they answer. */
import fc from 'fast-check';
import type { Bookmark, Dataset, Inventory, PartialReceive, Snapshot, Zfs } from '../../model/inventory.ts';
import {
  type BaseChoice,
  defaultOptions,
  plainSource,
  type ReplicationRequest,
  RequestSchema,
} from '../../model/request.ts';
import { assemble, type PlannedPlan } from '../assemble.ts';
import type { Changes } from '../divergence.ts';
import { decidePackage } from '../package/decide-package.ts';
import type { Measured } from '../sizes.ts';
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
} from './inventories.ts';

/** Two hosts, a request and what they answered: anything that could be met, and some that could not. */
export interface World {
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

/** The dataset that is sent. */
export const FROM = 'tank/home';

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

export const worlds: fc.Arbitrary<World> = fc
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

export function planIn({ request, source, destination, changes, measured }: World): PlannedPlan {
  const decided = decidePackage({ request, source, destination }, () => changes);
  return assemble(
    decided,
    decided.decisions.flatMap(({ sends }) => sends.map(() => measured)),
  );
}
