/** Was die Engine sagen kann, auf Deutsch. */
import { checks } from './de/checks.ts';
import { failures } from './de/failures.ts';
import { findings } from './de/findings.ts';
import { fixes } from './de/fixes.ts';
import { hostChecks } from './de/host-checks.ts';
import { reach } from './de/reach.ts';
import { runFaults } from './de/run-faults.ts';
import { steps } from './de/steps.ts';
import { zfsFaults } from './de/zfs-faults.ts';
import type { Saying } from './say.ts';

export { things } from './de/things.ts';

export const sayings: readonly Saying[] = [
  ...findings,
  ...fixes,
  ...steps,
  ...checks,
  ...hostChecks,
  ...failures,
  ...reach,
  ...runFaults,
  ...zfsFaults,
];
