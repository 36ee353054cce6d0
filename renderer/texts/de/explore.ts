/** Umsehen auf einem Host. */
import type { explore as en } from '../en/explore.ts';
import type { Words } from '../words.ts';

export const explore: Words<typeof en> = {
  explore: {
    title: 'Erkunden',
    host: 'Host',
    noHosts: 'Fügen Sie einen Host hinzu, um sich auf ihm umzusehen',
    readAt: 'gelesen um {{time}}',
    readAgain: 'Neu lesen',
    pools: 'Pools',
    filterDatasets: 'Datasets filtern',
    choose: 'Wählen Sie ein Dataset, um seine Snapshots zu sehen.',
    gone: '{{dataset}} ist nicht mehr da.',
    copiedTo: '→ {{host}} {{dataset}}',
    encrypted: 'verschlüsselt',
    kind: 'Art',
    written: 'Geschrieben seit dem neuesten',
    encryption: 'Verschlüsselung',
    mountpoint: 'Einhängepunkt',
    origin: 'Klon von',
    copy: 'Kopiert nach',
    readonly: 'nur lesbar',
    partial: 'halb empfangen, {{bytes}} behalten',
    view: 'Ansicht',
    views: { snapshots: 'Snapshots', lineage: 'Abstammung' },
    replicate: 'Replizieren',
    filter: 'Snapshots nach Namen filtern',
    pattern: 'Art des Musters',
    patterns: { text: 'Text', glob: 'Glob', regex: 'Regex' },
    patternExample: { text: 'Teil des Namens', glob: 'auto-*', regex: '^auto-\\d+$' },
    since: 'Von',
    until: 'bis',
    heldOnly: 'Nur gehaltene',
    compareWith: 'Vergleichen mit einer Kopie auf',
    chooseHost: 'Host wählen',
  },
};
