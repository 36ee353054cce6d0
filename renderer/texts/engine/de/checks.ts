/** Was am Ende eines Laufs geprüft wurde, und was die Untersuchung eines Hosts ergab. */
import type { Saying } from '../say.ts';

export const checks: readonly Saying[] = [
  [
    'The planned snapshot is at the destination with the same GUID.',
    'Der geplante Snapshot ist am Ziel, mit derselben GUID.',
  ],
  [
    'All {count} planned snapshots are at the destination with the same GUID.',
    'Alle {count} geplanten Snapshots sind am Ziel, mit denselben GUIDs.',
  ],
  [
    '{count} of {all} planned snapshots are at the destination with the same GUID, the newest of each copy among them.',
    '{count} von {all} geplanten Snapshots sind am Ziel und haben dieselbe GUID, darunter der neueste jeder Kopie.',
  ],
  [
    '{count} of {all} planned snapshots arrived and have been destroyed there since.',
    '{count} von {all} geplanten Snapshots sind angekommen und dort seither gelöscht worden.',
  ],
  [
    '{count} of {all} planned snapshots are not at the destination with the same GUID.',
    '{count} von {all} geplanten Snapshots sind nicht mit derselben GUID am Ziel.',
  ],
  ['{copy} does not exist.', '{copy} ist nicht da.'],
  ['No half-received stream is left.', 'Kein halb empfangener Stream ist übrig.'],
  ['A half-received stream is left.', 'Ein halb empfangener Stream ist übrig.'],
  ['A half-received stream is left in {copy}.', 'In {copy} ist ein halb empfangener Stream übrig.'],
  [
    'Nothing was written to the copy since its newest snapshot.',
    'Seit ihrem neuesten Snapshot wurde nichts in die Kopie geschrieben.',
  ],
  [
    'Nothing was written to the copies since their newest snapshots.',
    'Seit ihren neuesten Snapshots wurde nichts in die Kopien geschrieben.',
  ],
  [
    '{bytes} were written to the copy since its newest snapshot.',
    'Seit ihrem neuesten Snapshot wurden {bytes} in die Kopie geschrieben.',
  ],
  [
    '{bytes} were written to the copies since their newest snapshots.',
    'Seit ihren neuesten Snapshots wurden {bytes} in die Kopien geschrieben.',
  ],
  [
    'Your files are there; the copy is not mounted, on purpose, so that nothing on this host changes.',
    'Ihre Dateien sind da; die Kopie ist mit Absicht nicht eingehängt, damit sich auf diesem Host nichts ändert.',
  ],
  [
    'Your files are there; the copies are not mounted, on purpose, so that nothing on this host changes.',
    'Ihre Dateien sind da; die Kopien sind mit Absicht nicht eingehängt, damit sich auf diesem Host nichts ändert.',
  ],
  [
    '{count} of the copies are mounted: {copy} at its mountpoint, ….',
    '{count} der Kopien sind eingehängt: {copy} an ihrem Einhängepunkt, ….',
  ],
  [
    '{count} of the copies are mounted: {copy} at its mountpoint.',
    '{count} der Kopien sind eingehängt: {copy} an ihrem Einhängepunkt.',
  ],
  ['{count} of the copies are mounted: {copy} at {path}.', '{count} der Kopien sind eingehängt: {copy} unter {path}.'],
  ['The copy is mounted at its mountpoint.', 'Die Kopie ist an ihrem Einhängepunkt eingehängt.'],
  ['{name} is {value}, as asked, on all {count} copies.', '{name} ist wie verlangt {value}, bei allen {count} Kopien.'],
  ['{name} is {value}, as asked.', '{name} ist wie verlangt {value}.'],
  ['{copy} should be a clone of {origin}, but is not.', '{copy} sollte ein Klon von {origin} sein, ist aber keiner.'],
  [
    '{copy} should be a clone of {origin}, but is one of {other}.',
    '{copy} sollte ein Klon von {origin} sein, ist aber einer von {other}.',
  ],
  [
    'The copy is mounted at its mountpoint, as it was before this run.',
    'Die Kopie ist an ihrem Einhängepunkt eingehängt, wie vor diesem Lauf.',
  ],
  [
    'The copy is mounted at {path}, as it was before this run.',
    'Die Kopie ist unter {path} eingehängt, wie vor diesem Lauf.',
  ],
  [
    '{count} of the copies are mounted, as they were before this run.',
    '{count} der Kopien sind eingehängt, wie vor diesem Lauf.',
  ],
  ['The copy is mounted at {path}.', 'Die Kopie ist unter {path} eingehängt.'],
  ['{name} is {value}; {wanted} was asked for.', '{name} ist {value}; verlangt war {wanted}.'],
  ['The clone is a clone there, too.', 'Der Klon ist auch dort ein Klon.'],
  ['All {count} clones are clones there, too.', 'Alle {count} Klone sind auch dort Klone.'],
  ['Permissions', 'Rechte'],
  ['Name', 'Name'],
  ['Host key', 'Host-Schlüssel'],
  ['Login', 'Anmeldung'],
  ['SSH server', 'SSH-Server'],
  ['Resuming', 'Fortsetzen'],
  ['Pools', 'Pools'],
  ['Clock', 'Uhr'],
  ['Tools', 'Werkzeuge'],
  ['{address} is known.', '{address} ist bekannt.'],
  ['Port {port} is open.', 'Port {port} ist offen.'],
  ['An SSH server answers, and agrees on encryption.', 'Ein SSH-Server antwortet und einigt sich auf Verschlüsselung.'],
  ['It is the pinned one: {key}.', 'Es ist der gemerkte: {key}.'],
  ['Logged in as {address}.', 'Angemeldet als {address}.'],
  ['The user is root.', 'Der Benutzer ist root.'],
  ['ZFS commands run through {tool}.', 'ZFS-Befehle laufen über {tool}.'],
  ['ZFS commands run as root through {tool}.', 'ZFS-Befehle laufen als root über {tool}.'],
  ['ZFS kernel module', 'ZFS-Kernelmodul'],
  ['An interrupted stream resumes where it stopped.', 'Ein abgebrochener Stream macht dort weiter, wo er abbrach.'],
  [
    'This ZFS cannot resume: an interrupted stream starts over.',
    'Dieses ZFS kann nicht fortsetzen: Ein abgebrochener Stream beginnt von vorn.',
  ],
  ['No pool is imported.', 'Kein Pool ist importiert.'],
  ['The clock agrees with this computer.', 'Die Uhr stimmt mit der dieses Rechners überein.'],
  ['{shell} runs commands.', '{shell} führt Befehle aus.'],
  ['{zfs} is {path}, zpool is {zpool}.', '{zfs} ist {path}, zpool ist {zpool}.'],
  [
    'None of mbuffer, pv, zstd, lz4 was found, and none is needed.',
    'Weder mbuffer noch pv, zstd oder lz4 sind da; nötig ist keines.',
  ],
  ['Found: {tools}.', 'Gefunden: {tools}.'],
  ['No ssh, so no direct route from here.', 'Kein ssh, also kein direkter Weg von hier.'],
  ['Allowed, as the direct route needs it.', 'Erlaubt, wie der direkte Weg es braucht.'],
  [
    '{sessions} commands at once on a connection (MaxSessions).',
    '{sessions} Befehle zugleich auf einer Verbindung (MaxSessions).',
  ],
  [
    'The server forbids it (AllowAgentForwarding no), so this host cannot send directly to another.',
    'Der Server verbietet es (AllowAgentForwarding no), also kann dieser Host nicht direkt an einen anderen senden.',
  ],
  ['Compare the key on the host itself', 'Den Schlüssel auf dem Host selbst vergleichen'],
  ['Only if it is right: pin the new key', 'Nur wenn er stimmt: den neuen Schlüssel merken'],
  ['Let {user} send from {dataset}', '{user} das Senden aus {dataset} erlauben'],
  ['Let {user} receive below {dataset}', '{user} das Empfangen unter {dataset} erlauben'],
  ['Complete the permissions of {user} as a source', 'Die Rechte von {user} als Quelle vervollständigen'],
  ['Complete the permissions of {user} as a destination', 'Die Rechte von {user} als Ziel vervollständigen'],
  [
    'Let {user} run the ZFS commands of a replication as root, without a password',
    '{user} die ZFS-Befehle einer Replikation als root ausführen lassen, ohne Passwort',
  ],
  ['A read ended early, without an error.', 'Ein Lesen endete zu früh, ohne ein Wort.'],
  [
    'Only {digests} of {regular} files were read on {host}.',
    'Auf {host} wurden nur {digests} von {regular} Dateien gelesen.',
  ],
  [
    '{dataset} on {host} has no snapshot, so there is nothing to compare.',
    '{dataset} auf {host} hat keinen Snapshot, also gibt es nichts zu vergleichen.',
  ],
  [
    'Only snapshots can be compared: take one and replicate it, then compare again.',
    'Vergleichen lassen sich nur Snapshots: Legen Sie einen an und replizieren Sie ihn, dann vergleichen Sie noch einmal.',
  ],
];
