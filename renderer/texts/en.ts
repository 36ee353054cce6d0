/** The English catalogue. Every word of the window stands here. */
import { frame } from './en/frame.ts';
import { hosts } from './en/hosts.ts';
import { lineage } from './en/lineage.ts';
import { runs } from './en/runs.ts';
import { wizard } from './en/wizard.ts';

export const en = { ...frame, ...hosts, ...lineage, ...wizard, ...runs } as const;
