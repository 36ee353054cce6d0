/** Ein Dataset mit seiner Kopie vergleichen. */
import type { verify as en } from '../en/verify.ts';
import type { Words } from '../words.ts';

export const verify: Words<typeof en> = {
  verify: {
    open: 'Beide Seiten vergleichen …',
    title: 'Beide Seiten vergleichen',
    lead: 'Liest beide Hosts und vergleicht, was sie haben. Nirgends wird etwas geändert.',
    with: 'mit',
    unreadable: 'Diese Adresse nennt keine zwei Datasets.',
    start: 'Vergleichen',
    again: 'Noch einmal vergleichen',
    cancel: 'Vergleich beenden',
    content: 'Auch jede Datei lesen',
    contentDetail:
      'Prüfsummen jeder Datei des neuesten gemeinsamen Snapshots, auf beiden Hosts gebildet. Dazu werden alle Daten auf jeder Seite einmal gelesen; wird das unterbrochen, geht es dort weiter, wo es war. Volumes werden Block für Block verglichen; wo ihre Snapshots keine Geräte haben, wird ein vorübergehender Klon gelesen und wieder gelöscht.',
    contentPractice: 'Die Dateien der Übungshosts sind simuliert: Es gibt nichts zu lesen.',
    connecting: 'Verbindung zu beiden Hosts …',
    phase: {
      snapshots: 'Die Snapshots von {{dataset}} werden verglichen',
      entries: 'Die Dateien von {{dataset}} werden aufgelistet',
      files: 'Die Dateien von {{dataset}} werden gelesen',
      attributes: 'Besitzer, Rechte und Attribute in {{dataset}} werden verglichen',
      blocks: 'Die Blöcke des Volumes {{dataset}} werden gelesen',
      waiting:
        'Eine Verbindung ging verloren, während {{dataset}} verglichen wurde; es geht an derselben Stelle weiter',
    },
    goesOnIn: 'in {{seconds}} s',
    soFar: 'bisher {{done}}',
    doneOf: '{{done}} von {{total}}',
    outcome: {
      equal: 'Beide Seiten sind gleich: Jeder gemeinsame Snapshot hat dieselbe GUID.',
      equalContent: 'Beide Seiten sind gleich, nach GUID und nach dem Inhalt jeder Datei.',
      unread: 'Was verglichen wurde, ist gleich, aber nicht alles ließ sich lesen.',
      differs: 'Die beiden Seiten unterscheiden sich.',
    },
    datasets: 'Datasets',
    dataset: 'Dataset',
    copy: 'Kopie',
    common: 'Gemeinsame Snapshots',
    newest: 'Neuester gemeinsamer',
    files: 'Dateien',
    read: '{{files}} Dateien, {{bytes}}',
    readBlocks: '{{blocks}} Blöcke, {{bytes}}',
    state: { equal: 'gleich', differs: 'verschieden', unread: 'nicht gelesen' },
    differences: 'Was sich unterscheidet',
    what: 'Was',
    name: 'Name',
    atSource: 'An der Quelle',
    atCopy: 'In der Kopie',
    nextUpdate: 'Nächste Aktualisierung',
    updates: { stops: 'wird davon aufgehalten', comes: 'bringt es mit', unaffected: 'nicht betroffen' },
    next: {
      stops: 'So wie es ist, wird die nächste Aktualisierung aufgehalten. Ihr Plan sagt, wovon und was sich tun lässt.',
      comes: 'Die Kopie liegt zurück; eine Aktualisierung bringt sie auf den neuesten Stand.',
    },
    plan: 'Aktualisierung planen',
    kind: {
      'no-dataset': 'keine solche Kopie',
      'no-common': 'nichts gemeinsam',
      behind: 'hinter der Quelle zurück',
      'other-guid': 'gleicher Name, anderer Snapshot',
      missing: 'nur an der Quelle',
      extra: 'nur in der Kopie',
      entry: 'Datei verschieden',
    },
  },
};
