import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ds, filesystem, inventory, pool, snap, snapshots } from '../testing/inventories.ts';
import { worlds } from '../testing/worlds.ts';
import { previewPackages } from './preview.ts';

/** A clone below `tank/b` whose origin lies beside it. */
const source = inventory('laptop', {
  pools: [pool('tank')],
  datasets: [
    filesystem('tank'),
    filesystem('tank/a'),
    filesystem('tank/b'),
    filesystem('tank/b/clone', { origin: snap('tank/a@0') }),
  ],
  snapshots: [
    ...snapshots('tank/a', [{ label: '0', guid: '10' }], 90),
    ...['tank/b', 'tank/b/clone'].flatMap((name, at) =>
      snapshots(
        name,
        ['1', '2'].map((label) => ({ label, guid: `${label}${at}` })),
        100,
      ),
    ),
  ],
});
const chosen = { dataset: ds('tank/b'), also: [], exclude: [], snapshot: null, take: false };

it('tells each kind of package as a first copy would be planned, without a destination', () => {
  const outside =
    'tank/b/clone is a clone of tank/a@0, which is not in this package: it can only be copied to where that already exists.';
  const told = previewPackages(source, chosen).map(({ streams, datasets, blocked, ...one }) => ({
    kind: one.package,
    streams: streams.map(({ type, snapshot, from }) => `${type} ${snapshot}${from === null ? '' : ` from ${from}`}`),
    datasets,
    blocked,
  }));
  expect(told).toEqual([
    { kind: 'single', streams: ['full tank/b@2'], datasets: 1, blocked: null },
    {
      kind: 'replication',
      streams: ['full tank/b@1', 'incr tank/b@2 from tank/b@1'],
      datasets: 2,
      blocked: outside,
    },
    { kind: 'recursive', streams: ['full tank/b@2'], datasets: 2, blocked: outside },
    { kind: 'self-contained', streams: ['full tank/b@2', 'full tank/b/clone@2'], datasets: 2, blocked: null },
  ]);
});

it('says nothing of the destination that it was planned against', () => {
  fc.assert(
    fc.property(worlds, ({ request, source: host }) => {
      const said = previewPackages(host, request.source).map(({ blocked }) => blocked ?? '');
      expect(said.join('\n')).not.toMatch(/preview|copy\/of/);
    }),
  );
});

it('shows the first streams of many, and counts them all', () => {
  const labels = Array.from({ length: 60 }, (_, at) => ({ label: `s${at}`, guid: `${1000 + at}` }));
  const long = inventory('laptop', {
    pools: [pool('tank')],
    datasets: [filesystem('tank'), filesystem('tank/b')],
    snapshots: snapshots('tank/b', labels, 100),
  });
  const replication = previewPackages(long, chosen).find((one) => one.package === 'replication');
  expect(replication).toMatchObject({ count: 60, datasets: 1, blocked: null });
  expect(replication?.streams).toHaveLength(40);
});
