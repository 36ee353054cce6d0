/** What a step of a plan would destroy if it were done now. */
import type { Inventory } from '../model/inventory.ts';
import type { Loss, Step } from '../model/plan.ts';
import { youngerThan } from './by-age.ts';
import { discardLoss } from './decide.ts';
import { rollBackLosses } from './divergence.ts';
import { datasetNamed } from './ends.ts';
import { ownSnapshots } from './own-snapshots.ts';

/**
 * @param now the step's copy as it was listed just now
 * @returns nothing for a step that destroys nothing, or that ZFS itself refuses since what it is about is gone
 */
export function stepLosses({ kind, copy, commands }: Step, now: Inventory): Loss[] {
  const target = copy === null ? null : datasetNamed(now, copy);
  if (target === null) return [];
  if (kind === 'discard-partial')
    return target.partial === null && target.undecodedToken === null ? [] : [discardLoss(target)];
  if (kind !== 'roll-back') return [];
  const snapshots = ownSnapshots(now, target.name);
  const base = snapshots.find(({ name }) => name === commands[0]?.argv.at(-1));
  return base === undefined ? [] : rollBackLosses(now, target, youngerThan(snapshots, base), base);
}
