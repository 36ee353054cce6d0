/** Glieder der Aufzählungen, die in einem Satz für {things} stehen. */
import type { Saying } from '../say.ts';

export const things: readonly Saying[] = [
  ['1 snapshot', '1 Snapshot'],
  ['{count} snapshots', '{count} Snapshots'],
  ['1 bookmark', '1 Lesezeichen'],
  ['{count} bookmarks', '{count} Lesezeichen'],
  ['the changes made since', 'die Änderungen seither'],
  ['whatever was written since', 'was seither geschrieben wurde'],
  ['{bytes} written since', '{bytes}, die seither geschrieben wurden'],
];
