/** All scenarios, each title once. */
import type { Scenario } from '../scenario.ts';
import { datasets } from './datasets.ts';
import { encryption } from './encryption.ts';
import { listings } from './listings.ts';
import { packages } from './packages.ts';
import { permissions } from './permissions.ts';
import { receives } from './receives.ts';
import { sends } from './sends.ts';
import { tokens } from './tokens.ts';

export const scenarios: readonly Scenario[] = [
  ...listings,
  ...datasets,
  ...sends,
  ...receives,
  ...tokens,
  ...packages,
  ...encryption,
  ...permissions,
];
