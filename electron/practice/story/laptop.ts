/** The laptop: somebody's files, with a snapshot every morning, and nothing of the last days saved elsewhere. */
import type { PracticeName } from '../../../shared/model/practice.ts';
import { addDataset, addPool } from '../model/datasets.ts';
import { guidsFrom } from '../model/ids.ts';
import { type Dataset, Machine } from '../model/machine.ts';
import { mountIfWanted } from '../model/mounts.ts';
import { addBookmark, destroySnapshot } from '../model/snapshots.ts';
import { DAY, GIB, KIB, MIB, numbered, Storyteller } from './write.ts';

export const LAPTOP: PracticeName = 'laptop';

/** Snapshot labels are numbers, so that they are the same whenever the story is told. */
const label = (day: number): string => `auto-${String(day).padStart(3, '0')}`;

export const DAYS = 8;

/** What happens on the laptop on one day, before and after the morning's snapshot. */
class Laptop {
  readonly story: Storyteller;
  readonly home: Dataset;
  readonly photos: Dataset;
  readonly projects: Dataset;
  readonly disk: Dataset;

  constructor(story: Storyteller) {
    const { machine } = story;
    this.story = story;
    const root = addPool(machine, 'tank', 12 * GIB);
    root.settings.set('compression', { local: 'lz4' });
    root.settings.set('atime', { local: 'off' });
    mountIfWanted(machine, root);
    this.home = story.filesystem('tank/home', { mountpoint: '/home' });
    this.photos = story.filesystem('tank/photos', { 'org.example:owner': 'alex' });
    this.projects = story.filesystem('tank/projects', { quota: String(4 * GIB) });
    this.disk = story.volume('tank/vm-disk', 512 * MIB);
    this.#begin();
  }

  #begin(): void {
    const { story } = this;
    story.write(this.home, numbered('alex/Documents', 'letter', 'txt', 1, 40), 96 * KIB);
    story.write(this.home, ['alex/Mail/archive.mbox', 'alex/.config/settings.ini'], 14 * MIB);
    story.write(this.photos, numbered('2024/summer', 'beach', 'raw', 1, 12), 16 * MIB);
    story.write(this.projects, numbered('compiler/src', 'module', 'c', 1, 60), 256 * KIB);
    story.write(this.projects, ['compiler/build/cache.db'], 48 * MIB);
    story.overwrite(this.disk, '', 0, 40 * MIB);
  }

  day(day: number): void {
    const { story } = this;
    story.write(this.home, numbered('alex/Documents', 'note', 'md', day, 1), 64 * KIB);
    story.overwrite(this.home, 'alex/Mail/archive.mbox', day * MIB, 700 * KIB);
    story.overwrite(this.projects, 'compiler/build/cache.db', day * 3 * MIB, 5 * MIB);
    story.write(this.projects, numbered('compiler/src', 'patch', 'c', day, 1), 320 * KIB);
    if (day % 2 === 0) story.write(this.photos, numbered('2024/autumn', 'walk', 'raw', day * 10, 3), 17 * MIB);
    if (day === 5) story.remove(this.projects, 'compiler/src/patch-002.c');
    if (day % 3 === 0) story.overwrite(this.disk, '', day * 8 * MIB, 4 * MIB);
  }

  snapshots(day: number): void {
    this.story.snapshot(this.home, label(day));
    this.story.snapshot(this.projects, label(day));
    if (day % 2 === 0) this.story.snapshot(this.photos, label(day));
    if (day % 3 === 0) this.story.snapshot(this.disk, label(day));
  }
}

/** A bookmark outlives its snapshot, a clone stands on another, a third is held. */
function addRarities(laptop: Laptop): void {
  const { machine } = laptop.story;
  const second = machine.snapshot(`tank/projects@${label(2)}`);
  const sixth = machine.snapshot(`tank/projects@${label(6)}`);
  const photos = machine.snapshot(`tank/photos@${label(4)}`);
  if (second === null || sixth === null || photos === null) throw new Error('The story of the laptop lost a snapshot.');
  addBookmark(machine, second, label(2));
  destroySnapshot(machine, second);
  const clone = addDataset(machine, sixth.dataset.pool, {
    name: 'tank/projects-try',
    kind: 'filesystem',
    origin: sixth,
  });
  mountIfWanted(machine, clone);
  laptop.story.write(clone, ['compiler/experiment.c'], 2 * MIB);
  laptop.story.snapshot(clone, 'works');
  photos.holds.set('keep', machine.now());
}

/** @param today seconds since 1970 of the last morning */
export function tellLaptop(today: number): Machine {
  const machine = new Machine({ name: LAPTOP, newGuid: guidsFrom(LAPTOP), now: () => today });
  const laptop = new Laptop(new Storyteller(machine, today - (DAYS + 1) * DAY));
  for (let day = 1; day <= DAYS; day += 1) {
    laptop.story.goTo(today - (DAYS - day) * DAY);
    laptop.day(day);
    laptop.snapshots(day);
  }
  addRarities(laptop);
  // Written since the last snapshot: a new one has something in it.
  laptop.story.write(laptop.home, ['alex/Documents/today.md'], 3 * MIB);
  laptop.story.write(laptop.photos, numbered('2024/winter', 'snow', 'raw', 1, 2), 18 * MIB);
  return machine;
}
