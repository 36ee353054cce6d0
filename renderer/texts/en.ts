/** The English catalogue. Every word of the window stands here. */
import { explore } from './en/explore.ts';
import { frame } from './en/frame.ts';
import { history } from './en/history.ts';
import { hosts } from './en/hosts.ts';
import { lineage } from './en/lineage.ts';
import { packages } from './en/package.ts';
import { practice } from './en/practice.ts';
import { runs } from './en/runs.ts';
import { settings } from './en/settings.ts';
import { start } from './en/start.ts';
import { verify } from './en/verify.ts';
import { wizard } from './en/wizard.ts';

export const en = {
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
} as const;
