/** Verlauf: Läufe filtern, zwei vergleichen. */
import type { history as en } from '../en/history.ts';
import type { Words } from '../words.ts';

export const history: Words<typeof en> = {
  history: {
    filter: 'Nach Host oder Dataset filtern',
    status: 'Geendet als',
    any: 'Beliebig',
    again: 'Erneut laufen lassen',
    compareChosen: 'Beide vergleichen',
    compareHint: 'Markieren Sie zwei Läufe, um sie zu vergleichen.',
    choose: 'Zum Vergleich wählen: {{what}}',
    compare: 'Zwei Läufe',
    first: 'Erster Lauf',
    second: 'Zweiter Lauf',
    what: 'Was',
    differs: 'verschieden',
    package: 'Paket',
    snapshot: 'Bis zu',
    newest: 'dem neuesten',
    streams: 'Streams',
    mean: 'Mittlere Rate',
    proved: 'Nachgewiesen',
    onlyIn: 'Snapshots nur in diesem',
    none: 'keine',
    noMatch: 'Kein Lauf passt.',
  },
};
