import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Inventory } from '../model/inventory.ts';
import { ancestorsOf, type DatasetName } from '../model/names.ts';
import { decidePackage } from './package/decide-package.ts';
import { restsOnPlaces } from './rests-on-places.ts';
import { planIn, type World, worlds } from './testing/worlds.ts';

/** What a reading of one dataset alone tells: it, and what it lies in. */
function near(inventory: Inventory, place: DatasetName): Inventory {
  const seen = new Set([place, ...ancestorsOf(place)]);
  const own = ({ name }: { readonly name: string }) => name.startsWith(`${place}@`) || name.startsWith(`${place}#`);
  return {
    ...inventory,
    datasets: inventory.datasets.filter(({ name }) => seen.has(name)),
    snapshots: inventory.snapshots.filter(own),
    bookmarks: inventory.bookmarks.filter(own),
  };
}

const nearWorld = (world: World): World => ({
  ...world,
  source: near(world.source, world.request.source.dataset),
  destination: near(world.destination, world.request.destination.dataset),
});

const rests = ({ request, source, destination, changes }: World): boolean =>
  restsOnPlaces(decidePackage({ request, source, destination }, () => changes));

describe('a plan that rests on its places', () => {
  it('is the same when all other datasets are known', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const small = nearWorld(world);
        if (!rests(small)) return true;
        const plan = planIn(small);
        if (!plan.ready) return true;
        expect(plan).toEqual(planIn(world));
        return true;
      }),
      { numRuns: 2000 },
    );
  });

  it('is what updates are, and no other', () => {
    const found = fc.sample(worlds, { numRuns: 2000, seed: 1 }).map(nearWorld);
    const plain = found.filter(rests);
    expect(plain.length).toBeGreaterThan(200);
    expect(plain.length).toBeLessThan(1500);
    for (const plan of plain.map(planIn)) {
      expect(plan.losses).toEqual([]);
      expect(plan.members.map(({ state }) => state)).not.toContain('new');
    }
  });
});
