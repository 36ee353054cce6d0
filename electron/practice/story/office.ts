/** The office: a server with shares, a clone of one of them to try things on, and an encrypted dataset. */
import type { PracticeName } from '../../../shared/model/practice.ts';
import { addDataset, addPool } from '../model/datasets.ts';
import { DEFAULT_CIPHER, digestOf } from '../model/encryption.ts';
import { guidsFrom } from '../model/ids.ts';
import { Machine } from '../model/machine.ts';
import { mountIfWanted } from '../model/mounts.ts';
import { DAY, GIB, KIB, MIB, numbered, Storyteller } from './write.ts';

export const OFFICE: PracticeName = 'office';

const DAYS = 5;
const label = (day: number): string => `daily-${String(day).padStart(2, '0')}`;

/** The passphrase of `srv/staff`, told on its card: a practice host has no secrets. */
export const STAFF_PASSPHRASE = 'open the staff room';

function tellShares(story: Storyteller, today: number): void {
  const { machine } = story;
  const shares = story.filesystem('srv/shares', { compression: 'zstd', sharenfs: 'on' });
  const projects = story.filesystem('srv/shares/projects', { quota: String(3 * GIB) });
  const web = story.filesystem('srv/web');
  story.write(shares, numbered('forms', 'order', 'pdf', 1, 30), 180 * KIB);
  story.write(projects, numbered('bridge', 'drawing', 'dwg', 1, 24), 6 * MIB);
  story.write(web, numbered('site', 'page', 'html', 1, 80), 40 * KIB);
  for (let day = 1; day <= DAYS; day += 1) {
    story.goTo(today - (DAYS - day) * DAY);
    story.write(projects, numbered('bridge', 'revision', 'dwg', day, 1), 9 * MIB);
    story.write(web, numbered('site', 'news', 'html', day, 1), 60 * KIB);
    for (const dataset of [shares, projects, web]) story.snapshot(dataset, label(day));
  }
  const third = machine.snapshot(`srv/web@${label(3)}`);
  if (third === null) throw new Error('The story of the office lost a snapshot.');
  const clone = addDataset(machine, third.dataset.pool, {
    name: 'srv/web-redesign',
    kind: 'filesystem',
    origin: third,
  });
  mountIfWanted(machine, clone);
  story.write(clone, numbered('site', 'layout', 'css', 1, 6), 300 * KIB);
  story.snapshot(clone, label(DAYS));
}

function tellStaff(story: Storyteller): void {
  const { machine } = story;
  const pool = machine.pools.get('srv');
  if (pool === undefined) throw new Error('The story of the office has no pool.');
  const key = { format: 'passphrase', location: 'prompt', digest: digestOf(STAFF_PASSPHRASE), loaded: true } as const;
  const staff = addDataset(machine, pool, {
    name: 'srv/staff',
    kind: 'filesystem',
    cipher: DEFAULT_CIPHER,
    key: { ...key },
  });
  mountIfWanted(machine, staff);
  story.write(staff, numbered('contracts', 'contract', 'pdf', 1, 20), 700 * KIB);
  story.snapshot(staff, 'signed');
  const payroll = addDataset(machine, pool, { name: 'srv/staff/payroll', kind: 'filesystem', cipher: DEFAULT_CIPHER });
  mountIfWanted(machine, payroll);
  story.write(payroll, numbered('2025', 'month', 'ods', 1, 9), 400 * KIB);
  story.snapshot(payroll, 'audited');
}

/** @param today seconds since 1970 of the last morning */
export function tellOffice(today: number): Machine {
  const machine = new Machine({ name: OFFICE, newGuid: guidsFrom(OFFICE), now: () => today });
  mountIfWanted(machine, addPool(machine, 'srv', 10 * GIB));
  const story = new Storyteller(machine, today - (DAYS + 1) * DAY);
  tellShares(story, today);
  tellStaff(story);
  return machine;
}
