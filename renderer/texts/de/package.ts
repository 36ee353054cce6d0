/** Pakete: was mit einem Dataset mitgeht. */
import type { packages as en } from '../en/package.ts';
import type { Words } from '../words.ts';

export const packages: Words<typeof en> = {
  package: {
    label: 'Was zusammen gesendet wird',
    kinds: {
      single: {
        name: 'Nur dieses Dataset',
        sentence: 'Der gewählte Snapshot dieses einen Datasets; nichts darunter kommt mit.',
      },
      replication: {
        name: 'Replikationspaket',
        sentence:
          'Das Dataset und alles darunter, jeder Snapshot bis zum gewählten, Eigenschaften und Klone: eine getreue Kopie.',
      },
      recursive: {
        name: 'Rekursives Paket',
        sentence: 'Das Dataset und alles darunter, von jedem der gewählte Snapshot, und woraus Klone darin entstanden.',
      },
      'self-contained': {
        name: 'Eigenständiges Paket',
        sentence:
          'Wie rekursiv, doch ein Klon, der von außerhalb stammt, wird vollständig gesendet: nichts weiter ist nötig.',
      },
    },
    streams_one: '{{shown}} Stream',
    streams_other: '{{shown}} Streams',
    datasets_one: '{{shown}} Dataset',
    datasets_other: '{{shown}} Datasets',
    holds: 'Seine Stream-Tabelle als erste Kopie',
    more_one: 'und {{shown}} weiterer Stream',
    more_other: 'und {{shown}} weitere Streams',
    reading: 'Es wird ermittelt, was es enthält …',
    leaveOut: 'Etwas von dem darunter auslassen',
    leaveOutCount_one: '{{count}} Dataset ist ausgelassen',
    leaveOutCount_other: '{{count}} Datasets sind ausgelassen',
    leftOut: 'ausgelassen',
    also: 'Weitere Datasets mitsenden',
    alsoCount_one: '{{count}} weiteres Dataset geht mit',
    alsoCount_other: '{{count}} weitere Datasets gehen mit',
    goesAlong: 'geht mit',
    andOthers_one: 'und {{count}} weiteres',
    andOthers_other: 'und {{count}} weitere',
    members: 'Datasets des Pakets',
    memberCount_one: '{{count}} Dataset, {{shown}}',
    memberCount_other: '{{count}} Datasets, {{shown}}',
    source: 'Dataset',
    copy: 'Wird zu',
    state: 'Was geschieht',
    after: 'Nach',
    size: 'Größe',
    findings: 'Bemerkt',
    stateSentence: {
      new: 'zum ersten Mal kopiert',
      update: 'auf den neuesten Stand gebracht',
      resume: 'fortgesetzt',
      'up-to-date': 'schon auf dem neuesten Stand',
      blocked: 'blockiert',
    },
    stateCount: {
      new_one: '{{count}} neu',
      new_other: '{{count}} neu',
      update_one: '{{count}} aktualisiert',
      update_other: '{{count}} aktualisiert',
      resume_one: '{{count}} fortgesetzt',
      resume_other: '{{count}} fortgesetzt',
      'up-to-date_one': '{{count}} aktuell',
      'up-to-date_other': '{{count}} aktuell',
      blocked_one: '{{count}} blockiert',
      blocked_other: '{{count}} blockiert',
    },
    summary: {
      single: '',
      replication: 'Replikationspaket',
      recursive: 'rekursives Paket',
      'self-contained': 'eigenständiges Paket',
    },
    without: 'ohne {{count}}',
  },
};
