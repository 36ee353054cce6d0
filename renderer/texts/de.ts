/** Der deutsche Katalog: dieselben Schlüssel wie der englische. */
import { explore } from './de/explore.ts';
import { frame } from './de/frame.ts';
import { history } from './de/history.ts';
import { hosts } from './de/hosts.ts';
import { lineage } from './de/lineage.ts';
import { packages } from './de/package.ts';
import { practice } from './de/practice.ts';
import { runs } from './de/runs.ts';
import { settings } from './de/settings.ts';
import { start } from './de/start.ts';
import { verify } from './de/verify.ts';
import { wizard } from './de/wizard.ts';
import type { en } from './en.ts';
import type { Words } from './words.ts';

export const de: Words<typeof en> = {
  ...frame,
  ...start,
  ...explore,
  ...history,
  ...settings,
  ...hosts,
  ...lineage,
  ...wizard,
  ...packages,
  ...practice,
  ...runs,
  ...verify,
};
