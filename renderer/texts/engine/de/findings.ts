/** Was der Planung auffiel. */
import type { Saying } from '../say.ts';

export const findings: readonly Saying[] = [
  ['{dataset} has no snapshot {label}.', '{dataset} hat keinen Snapshot {label}.'],
  ['{dataset} has no bookmark {label}.', '{dataset} hat kein Lesezeichen {label}.'],
  [
    '{name} is not at the destination: none of its snapshots has the GUID {guid}.',
    '{name} ist nicht am Ziel: Keiner der Snapshots dort hat die GUID {guid}.',
  ],
  [
    '{target} already exists on {host} and has no snapshots; it holds {bytes}. A full copy needs an unused name.',
    '{target} gibt es auf {host} schon, ohne Snapshots; es hält {bytes}. Eine volle Kopie braucht einen freien Namen.',
  ],
  [
    '{target} already exists on {host} and has no snapshots. A full copy needs an unused name.',
    '{target} gibt es auf {host} schon, ohne Snapshots. Eine volle Kopie braucht einen freien Namen.',
  ],
  [
    '{source} and {target} share no snapshot, so only a full copy is possible, and {name} is taken.',
    '{source} und {target} haben keinen Snapshot gemeinsam; also geht nur eine volle Kopie, und {name} ist vergeben.',
  ],
  [
    'Snapshots with the same name ({labels}) are different snapshots: their GUIDs differ.',
    'Snapshots gleichen Namens ({labels}) sind andere Snapshots: Ihre GUIDs sind verschieden.',
  ],
  [
    '{name} already exists on {host} and is a different snapshot: only the name is the same.',
    '{name} gibt es auf {host} schon, und es ist ein anderer Snapshot: Nur der Name ist gleich.',
  ],
  [
    '{names} already exist on {host} and are different snapshots: only the name is the same.',
    '{names} gibt es auf {host} schon, und es sind andere Snapshots: Nur der Name ist gleich.',
  ],
  [
    '{name} on {host} would be {length} characters long; ZFS allows {most}, the snapshot included. Choose a shorter name for the copy.',
    '{name} auf {host} wäre {length} Zeichen lang; ZFS erlaubt {most}, den Snapshot eingeschlossen. Wählen Sie einen kürzeren Namen für die Kopie.',
  ],
  [
    '{name} on {host} would be {length} characters long; ZFS allows {most}, the snapshot included. Choose a shorter name.',
    '{name} auf {host} wäre {length} Zeichen lang; ZFS erlaubt {most}, den Snapshot eingeschlossen. Wählen Sie einen kürzeren Namen.',
  ],
  [
    '1 older snapshot stays at the source only: a full copy brings the chosen snapshot, not the history before it.',
    '1 älterer Snapshot bleibt nur an der Quelle: Eine volle Kopie bringt den gewählten Snapshot, nicht was davor war.',
  ],
  [
    '{count} older snapshots stay at the source only: a full copy brings the chosen snapshot, not the history before it.',
    '{count} ältere Snapshots bleiben nur an der Quelle: Eine volle Kopie bringt den gewählten Snapshot, nicht was davor war.',
  ],
  [
    '1 snapshot stays at the source only: the stream skips it.',
    '1 Snapshot bleibt nur an der Quelle: Der Stream überspringt ihn.',
  ],
  [
    '{count} snapshots stay at the source only: the stream skips them.',
    '{count} Snapshots bleiben nur an der Quelle: Der Stream überspringt sie.',
  ],
  [
    '{target} on {host} has {names} since {base}, with no changes in between; it stays.',
    '{target} auf {host} hat seit {base} noch {names}, ohne Änderung dazwischen; das bleibt.',
  ],
  [
    '{target} on {host} has {names} since {base}, with no changes in between; they stay.',
    '{target} auf {host} hat seit {base} noch {names}, ohne Änderung dazwischen; sie bleiben.',
  ],
  ['{target} goes back to {base}.', '{target} geht auf {base} zurück.'],
  ['Deleted there: {things}.', 'Dort gelöscht: {things}.'],
  [
    'The destination cannot be rolled back: {names} is held.',
    'Das Ziel lässt sich nicht zurücksetzen: {names} wird von jemandem gehalten.',
  ],
  [
    'The destination cannot be rolled back: {names} are held.',
    'Das Ziel lässt sich nicht zurücksetzen: {names} werden von jemandem gehalten.',
  ],
  [
    'The destination cannot be rolled back: {names} is held by {tags}.',
    'Das Ziel lässt sich nicht zurücksetzen: {names} wird gehalten von {tags}.',
  ],
  [
    'The destination cannot be rolled back: {names} are held by {tags}.',
    'Das Ziel lässt sich nicht zurücksetzen: {names} werden gehalten von {tags}.',
  ],
  [
    'Sluice’s own hold on {names} is released first: it was there for the next update to start from.',
    'Sluices eigener Halt auf {names} wird zuvor gelöst: Er war da, damit die nächste Aktualisierung davon ausgehen kann.',
  ],
  [
    'The destination cannot be rolled back: {clone} is a clone of {origin}.',
    'Das Ziel lässt sich nicht zurücksetzen: {clone} ist ein Klon von {origin}.',
  ],
  [
    '{copy} on {host} exists already and is not read-only; it stays as it is.',
    '{copy} auf {host} gibt es schon und ist nicht nur lesbar; das bleibt so.',
  ],
  [
    '{count} copies on {host} exist already and are not read-only; they stay as they are.',
    '{count} Kopien auf {host} gibt es schon und sind nicht nur lesbar; das bleibt so.',
  ],
  [
    'Whatever is written to it stops the next update.',
    'Was in sie geschrieben wird, hält die nächste Aktualisierung auf.',
  ],
  [
    'Whatever is written to them stops the next update.',
    'Was in sie geschrieben wird, hält die nächste Aktualisierung auf.',
  ],
  ['{bytes} were written to it since {name}.', 'Seit {name} wurden {bytes} hineingeschrieben.'],
  ['{target} on {host} was changed after {base}: {rest}', '{target} auf {host} wurde nach {base} verändert: {rest}'],
  [
    '{target} on {host} has a snapshot newer than the base {base}: {names}.',
    '{target} auf {host} hat einen Snapshot, der neuer ist als die Basis {base}: {names}.',
  ],
  [
    '{target} on {host} has {count} snapshots newer than the base {base}: {names}.',
    '{target} auf {host} hat {count} Snapshots, die neuer sind als die Basis {base}: {names}.',
  ],
  [
    'No file differs: only access times were written, and reading files does that.',
    'Keine Datei ist verschieden: Es wurden nur Zugriffszeiten geschrieben, wozu das Lesen der Dateien genügt.',
  ],
  [
    'Changed since {target}’s newest snapshot: {files}, and {count} more.',
    'Geändert seit dem neuesten Snapshot von {target}: {files} und {count} weitere.',
  ],
  ['Changed since {target}’s newest snapshot: {files}.', 'Geändert seit dem neuesten Snapshot von {target}: {files}.'],
  [
    '{host} cannot send {dataset} raw: its zfs send has no such option.',
    '{host} kann {dataset} nicht roh senden: Sein zfs send kennt das nicht.',
  ],
  [
    '{dataset} is not encrypted; a raw stream of it cannot be received into {place}, which is.',
    '{dataset} ist nicht verschlüsselt; ein roher Stream davon lässt sich nicht in {place} empfangen, das es ist.',
  ],
  [
    '{dataset} is not encrypted; a raw stream of it carries plain data.',
    '{dataset} ist nicht verschlüsselt; ein roher Stream davon trägt Klardaten.',
  ],
  [
    '{dataset} is encrypted and its key is not loaded, so it can only be sent raw.',
    '{dataset} ist verschlüsselt und sein Schlüssel nicht geladen; also lässt es sich nur roh senden.',
  ],
  [
    'Earlier copies of {target} were sent raw. One non-raw update would stop all later raw updates (“IV set guid mismatch”).',
    'Frühere Kopien von {target} wurden roh gesendet. Eine einzige nicht rohe Aktualisierung würde alle späteren rohen verhindern („IV set guid mismatch“).',
  ],
  [
    '{target} inherits its key from {root}; it is unknown whether earlier copies were sent raw. An update of the other kind would stop all later ones (“IV set guid mismatch”).',
    '{target} hat seinen Schlüssel von {root}; ob frühere Kopien roh gesendet wurden, lässt sich nicht sagen. Eine Aktualisierung der anderen Art würde alle späteren verhindern („IV set guid mismatch“).',
  ],
  [
    'It is unknown whether {copy} was sent with large blocks (-L); this update is sent without. If it was, {zfs} does not notice, and files with large blocks can come out as zeros.',
    'Ob {copy} mit großen Blöcken (-L) gesendet wurde, ist nicht bekannt; diese Aktualisierung wird ohne gesendet. Falls doch, bemerkt {zfs} es nicht, und aus Dateien mit großen Blöcken können Nullen werden.',
  ],
  [
    'it was sent from the pool {pool}, and zfs send -t looks for its snapshot nowhere else.',
    'er wurde aus dem Pool {pool} gesendet, und zfs send -t sucht seinen Snapshot nirgends sonst.',
  ],
  [
    '{target} was not received raw, so it cannot take a raw update.',
    '{target} wurde nicht roh empfangen, also nimmt es keine rohe Aktualisierung.',
  ],
  [
    '{place} on {host} is encrypted and its key is not loaded, so nothing can be written below it.',
    '{place} auf {host} ist verschlüsselt und sein Schlüssel nicht geladen; darunter lässt sich nichts schreiben.',
  ],
  [
    '{place} on {host} is encrypted and its key is not loaded, so nothing can be written to it.',
    '{place} auf {host} ist verschlüsselt und sein Schlüssel nicht geladen; es lässt sich nicht beschreiben.',
  ],
  [
    '{dataset} is encrypted; the copy on {host} would be in plain text.',
    '{dataset} ist verschlüsselt; die Kopie auf {host} läge im Klartext.',
  ],
  [
    'The pool {pool} on {host} cannot hold encrypted data: its feature encryption is disabled.',
    'Der Pool {pool} auf {host} kann keine verschlüsselten Daten halten: Sein Feature encryption ist ausgeschaltet.',
  ],
  [
    'The pool {pool} on {host} cannot hold encrypted data: its ZFS does not know the feature encryption.',
    'Der Pool {pool} auf {host} kann keine verschlüsselten Daten halten: Sein ZFS kennt das Feature encryption nicht.',
  ],
  ['Send it decrypted', 'Entschlüsselt senden'],
  [
    'The copy is then in plain text there, unless its parent is encrypted.',
    'Die Kopie liegt dann dort im Klartext, es sei denn, das, worin sie liegt, ist verschlüsselt.',
  ],
  [
    '{host} has {zfs}. Other kinds of ZFS may refuse streams of filesystems that have version 5 or newer there (“stream has unsupported feature”); those of version 4 are said to arrive. That is found when the first stream begins; nothing is lost by it. Try a small dataset first.',
    '{host} hat {zfs}. Andere Arten von ZFS lehnen Streams von Dateisystemen, die dort Version 5 oder neuer haben, möglicherweise ab („stream has unsupported feature“); solche der Version 4 sollen ankommen. Das zeigt sich, wenn der erste Stream beginnt; verloren geht dabei nichts. Versuchen Sie es zuerst mit einem kleinen Dataset.',
  ],
  [
    '{host} has {zfs}, which may refuse streams of other kinds of ZFS (“stream has unsupported feature”). That is found when the first stream begins; nothing is lost by it. Try a small dataset first.',
    '{host} hat {zfs}; das lehnt Streams anderer Arten von ZFS möglicherweise ab („stream has unsupported feature“). Das zeigt sich, wenn der erste Stream beginnt; verloren geht dabei nichts. Versuchen Sie es zuerst mit einem kleinen Dataset.',
  ],
  [
    '{from} on {source} uses {features}, which {to} on {destination} has not enabled. If {dataset} itself uses {them}, the stream will be refused.',
    '{from} auf {source} nutzt {features}, was bei {to} auf {destination} nicht eingeschaltet ist. Nutzt {dataset} selbst es, so wird der Stream abgelehnt.',
  ],
  [
    'Earlier streams of {dataset} to {copy} were sent with {flags}, which {source} and {destination} cannot do together now. An update without it would not fit the copy.',
    'Frühere Streams von {dataset} nach {copy} wurden mit {flags} gesendet, was {source} und {destination} jetzt nicht zusammen können. Eine Aktualisierung ohne dies passte nicht zu dem, was da ist.',
  ],
  [
    'Earlier streams of {dataset} were sent compressed (-c); {host} no longer accepts that, so more bytes go over the network.',
    'Frühere Streams von {dataset} wurden komprimiert gesendet (-c); {host} nimmt das nicht mehr an, also gehen mehr Bytes über die Leitung.',
  ],
  [
    '{target} is renamed to {aside} and kept whole, children and snapshots included.',
    '{target} wird in {aside} umbenannt und bleibt ganz, mit allem darunter und den Snapshots.',
  ],
  [
    'An incremental stream from {label} was asked for, but {target} does not exist on {host}.',
    'Verlangt war ein inkrementeller Stream ab {label}, aber {target} gibt es auf {host} nicht.',
  ],
  [
    '{dataset} on {host} has no snapshots; replication sends snapshots.',
    '{dataset} auf {host} hat keine Snapshots; gesendet werden aber Snapshots.',
  ],
  ['{dataset} on {host} has no snapshot {label}.', '{dataset} auf {host} hat keinen Snapshot {label}.'],
  ['{name} is already at {target}: same GUID.', '{name} ist schon bei {target}: dieselbe GUID.'],
  [
    'A full copy was asked for, but {target} already exists on {host}.',
    'Verlangt war eine volle Kopie, aber {target} gibt es auf {host} schon.',
  ],
  [
    '{goal} is older than {base}, which {target} already has; an incremental stream only goes forward.',
    '{goal} ist älter als {base}, das {target} schon hat; ein inkrementeller Stream geht nur vorwärts.',
  ],
  [
    '{copy} would be mounted at {path} on {host}, over {covered}.',
    '{copy} würde auf {host} unter {path} eingehängt, über {covered}.',
  ],
  [
    'Every copy of the package would be mounted at {path}, one over the other.',
    'Jede Kopie des Pakets würde unter {path} eingehängt, eine über der anderen.',
  ],
  ['{host} has no dataset {dataset}.', '{host} hat kein Dataset {dataset}.'],
  [
    'The copy of {dataset} in {place} would have a longer name than ZFS allows. Choose a shorter destination.',
    'Die Kopie von {dataset} in {place} bekäme einen längeren Namen, als ZFS erlaubt. Wählen Sie ein kürzeres Ziel.',
  ],
  ['{one} and {other} would both become {copy}.', '{one} und {other} würden beide zu {copy}.'],
  ['{dataset} is both to be copied and to be left out.', '{dataset} soll zugleich kopiert und ausgelassen werden.'],
  ['The same goes for {count} more datasets.', 'Dasselbe gilt für {count} weitere Datasets.'],
  [
    '{dataset} has no snapshot {label}; its newest is {newest}. A package is one point in time, so it cannot simply be skipped.',
    '{dataset} hat keinen Snapshot {label}; sein neuester ist {newest}. Ein Paket ist von einem Augenblick, also lässt es sich nicht einfach überspringen.',
  ],
  [
    '{dataset} has no snapshot {label} or any other. A package is one point in time, so it cannot simply be skipped.',
    '{dataset} hat weder den Snapshot {label} noch einen anderen. Ein Paket ist von einem Augenblick, also lässt es sich nicht einfach überspringen.',
  ],
  [
    '{dataset} has no snapshot {label}; it is copied up to {goal}, the origin of clones in the package.',
    '{dataset} hat keinen Snapshot {label}; es wird bis {goal} kopiert, woraus Klone des Pakets entstanden.',
  ],
  [
    '{clone} is a clone of {origin}, which is neither in the package nor anywhere in the pool {pool} on {host}. The clone cannot be received without it.',
    '{clone} ist ein Klon von {origin}, das weder im Paket noch irgendwo im Pool {pool} auf {host} ist. Ohne es lässt sich der Klon nicht empfangen.',
  ],
  [
    '{clone} is a clone of {origin}, which is not in this package: it can only be copied to where that already exists.',
    '{clone} ist ein Klon von {origin}, das nicht in diesem Paket ist: Er lässt sich nur dorthin kopieren, wo es schon ist.',
  ],
  [
    '{clone} is a clone of {origin}; its copy is sent in full and shares no space with another.',
    '{clone} ist ein Klon von {origin}; seine Kopie wird vollständig gesendet und teilt mit keiner anderen Platz.',
  ],
  [
    '{dataset} was copied before as {old} and renamed since. This plan sends it again in full, and {same} stays as it is.',
    '{dataset} wurde früher als {old} kopiert, ist also seither umbenannt. Wie geplant wird es noch einmal vollständig gesendet, und {same} bleibt, wie es ist.',
  ],
  [
    'A snapshot is to be taken at the start, but has no name.',
    'Am Anfang soll ein Snapshot entstehen, aber er hat keinen Namen.',
  ],
  [
    '{place} on {host} is a volume; nothing can be received below it.',
    '{place} auf {host} ist ein Volume; darunter lässt sich nichts empfangen.',
  ],
  [
    '{names} will be created on {host} first, without being mounted.',
    '{names} wird auf {host} zuerst angelegt, ohne eingehängt zu werden.',
  ],
  [
    '{user} on {host} lacks permissions: {what} is not allowed on {where}.',
    '{user} auf {host} darf nicht, was hier nötig ist: {what} ist auf {where} nicht erlaubt.',
  ],
  [
    '{user} on {host} lacks permissions: {what} are not allowed on {where}.',
    '{user} auf {host} darf nicht, was hier nötig ist: {what} sind auf {where} nicht erlaubt.',
  ],
  [
    '{user} on {host} may create the copy, but not everything that belongs to it.',
    '{user} auf {host} darf die Kopie machen, aber nicht alles, was dazugehört.',
  ],
  [
    'Without {what} these properties are not set on the copy.',
    'Ohne {what} werden diese Eigenschaften an der Kopie nicht gesetzt.',
  ],
  [
    'Without {what} the base of the next update is less protected.',
    'Ohne {what} ist weniger geschützt, wovon die nächste Aktualisierung ausgeht.',
  ],
  [
    '{a} and {b} have the same pool, so they are the same computer; if one is a copy of the other, give its pool an identity of its own with zpool reguid.',
    '{a} und {b} haben denselben Pool, sind also ein Rechner; ist einer eine Kopie des anderen, geben Sie seinem Pool mit zpool reguid eine eigene Identität.',
  ],
  ['Source and destination are the same dataset, {dataset}.', 'Quelle und Ziel sind dasselbe Dataset, {dataset}.'],
  [
    '{to} contains the source {from}; a copy cannot be received over it.',
    '{to} enthält die Quelle {from}; darüber lässt sich keine Kopie empfangen.',
  ],
  [
    'The copy would lie inside its own source: {to} is below {from}. If {same} is lost, so is the copy.',
    'Die Kopie läge in ihrer eigenen Quelle: {to} liegt unter {from}. Geht {same} verloren, so auch die Kopie.',
  ],
  [
    'The pool {pool} on {host} is {health}; see zpool status.',
    'Der Pool {pool} auf {host} ist {health}; siehe zpool status.',
  ],
  ['The pool {pool} on {host} is imported read-only.', 'Der Pool {pool} auf {host} ist nur lesbar importiert.'],
  ['{host} has no pool {pool}.', '{host} hat keinen Pool {pool}.'],
  [
    '{host} has {zfs}: no resumable streams, no exact size in advance, no bookmarks, and holds are not used there. An interrupted stream starts over.',
    '{host} hat {zfs}: keine fortsetzbaren Streams, keine genaue Größe im Voraus, keine Lesezeichen, und Halte werden dort nicht benutzt. Ein abgebrochener Stream beginnt von vorn.',
  ],
  [
    'The clock of {later} is {time} ahead of {earlier}’s. Replication goes by GUIDs and transaction groups, but dates in names of snapshots mislead, and tools that prune by age may destroy the wrong ones.',
    'Die Uhr von {later} geht der von {earlier} um {time} vor. Repliziert wird nach GUIDs und Transaktionsgruppen, aber Daten in Namen von Snapshots führen irre, und Werkzeuge, die nach Alter aufräumen, könnten die falschen zerstören.',
  ],
  [
    'One of the two is a practice host and the other is real; they are never mixed.',
    'Einer der beiden ist ein Übungshost, der andere ist echt; sie werden nie gemischt.',
  ],
  [
    '{host} is receiving a stream into {copy} already (process {pid}: {command}). ZFS takes one at a time: a run tries again until that one has ended, then plans from what it brought.',
    '{host} empfängt schon einen Stream in {copy} (Prozess {pid}: {command}). ZFS nimmt einen nach dem anderen: Ein Lauf versucht es wieder, bis jener geendet hat, und plant dann nach dem, was er brachte.',
  ],
  [
    '{target} on {host} holds a half-received stream of {name} ({bytes}) that cannot be resumed: {rest}',
    '{target} auf {host} hält einen halb empfangenen Stream von {name} ({bytes}), der sich nicht fortsetzen lässt: {rest}',
  ],
  [
    '{target} on {host} holds a half-received stream that cannot be resumed: {rest}',
    '{target} auf {host} hält einen halb empfangenen Stream, der sich nicht fortsetzen lässt: {rest}',
  ],
  ['its token cannot be read.', 'sein Token ist nicht lesbar.'],
  ['{host} cannot resume streams.', '{host} kann Streams nicht fortsetzen.'],
  ['its snapshot no longer exists in {dataset}.', 'seinen Snapshot gibt es in {dataset} nicht mehr.'],
  ['it is newer than {goal}, which was asked for.', 'er ist neuer als {goal}, um den gebeten wurde.'],
  [
    'the snapshot it starts from no longer exists at the source.',
    'den Snapshot, von dem er ausgeht, gibt es an der Quelle nicht mehr.',
  ],
  [
    'the snapshot it starts from no longer exists at the destination.',
    'den Snapshot, von dem er ausgeht, gibt es am Ziel nicht mehr.',
  ],
  [
    'it is to become a clone, and its origin is unknown.',
    'er soll ein Klon werden, und woraus der wächst, ist nicht bekannt.',
  ],
  ['it starts from {start}, not from {base}.', 'er geht von {start} aus, nicht von {base}.'],
  [
    'it is an update, and a full copy was asked for.',
    'er ist eine Aktualisierung, und um eine volle Kopie wurde gebeten.',
  ],
  [
    '{bytes} of {name} were received before and are not sent again.',
    '{bytes} von {name} wurden schon empfangen und werden nicht noch einmal gesendet.',
  ],
  ['{regex} is not a regular expression: {why}.', '{regex} ist kein regulärer Ausdruck: {why}.'],
  [
    'The size of the stream is not known in advance; {bytes} are available at {place}.',
    'Die Größe des Streams lässt sich nicht im Voraus sagen; bei {place} sind {bytes} verfügbar.',
  ],
  [
    'The size of the streams is not known in advance; {bytes} are available at {place}.',
    'Die Größe der Streams lässt sich nicht im Voraus sagen; bei {place} sind {bytes} verfügbar.',
  ],
  [
    'About {needed} of the {available} available at {place} will be used. Estimates can be too low for many small files.',
    'Von den {available}, die bei {place} verfügbar sind, werden etwa {needed} gebraucht. Bei vielen kleinen Dateien können Schätzungen zu niedrig sein.',
  ],
  [
    'About {needed} are to be received, but only {available} are available at {place} on {host}, quotas counted.',
    'Etwa {needed} sollen empfangen werden, aber bei {place} auf {host} sind nur {available} verfügbar, Quotas mitgerechnet.',
  ],
  ['The largest of {count} copies is {copy} with {bytes}.', 'Die größte von {count} Kopien ist {copy} mit {bytes}.'],
  [
    'A snapshot {label} is to be taken, but {names} exists already on {host}. Choose another name, or replicate that snapshot.',
    'Ein Snapshot {label} soll entstehen, aber {names} gibt es auf {host} schon. Wählen Sie einen anderen Namen, oder replizieren Sie jenen.',
  ],
  [
    'A snapshot {label} is to be taken, but {names} exist already on {host}. Choose another name, or replicate that snapshot.',
    'Ein Snapshot {label} soll entstehen, aber {names} gibt es auf {host} schon. Wählen Sie einen anderen Namen, oder replizieren Sie jene.',
  ],
  [
    'A practice host has no pipes of its own; its bytes come through Sluice.',
    'Ein Übungshost hat keine eigenen Rohre; seine Bytes kommen durch Sluice.',
  ],
  [
    'The two ends are not one machine reached with one login, so the bytes have to travel.',
    'Die beiden Enden sind nicht ein Rechner mit einer Anmeldung, also müssen die Bytes reisen.',
  ],
  ['{target} on {host} was changed after {base}:', '{target} auf {host} wurde nach {base} verändert:'],
  ['The pool {pool} on {host} is {health}.', 'Der Pool {pool} auf {host} ist {health}.'],
  ['The pool {pool} is there.', 'Der Pool {pool} ist da.'],
  [
    '{host} has {zfs}; it cannot read what {source} sends. Some streams are refused (“stream has unsupported feature”), others are received and then give input/output errors.',
    '{host} hat {zfs}; das kann nicht lesen, was {source} sendet. Manche Streams werden abgelehnt („stream has unsupported feature“), andere werden empfangen und geben dann Ein-/Ausgabefehler.',
  ],
  [
    'Both hosts have {zfs}: no resumable streams, no exact size in advance, no bookmarks; whether the destination was written to cannot be read before sending, so ZFS itself may refuse at the end.',
    'Beide Hosts haben {zfs}: keine fortsetzbaren Streams, keine genaue Größe im Voraus, keine Lesezeichen; ob ins Ziel geschrieben wurde, lässt sich vor dem Senden nicht lesen, also lehnt ZFS selbst am Ende vielleicht ab.',
  ],
  [
    '{dataset} is a {kind}, {target} on {host} is a {other}.',
    '{dataset} ist ein {kind}, {target} auf {host} ist ein {other}.',
  ],
  [
    'One end is this computer: there is no shorter way than from here.',
    'Ein Ende ist dieser Rechner: Einen kürzeren Weg als von hier gibt es nicht.',
  ],
  [
    'The clock of {later} is {count} minutes ahead of {earlier}’s. {rest}',
    'Die Uhr von {later} geht der von {earlier} um {count} Minuten voraus. {rest}',
  ],
  [
    'The clock of {later} is 1 minute ahead of {earlier}’s. {rest}',
    'Die Uhr von {later} geht der von {earlier} um eine Minute voraus. {rest}',
  ],
  [
    'The clock of {later} is {count} hours ahead of {earlier}’s. {rest}',
    'Die Uhr von {later} geht der von {earlier} um {count} Stunden voraus. {rest}',
  ],
  [
    'The clock of {later} is {count} days ahead of {earlier}’s. {rest}',
    'Die Uhr von {later} geht der von {earlier} um {count} Tage voraus. {rest}',
  ],
  [
    'Replication goes by GUIDs and transaction groups, but dates in names of snapshots mislead, and tools that prune by age may destroy the wrong ones.',
    'Die Replikation richtet sich nach GUIDs und Transaktionsgruppen; aber Daten in Namen von Snapshots führen irre, und Werkzeuge, die nach Alter aufräumen, könnten die falschen zerstören.',
  ],
  [
    '{host} is receiving a stream into {copy} already (process {pid}: {command}). {rest}',
    '{host} empfängt schon einen Stream in {copy} (Prozess {pid}: {command}). {rest}',
  ],
  [
    'ZFS takes one at a time: a run tries again until that one has ended, then plans from what it brought.',
    'ZFS nimmt nur einen auf einmal: Ein Lauf versucht es wieder, bis jener zu Ende ist, und plant dann nach dem, was er gebracht hat.',
  ],
];
