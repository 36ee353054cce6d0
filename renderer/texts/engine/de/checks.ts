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
    '{count} of {all} planned snapshots are not at the destination with the same GUID.',
    '{count} von {all} geplanten Snapshots sind nicht mit derselben GUID am Ziel.',
  ],
  ['{copy} is not there.', '{copy} ist nicht da.'],
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
  ['The copy is mounted at {path}.', 'Die Kopie ist unter {path} eingehängt.'],
  ['{name} is {value}; {wanted} was asked for.', '{name} ist {value}; verlangt war {wanted}.'],
  ['The clone is a clone there, too.', 'Der Klon ist auch dort ein Klon.'],
  ['All {count} clones are clones there, too.', 'Alle {count} Klone sind auch dort Klone.'],
  ['Rights', 'Rechte'],
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
  ['A stream that is cut goes on where it stopped.', 'Ein abgebrochener Stream macht dort weiter, wo er abbrach.'],
  [
    'This ZFS cannot resume: a stream that is cut starts again.',
    'Dieses ZFS kann nicht fortsetzen: Ein abgebrochener Stream beginnt von vorn.',
  ],
  ['No pool is imported.', 'Kein Pool ist importiert.'],
  ['The clock agrees with this computer.', 'Die Uhr stimmt mit der dieses Rechners überein.'],
  ['{shell} runs commands.', '{shell} führt Befehle aus.'],
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
  ['Complete the rights of {user} as a source', 'Die Rechte von {user} als Quelle vervollständigen'],
  ['Complete the rights of {user} as a destination', 'Die Rechte von {user} als Ziel vervollständigen'],
  [
    'Let {user} run the ZFS commands of a replication as root, without a password',
    '{user} die ZFS-Befehle einer Replikation als root ausführen lassen, ohne Passwort',
  ],
];
