/** What the practice hosts have to teach: where each lesson is, for the window to put in words. */
import type { Story } from '../../../shared/model/practice.ts';
import { BACKUPBOX } from './backupbox.ts';
import { LAPTOP } from './laptop.ts';
import { OFFICE, STAFF_PASSPHRASE } from './office.ts';

const laptop = (dataset: string) => ({ host: LAPTOP, dataset });
const office = (dataset: string) => ({ host: OFFICE, dataset });
const copy = (dataset: string) => ({ host: BACKUPBOX, dataset, exists: true });
const newCopy = (dataset: string) => ({ host: BACKUPBOX, dataset, exists: false });

export const STORIES: readonly Story[] = [
  {
    id: 'laptop-home',
    host: LAPTOP,
    pool: 'tank',
    passphrase: null,
    lessons: [
      { id: 'first-copy', opens: 'source', source: laptop('tank/photos'), copy: null },
      {
        id: 'only-changes',
        opens: 'snapshot',
        source: laptop('tank/projects'),
        copy: copy('backup/laptop/projects'),
      },
      { id: 'rarities', opens: 'explore', source: laptop('tank/projects'), copy: null },
    ],
  },
  {
    id: 'office-server',
    host: OFFICE,
    pool: 'srv',
    passphrase: STAFF_PASSPHRASE,
    lessons: [
      { id: 'package', opens: 'source', source: office('srv/shares'), copy: null },
      { id: 'clone', opens: 'review', source: office('srv/web-redesign'), copy: newCopy('backup/web-redesign') },
      { id: 'raw', opens: 'review', source: office('srv/staff'), copy: newCopy('backup/staff') },
    ],
  },
  {
    id: 'backup-diverged',
    host: BACKUPBOX,
    pool: 'backup',
    passphrase: null,
    lessons: [
      { id: 'continue', opens: 'review', source: laptop('tank/projects'), copy: copy('backup/laptop/projects') },
      { id: 'in-the-way', opens: 'review', source: laptop('tank/home'), copy: copy('backup/laptop/home') },
    ],
  },
  {
    id: 'disk-nearly-full',
    host: BACKUPBOX,
    pool: 'old-disk',
    passphrase: null,
    lessons: [
      { id: 'too-small', opens: 'review', source: laptop('tank/photos'), copy: newCopy('old-disk/photos') },
      { id: 'just-fits', opens: 'review', source: laptop('tank/home'), copy: newCopy('old-disk/home') },
    ],
  },
];
