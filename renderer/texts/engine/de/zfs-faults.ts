/** Was ZFS, sudo und die Werkzeuge eines Hosts sagen, und was man dann tun kann. */
import type { Saying } from '../say.ts';

export const zfsFaults: readonly Saying[] = [
  [
    'Allow exactly this command in sudoers (NOPASSWD), or grant the permissions with zfs allow.',
    'Erlauben Sie genau diesen Befehl in sudoers (NOPASSWD), oder geben Sie die Rechte mit zfs allow.',
  ],
  [
    'Grant it with zfs allow (source: send,hold,bookmark; destination: receive,create,mount and the properties to set), or use a user with sudo.',
    'Geben Sie es mit zfs allow (Quelle: send,hold,bookmark; Ziel: receive,create,mount und die Properties, die gesetzt werden), oder nehmen Sie einen Benutzer mit sudo.',
  ],
  [
    'The base is not an earlier snapshot of the same dataset.',
    'Die Basis ist kein früherer Snapshot desselben Datasets.',
  ],
  [
    'An encrypted dataset is sent with its properties only raw.',
    'Ein verschlüsseltes Dataset wird mit seinen Properties nur roh gesendet.',
  ],
  [
    'The snapshot has directories in blocks that only a stream with large blocks carries.',
    'Der Snapshot hat Verzeichnisse in Blöcken, die nur ein Stream mit großen Blöcken trägt.',
  ],
  [
    'Enable the feature large_blocks on the destination pool, then plan again.',
    'Schalten Sie am Ziel-Pool das Feature large_blocks ein, dann planen Sie noch einmal.',
  ],
  ['A live filesystem was to be sent.', 'Ein lebendes Dateisystem sollte gesendet werden.'],
  ['Take a snapshot and plan again.', 'Legen Sie einen Snapshot an, und planen Sie noch einmal.'],
  [
    'It will be retried; check zpool status if it persists.',
    'Es wird noch einmal versucht; sehen Sie nach zpool status, wenn es so weitergeht.',
  ],
  ['The compressed stream was changed in transit.', 'Der komprimierte Stream wurde unterwegs verändert.'],
  ['It is sent again from the last good place.', 'Ab der letzten guten Stelle wird er noch einmal gesendet.'],
  [
    'The half-received stream to be resumed no longer exists.',
    'Der halb empfangene Stream, mit dem es weitergehen sollte, ist nicht mehr da.',
  ],
  [
    'Plan again: the newest common snapshot is looked up again.',
    'Planen Sie noch einmal: Der neueste gemeinsame Snapshot wird frisch gesucht.',
  ],
  [
    'A full copy was to be received where a dataset already exists.',
    'Eine vollständige Kopie sollte empfangen werden, wo schon ein Dataset ist.',
  ],
  [
    'Choose another name, or plan again for an incremental stream.',
    'Wählen Sie einen anderen Namen, oder planen Sie noch einmal, mit einem inkrementellen Stream.',
  ],
  [
    'The copy has a different snapshot with this name.',
    'Die Kopie hat einen Snapshot dieses Namens, der ein anderer ist.',
  ],
  [
    'Rename that snapshot at the destination, then plan again.',
    'Benennen Sie jenen Snapshot am Ziel um, dann planen Sie noch einmal.',
  ],
  ['Plan again: it is resumed if it still fits.', 'Planen Sie noch einmal: Es geht damit weiter, wenn er noch passt.'],
  [
    'Plan again; it may have been destroyed meanwhile.',
    'Planen Sie noch einmal; vielleicht wurde er inzwischen zerstört.',
  ],
  [
    'The dataset above the copy is a volume; nothing can be received below it.',
    'Das Dataset über der Kopie ist ein Volume; darunter lässt sich nichts empfangen.',
  ],
  ['Choose another place for the copy.', 'Wählen Sie einen anderen Ort für die Kopie.'],
  [
    'ZFS does not take this name, or with the snapshot’s it is longer than 255 characters.',
    'ZFS nimmt diesen Namen nicht, oder mit dem des Snapshots ist er länger als 255 Zeichen.',
  ],
  ['Choose another, shorter name for the copy.', 'Wählen Sie für die Kopie einen anderen, kürzeren Namen.'],
  [
    'Something printed text before the stream began, such as a shell start-up file of the source’s user.',
    'Etwas gab Text aus, bevor der Stream begann, etwa eine Startdatei der Shell des Benutzers der Quelle.',
  ],
  [
    'Remove output from the start-up files (.bashrc, .profile) that non-interactive logins read.',
    'Entfernen Sie Ausgaben aus den Startdateien (.bashrc, .profile), die nicht interaktive Anmeldungen lesen.',
  ],
  [
    'A checksum inside the stream did not match: bytes were changed in transit, or the source reads back something other than it wrote.',
    'Eine Prüfsumme im Stream stimmte nicht: Bytes wurden unterwegs verändert, oder die Quelle liest anderes, als sie schrieb.',
  ],
  ['If it happens again, scrub the source pool.', 'Geschieht es wieder, prüfen Sie den Quell-Pool mit zpool scrub.'],
  [
    'The stream uses a feature that the destination pool or its ZFS does not have.',
    'Der Stream verwendet ein Feature, das der Ziel-Pool oder sein ZFS nicht hat.',
  ],
  [
    'Plan again with simpler streams, or enable the feature there; Sluice never upgrades pools.',
    'Planen Sie noch einmal mit einfacheren Streams, oder schalten Sie das Feature dort ein; Sluice rüstet Pools nie auf.',
  ],
  [
    'A non-raw update was once received into this raw copy (openzfs#8758).',
    'Auf diese rohe Kopie kam einmal eine nicht rohe Änderung (openzfs#8758).',
  ],
  [
    'The data is not damaged, but raw updates no longer fit.',
    'Die Daten sind nicht beschädigt, aber rohe Änderungen passen nicht mehr.',
  ],
  ['Make a new raw copy under another name.', 'Legen Sie eine neue rohe Kopie unter anderem Namen an.'],
  [
    'Plan again without raw, or make a new raw copy under another name.',
    'Planen Sie noch einmal ohne roh, oder legen Sie eine neue rohe Kopie unter anderem Namen an.',
  ],
  [
    'A stream of this kind cannot be received into what is encrypted there.',
    'Ein Stream dieser Art lässt sich nicht in das empfangen, was dort verschlüsselt ist.',
  ],
  [
    'Plan again, or choose a place for the copy that is encrypted in another way.',
    'Planen Sie noch einmal, oder wählen Sie für die Kopie einen Ort, der anders verschlüsselt ist.',
  ],
  [
    'Earlier updates of this copy carried large blocks, but this one does not.',
    'Frühere Änderungen dieser Kopie trugen große Blöcke, diese nicht.',
  ],
  [
    'Plan again: that is known now, and the next update carries them, too (-L).',
    'Planen Sie noch einmal: Das ist nun bekannt, und die nächste Aktualisierung trägt sie auch (-L).',
  ],
  [
    'There is zfs on {host}, but it does not say what it can do.',
    'Auf {host} gibt es zfs, aber es sagt nicht, was es kann.',
  ],
  [
    'Check the host: that finds out whether a module, a daemon or permissions are missing.',
    'Prüfen Sie den Host: Das findet heraus, ob ein Modul, ein Dienst oder Rechte fehlen.',
  ],
  ['There is no zfs command on {host}.', 'Auf {host} gibt es keinen Befehl zfs.'],
  [
    'It is neither on the PATH of a non-interactive login nor in /usr/sbin, /sbin, /usr/local/sbin.',
    'Er steht weder im PATH einer nicht interaktiven Anmeldung noch in /usr/sbin, /sbin, /usr/local/sbin.',
  ],
  [
    'Install ZFS there (Debian: zfsutils-linux and zfs-dkms), or choose another host.',
    'Installieren Sie dort ZFS (Debian: zfsutils-linux und zfs-dkms), oder wählen Sie einen anderen Host.',
  ],
  ['{tool} zfs does not work on {host} without a password.', '{tool} zfs geht auf {host} nicht ohne Passwort.'],
  [
    'Allow the user to run zfs and zpool without a password there, or choose another way to get privileges on this host.',
    'Erlauben Sie dem Benutzer dort zfs und zpool ohne Passwort, oder wählen Sie für diesen Host einen anderen Weg zu Rechten.',
  ],
  ['A listing of {host} could not be understood.', 'Eine Auflistung von {host} war nicht zu verstehen.'],
  [
    'Please report this with the versions of ZFS on the host; nothing was changed.',
    'Bitte melden Sie das mit den ZFS-Versionen des Hosts; es wurde nichts verändert.',
  ],
  ['There is no dataset {dataset} on {host}.', 'Auf {host} gibt es kein Dataset {dataset}.'],
  ['Look at the inventory of that host.', 'Sehen Sie nach, was es auf jenem Host gibt.'],
  [
    'It could not be read on {host}: the reading command ended with status {status}.',
    'Auf {host} war es nicht zu lesen: Der lesende Befehl endete mit Status {status}.',
  ],
  ['It could not be read on {host}: {why}.', 'Auf {host} war es nicht zu lesen: {why}.'],
  [
    'Extended attributes were not compared: getfattr is not on both hosts.',
    'Erweiterte Attribute wurden nicht verglichen: getfattr gibt es nicht auf beiden Hosts.',
  ],
  // Last, since these fit much else.
  ['{command} failed with status {status}.', '{command} scheiterte mit Status {status}.'],
  ['{command} failed.', '{command} scheiterte.'],
  [
    'Not released: the newer snapshot could not be held, so the next update may have to start from the older one.',
    'Nicht freigegeben: Der neuere Snapshot ließ sich nicht festhalten, also muss die nächste Aktualisierung vielleicht vom älteren ausgehen.',
  ],
  ['The next run that holds the newer one releases it.', 'Der nächste Lauf, der den neueren festhält, gibt ihn frei.'],
  [
    'Left out after an earlier attempt of this run failed there: {names}.',
    'Ausgelassen, weil ein früherer Versuch dieses Laufs dort scheiterte: {names}.',
  ],
  ['Plan a new run to send them.', 'Planen Sie einen neuen Lauf, um sie zu bringen.'],
];
