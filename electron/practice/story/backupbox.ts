/** The backup box: older copies of the laptop's datasets, one of them written to since. */

import type { PracticeName } from '../../../shared/model/practice.ts';
import { changesBetween } from '../model/changes.ts';
import { addDataset, addPool } from '../model/datasets.ts';
import { guidsFrom } from '../model/ids.ts';
import { type Dataset, Machine, type Snapshot, snapshotName } from '../model/machine.ts';
import { mountIfWanted } from '../model/mounts.ts';
import { beginReceive } from '../model/reception.ts';
import { DAYS } from './laptop.ts';
import { DAY, GIB, MIB, Storyteller } from './write.ts';

export const BACKUPBOX: PracticeName = 'backupbox';

const FLAGS = { large: false, embed: false, compress: false, raw: false };

/** Does what `zfs send SNAPSHOT | zfs receive NAME` would, without bytes in between. */
function copy(machine: Machine, from: Snapshot | null, snapshot: Snapshot, name: string): void {
  const pool = machine.pools.get(name.split('/')[0] ?? '');
  if (pool === undefined) throw new Error(`The story has no pool for ${name}.`);
  const opening = {
    toName: snapshotName(snapshot),
    toGuid: snapshot.guid,
    fromGuid: from?.guid ?? null,
    kind: snapshot.dataset.kind,
    creation: snapshot.creation,
    flags: FLAGS,
    resume: null,
  };
  const destination = {
    name,
    label: snapshot.label,
    pool,
    force: false,
    resumable: false,
    origin: null,
    encryption: { cipher: null, key: null },
  };
  const reception = beginReceive(machine, opening, destination);
  if (typeof reception === 'string') throw new Error(`The story cannot copy ${snapshotName(snapshot)}: ${reception}.`);
  for (const change of changesBetween(snapshot.tree, from?.createtxg ?? 0)) reception.apply(change, 0);
  const refusal = reception.finish();
  if (refusal !== null) throw new Error(`The story cannot copy ${snapshotName(snapshot)}: ${refusal}.`);
}

/** Copies the first `count` snapshots that a dataset still has, one after the other. */
function copyFirst(machine: Machine, source: Dataset, count: number, name: string): Dataset {
  let from: Snapshot | null = null;
  for (const snapshot of source.snapshots.slice(0, count)) {
    copy(machine, from, snapshot, name);
    from = snapshot;
  }
  const copied = machine.dataset(name);
  if (copied === null) throw new Error(`The story has no copy ${name}.`);
  copied.settings.set('canmount', { local: 'noauto' });
  return copied;
}

/** @param today seconds since 1970 of the laptop's last morning */
export function tellBackupbox(laptop: Machine, today: number): Machine {
  const machine = new Machine({ name: BACKUPBOX, newGuid: guidsFrom(BACKUPBOX), now: () => today });
  const story = new Storyteller(machine, today - (DAYS - 3) * DAY);
  const root = addPool(machine, 'backup', 64 * GIB);
  root.settings.set('compression', { local: 'zstd' });
  mountIfWanted(machine, root);
  story.filesystem('backup/laptop', { canmount: 'off', readonly: 'on' });
  const projects = laptop.dataset('tank/projects');
  const home = laptop.dataset('tank/home');
  if (projects === null || home === null) throw new Error('The story of the laptop lost a dataset.');
  // Three days old and untouched: the next increment fits.
  copyFirst(machine, projects, 3, 'backup/laptop/projects');
  // Somebody mounted this copy, tidied up in it and took a snapshot: an increment does not fit any more.
  const copied = copyFirst(machine, home, 4, 'backup/laptop/home');
  copied.settings.set('readonly', { local: 'off' });
  copied.settings.set('canmount', { local: 'on' });
  copied.mounted = true;
  story.goTo(today - 2 * DAY);
  story.write(copied, ['alex/Documents/restored-by-hand.txt'], 2 * MIB);
  story.snapshot(copied, 'before-cleanup');
  story.write(copied, ['alex/cleanup.log'], MIB);
  const media = addDataset(machine, root.pool, { name: 'backup/media', kind: 'filesystem' });
  mountIfWanted(machine, media);
  story.write(media, ['films/holiday.mkv'], 900 * MIB);
  story.snapshot(media, 'first');
  // A small old disk, nearly full: a copy of the photos does not fit.
  const old = addPool(machine, 'old-disk', GIB);
  mountIfWanted(machine, old);
  const archive = story.filesystem('old-disk/archive');
  story.write(archive, ['scans/boxes.tar'], 560 * MIB);
  story.snapshot(archive, 'kept');
  story.write(archive, ['scans/attic.tar'], 220 * MIB);
  return machine;
}
