/** By which tags snapshots are held. */
import type { SnapshotName } from '../model/names.ts';

export const holdsListing = (elevation: readonly string[], snapshot: SnapshotName): string[] => [
  ...elevation,
  'zfs',
  'holds',
  '-H',
  snapshot,
];

/** Name, tag, time of each hold. A tag may have spaces and even tabs, the others no tab. */
export const readHoldTags = (stdout: string): string[] =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t').slice(1, -1).join('\t'));
