/** What the practice hosts have to teach, as the window shows it. */
import { BACKUPBOX } from './backupbox.ts';
import { LAPTOP } from './laptop.ts';
import { OFFICE, STAFF_PASSPHRASE } from './office.ts';

export interface StoryCard {
  readonly id: 'laptop-home' | 'office-server' | 'backup-diverged' | 'disk-nearly-full';
  readonly host: string;
  readonly pool: string;
  readonly title: string;
  /** What is there, in one or two sentences. */
  readonly scene: string;
  /** What can be learned, each a thing to do. */
  readonly lessons: readonly string[];
}

export const STORY_CARDS: readonly StoryCard[] = [
  {
    id: 'laptop-home',
    host: LAPTOP,
    pool: 'tank',
    title: 'A laptop with a week of snapshots',
    scene:
      'Home, photos, projects and a disk of a virtual machine, with a snapshot every morning. Only some of it was ever saved elsewhere.',
    lessons: [
      'Make a first copy of tank/photos on the backup box, and read each command before it runs.',
      'Take a new snapshot of tank/projects and send only what changed.',
      'Find the bookmark auto-002, whose snapshot is gone, and the snapshot that is held.',
    ],
  },
  {
    id: 'office-server',
    host: OFFICE,
    pool: 'srv',
    title: 'A small office server',
    scene: `Shares below one dataset, a clone of the web site, and an encrypted dataset with a child. Its passphrase is “${STAFF_PASSPHRASE}”.`,
    lessons: [
      'Send srv/shares with all its snapshots and see what a replication package holds.',
      'Send srv/web-redesign and see why its origin has to be there first.',
      'Send srv/staff raw: the copy is there, and nobody at the destination can read it.',
    ],
  },
  {
    id: 'backup-diverged',
    host: BACKUPBOX,
    pool: 'backup',
    title: 'A backup that went its own way',
    scene: 'Copies of the laptop’s datasets. Somebody mounted the copy of tank/home, wrote to it and took a snapshot.',
    lessons: [
      'Continue backup/laptop/projects: three days old, untouched, and the next increment fits.',
      'Continue backup/laptop/home and see what stands in the way, by name and size.',
      'Keep the changed copy under another name, or roll it back, knowing what is lost.',
    ],
  },
  {
    id: 'disk-nearly-full',
    host: BACKUPBOX,
    pool: 'old-disk',
    title: 'A disk that is nearly full',
    scene: 'An old disk with hardly any room left.',
    lessons: [
      'Plan a copy of tank/photos there: Sluice says how much is missing before anything is sent.',
      'Send tank/home there, which fits, and see what is left.',
    ],
  },
];
