/** Whether a plan could be made without knowing the rest of the hosts. */
import type { Decision } from './decision.ts';
import { isBlocking } from './findings.ts';
import type { PackageDecision } from './package/decide-package.ts';

/** It updates an existing copy, and neither removes nor creates anything else. */
const isPlainUpdate = ({ target, prelude, losses, findings }: Decision): boolean =>
  target !== null &&
  losses.length === 0 &&
  prelude.discard === null &&
  prelude.setAside === null &&
  prelude.rollBackTo === null &&
  prelude.createParents.length === 0 &&
  !findings.some(isBlocking);

/**
 * True if nothing was decided by datasets outside the places that the request names and what they lie in. All others are looked at for
 * mountpoints that a new copy would cover, clones that prevent a rollback, names that are free or similar, pools with more room, and
 * for whether a tree can be snapshot as one: none of that concerns existing copies that only grow.
 */
export const restsOnPlaces = ({ decisions, findings, taking }: PackageDecision): boolean =>
  taking.length === 0 && !findings.some(isBlocking) && decisions.length > 0 && decisions.every(isPlainUpdate);
