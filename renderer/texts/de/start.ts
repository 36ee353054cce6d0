/** Die Startseite: die erste Replikation, später alle auf einen Blick. */
import type { start as en } from '../en/start.ts';
import type { Words } from '../words.ts';

export const start: Words<typeof en> = {
  start: {
    title: 'Start',
    lead: 'Ihre Replikationen, und wie weit jede Kopie hinter ihrer Quelle liegt.',
    leadFirst:
      'Kopien von ZFS-Datasets auf anderen Pools und anderen Hosts, Schritt für Schritt angelegt und nachgewiesen.',
    new: 'Neue Replikation',
    running: 'Läuft gerade',
    attention: 'Braucht Aufmerksamkeit',
    replications: 'Replikationen',
    looking: 'Beide Hosts werden angesehen',
    nowIs: '{{from}} nach {{to}}: {{state}}',
    upToDate: 'Auf dem neuesten Stand',
    behind_one: '{{shown}} Snapshot im Rückstand',
    behind_other: '{{shown}} Snapshots im Rückstand',
    about: 'etwa {{bytes}}',
    last: 'letzter Lauf {{age}}',
    lookedAt: 'angesehen um {{time}}',
    neverDone: 'noch nie fertig geworden',
    left: 'noch {{time}}',
    blocked: 'Geht nicht von allein weiter',
    losses: 'Etwas ginge verloren',
    send: 'Änderungen senden',
    look: 'Plan ansehen',
    solve: 'Ansehen, was hilft',
    lastRun: 'Letzter Lauf',
    firstTitle: 'Ihre erste Replikation',
    firstLead: 'Drei Schritte, und nichts wird geschrieben, bevor Sie alles gesehen haben.',
    practiceTitle: 'Ihre erste Replikation, auf Übungshosts',
    practiceLead:
      'Ein Laptop und ein Sicherungsrechner leben in dieser Anwendung, mit echten Snapshots darin. Was Sie auch tun, es bleibt dort.',
    steps: {
      choose: { title: 'Wählen', words: 'Ein Dataset, bis zu welchem Snapshot, und wo seine Kopie liegen soll.' },
      see: {
        title: 'Sehen, was geschieht',
        words: 'Jeder Stream, jede Größe, jeder Befehl – und dass nichts ungefragt gelöscht wird.',
      },
      prove: {
        title: 'Starten und sicher sein',
        words: 'Den Bytes zusehen; am Ende werden beide Seiten GUID für GUID verglichen.',
      },
    },
  },
};
