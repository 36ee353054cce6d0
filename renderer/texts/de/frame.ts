/** Der Rahmen des Fensters, überall gebrauchte Wörter, Fehler. */

import type { frame as en } from '../en/frame.ts';
import type { Words } from '../words.ts';

export const frame: Words<typeof en> = {
  app: {
    name: 'Sluice',
    version: 'v{{version}}',
    skip: 'Zur Seite springen',
  },
  rail: {
    label: 'Seiten',
    start: 'Start',
    replicate: 'Replizieren',
    explore: 'Erkunden',
    runs: 'Verlauf',
    settings: 'Optionen',
    hosts: 'Hosts',
    practice: 'Übung',
  },
  theme: {
    label: 'Aussehen',
    system: 'Wie das System',
    light: 'Hell',
    dark: 'Dunkel',
    contrast: 'Hoher Kontrast',
  },
  connection: {
    connecting: 'Verbindung wird hergestellt …',
    reconnecting: 'Verbindung wird wiederhergestellt …',
    reconnectingDetail:
      'Die Leitung zu Sluice ist abgerissen. Übertragungen laufen ohne dieses Fenster weiter, und keine Eingabe geht verloren.',
    refused: 'Sluice kennt dieses Fenster nicht.',
    refusedNext:
      'Sluice wurde neu gestartet, oder diese Adresse wurde schon benutzt. Öffnen Sie die Adresse, die Sluice zuletzt ausgegeben hat.',
  },
  ui: {
    saveAs: 'Speichern als {{file}}',
    again: 'Noch einmal',
    back: 'Zurück',
    next: 'Weiter',
    cancel: 'Abbrechen',
    close: 'Schließen',
    done: 'Fertig',
    yes: 'Ja',
    no: 'Nein',
    unknown: 'Unbekannt',
    nothing: '–',
    reading: 'Wird gelesen …',
    command: 'Befehl',
    copy: 'Kopieren',
    copied: 'Kopiert',
    copyWhat: 'Kopieren: {{what}}',
    copiedWhat: 'Kopiert: {{what}}',
    filter: 'Filtern',
    filterWhat: 'Filtern: {{what}}',
    countOf: '{{shown}} von {{all}}',
    more_one: '{{count}} weiteren zeigen',
    more_other: '{{count}} weitere zeigen',
    noMatch: 'Nichts passt zum Filter.',
  },
  failure: {
    source: 'Meldung der Quelle',
    destination: 'Meldung des Ziels',
    said: 'Was beide Seiten gemeldet haben',
    code: 'Code: {{code}}',
    openHost: 'Host {{name}} öffnen',
    toRuns: 'Alle Läufe',
    savedKey: 'Gemerkter Schlüssel',
    shownKey: 'Jetzt gezeigter Schlüssel',
    shownKeyOf: 'Jetzt gezeigter Schlüssel, {{type}}',
    connection: {
      message: 'Die Leitung zu Sluice riss ab, bevor die Antwort kam.',
      next: 'Sobald die Leitung wieder steht, wird erneut gefragt.',
      nextOfAction: 'Ob es geschehen ist, weiß man nicht. Sehen Sie nach, bevor Sie es noch einmal tun.',
    },
    internal: {
      message: 'Sluice konnte wegen eines eigenen Fehlers nicht antworten.',
      next: 'Versuchen Sie es noch einmal; bleibt es dabei, melden Sie es mit dem Code und dem, was hier steht.',
    },
  },
};
