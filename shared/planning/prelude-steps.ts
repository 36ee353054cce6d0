/** The steps that change the destination before a stream can come. */

import type { Snapshot } from '../model/inventory.ts';
import { type DatasetName, labelOf } from '../model/names.ts';
import type { Step } from '../model/plan.ts';
import * as zfs from '../zfs/commands.ts';
import type { Decision } from './decision.ts';
import { datasetNamed, type Ends } from './ends.ts';
import type { Flags } from './flags.ts';
import { releaseForRollBack } from './guard-steps.ts';
import { step } from './step.ts';

/** Removes what is in the way at the copy's name. */
export const clearingSteps = (decision: Decision): Step[] => {
  const { ends, prelude } = decision;
  return [
    ...(prelude.discard === null ? [] : [discardStep(ends)]),
    ...(prelude.setAside === null ? [] : [setAsideStep(ends, prelude.setAside)]),
    ...releaseForRollBack(decision),
    ...(prelude.rollBackTo === null ? [] : [rollBackStep(ends, prelude.rollBackTo)]),
  ];
};

/** @param which of the missing parents are made now; topmost first */
export const createParentSteps = (
  { ends, prelude }: Decision,
  flags: Flags,
  which: (parent: DatasetName) => boolean,
): Step[] => prelude.createParents.filter(which).map((parent) => createParentStep(ends, parent, flags));

function discardStep({ request, destination }: Ends): Step {
  const target = request.destination.dataset;
  return step({
    kind: 'discard-partial',
    host: destination.host,
    title: `Discard the half-received stream of ${target}`,
    commands: [zfs.abortReceive(destination, target)],
    destructive: true,
    copy: target,
  });
}

function setAsideStep({ request, destination }: Ends, aside: DatasetName): Step {
  const target = request.destination.dataset;
  const moves = datasetNamed(destination, target)?.guid;
  return step({
    kind: 'set-aside',
    host: destination.host,
    title: `Rename ${target} to ${aside}`,
    commands: [zfs.rename(destination, target, aside)],
    copy: target,
    ...(moves === undefined ? {} : { moves }),
  });
}

function rollBackStep({ request, destination }: Ends, to: Snapshot): Step {
  return step({
    kind: 'roll-back',
    host: destination.host,
    title: `Roll ${request.destination.dataset} back to ${labelOf(to.name)}`,
    commands: [zfs.rollback(destination, to.name)],
    destructive: true,
    copy: request.destination.dataset,
  });
}

function createParentStep({ request, destination }: Ends, parent: DatasetName, flags: Flags): Step {
  const properties = [
    ...(destination.zfs.dialect === 'legacy' ? [] : [['canmount', 'off'] as const]),
    ...(flags.receive.set.some(([name, value]) => name === 'readonly' && value === 'on')
      ? [['readonly', 'on'] as const]
      : []),
  ];
  return step({
    kind: 'create-parent',
    host: destination.host,
    title: `Create ${parent}`,
    commands: [zfs.createParent(destination, parent, properties)],
    copy: request.destination.dataset,
  });
}
