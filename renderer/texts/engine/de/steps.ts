/** Schritte eines Plans, wie er ausgeführt wird, woher Schätzungen kommen, welchen Weg die Bytes nehmen. */
import type { Saying } from '../say.ts';

export const steps: readonly Saying[] = [
  ['Copy {labels} to {target}, a clone of {origin}', '{labels} nach {target} kopieren, als Klon von {origin}'],
  [
    'Copy {label} of {source} and everything below it to {copy}',
    '{label} von {source} und allem darunter nach {copy} kopieren',
  ],
  ['Copy {labels} to {target}', '{labels} nach {target} kopieren'],
  ['Bring {labels} to {target}', '{labels} nach {target} bringen'],
  ['Resume {labels} to {target}', 'Mit {labels} nach {target} weitermachen'],
  ['Set {properties} on {target}', '{properties} an {target} setzen'],
  [
    'Compare GUIDs on both sides and check the copy’s properties',
    'GUIDs auf beiden Seiten vergleichen und die Eigenschaften der Kopie ansehen',
  ],
  [
    'Hold {labels} at the source, so that nothing destroys it meanwhile',
    '{labels} an der Quelle halten, damit inzwischen nichts ihn zerstört',
  ],
  [
    'Hold {labels} at the source, so that nothing destroys them meanwhile',
    '{labels} an der Quelle halten, damit inzwischen nichts sie zerstört',
  ],
  [
    'Bookmark {label} at the source, so that the next update is possible even without it',
    '{label} an der Quelle mit einem Lesezeichen versehen, damit die nächste Aktualisierung auch ohne ihn möglich ist',
  ],
  [
    'Hold {label} at the destination: the next update starts from it',
    '{label} am Ziel halten: Davon geht die nächste Aktualisierung aus',
  ],
  ['Release our hold on {labels} at the source', 'Unseren Halt auf {labels} an der Quelle lösen'],
  ['Release our holds on {labels} at the source', 'Unsere Halte auf {labels} an der Quelle lösen'],
  ['Release our hold on {labels} at the destination', 'Unseren Halt auf {labels} am Ziel lösen'],
  ['Release our holds on {labels} at the destination', 'Unsere Halte auf {labels} am Ziel lösen'],
  [
    'Release our hold on {labels} at the destination, which prevents the rollback',
    'Unseren Halt auf {labels} am Ziel lösen, der das Zurücksetzen verbietet',
  ],
  [
    'Release any hold of ours on {labels} of {aside}, which was set aside',
    'Was von uns auf {labels} von {aside} übrig ist, lösen, das beiseitegestellt wurde',
  ],
  ['Release any hold of ours on {labels} at the source', 'Was von uns auf {labels} an der Quelle übrig ist, lösen'],
  ['Release any hold of ours on {labels} at the destination', 'Was von uns auf {labels} am Ziel übrig ist, lösen'],
  ['Take the snapshot {label} of {of}', 'Den Snapshot {label} von {of} aufnehmen'],
  ['Discard the half-received stream of {target}', 'Den halb empfangenen Stream von {target} verwerfen'],
  ['Rename {target} to {aside}', '{target} in {aside} umbenennen'],
  ['Roll {target} back to {label}', '{target} auf {label} zurücksetzen'],
  ['Create {parent}', '{parent} anlegen'],
  [
    'Encrypted blocks are sent as they are; the destination never sees a key (-w).',
    'Verschlüsselte Blöcke werden gesendet, wie sie sind; das Ziel sieht nie einen Schlüssel (-w).',
  ],
  ['Compressed blocks stay compressed in transit (-c).', 'Komprimierte Blöcke bleiben unterwegs komprimiert (-c).'],
  ['Blocks above 128 KiB stay whole (-L).', 'Blöcke über 128 KiB bleiben ganz (-L).'],
  [
    'If the connection drops, the next attempt resumes where it stopped (receive -s).',
    'Bricht die Leitung ab, macht der nächste Versuch dort weiter, wo sie abbrach (receive -s).',
  ],
  [
    'These tools cannot resume: an interrupted stream starts over.',
    'Diese Werkzeuge können nicht fortsetzen: Ein abgebrochener Stream beginnt von vorn.',
  ],
  ['The copy is received without mounting it (-u).', 'Die Kopie wird empfangen, ohne eingehängt zu werden (-u).'],
  [
    'The copy is read-only, so that nothing can come between it and the next update.',
    'Die Kopie ist nur lesbar, damit nichts zwischen sie und die nächste Aktualisierung kommt.',
  ],
  [
    'It will not mount by itself at boot (canmount=noauto).',
    'Beim Hochfahren wird sie nicht von selbst eingehängt (canmount=noauto).',
  ],
  [
    'Set-user-id programs and device files in the copy have no effect there (setuid=off, devices=off).',
    'Set-user-id-Programme und Gerätedateien in der Kopie wirken dort nicht (setuid=off, devices=off).',
  ],
  [
    'Properties of the source are sent (-p), but not its mountpoint, shares, quotas and reservations (-x).',
    'Eigenschaften der Quelle gehen mit (-p), nicht aber Einhängepunkt, Freigaben, Quotas und Reservierungen (-x).',
  ],
  [
    'Properties of the source, such as its mountpoint, shares and quotas, are not sent.',
    'Eigenschaften der Quelle wie Einhängepunkt, Freigaben und Quotas werden nicht gesendet.',
  ],
  ['The rate is limited to {rate}.', 'Die Rate ist auf {rate} begrenzt.'],
  ['nothing to send', 'nichts zu senden'],
  [
    'zfs send -nvP with the same flags; updates of many small files can be far larger',
    'zfs send -nvP mit denselben Schaltern; bei vielen kleinen Dateien kann es weit mehr sein',
  ],
  [
    'what was written since the newest snapshot, because the one to be sent does not exist yet',
    'was seit dem neuesten Snapshot geschrieben wurde, denn den zu sendenden gibt es noch nicht',
  ],
  [
    'zfs send -nvP with the same flags, and for the snapshot that does not exist yet what was written since the newest; updates of many small files can be far larger',
    'zfs send -nvP mit denselben Schaltern, und für den Snapshot, den es noch nicht gibt, was seit dem neuesten geschrieben wurde; bei vielen kleinen Dateien kann es weit mehr sein',
  ],
  [
    'the size of a stream to a snapshot that does not exist yet is only known from the newest one on',
    'wie groß ein Stream bis zu einem Snapshot wird, den es noch nicht gibt, ist nur vom neuesten aus bekannt',
  ],
  [
    'the space the snapshot refers to, since this ZFS cannot tell the size of a stream',
    'der Platz, auf den der Snapshot verweist, denn dieses ZFS kann die Größe eines Streams nicht sagen',
  ],
  [
    'this ZFS cannot tell the size of an incremental stream',
    'dieses ZFS kann die Größe eines inkrementellen Streams nicht sagen',
  ],
  [
    'Relay: the bytes go through this computer, as asked.',
    'Durchleitung: Die Bytes gehen über diesen Rechner, wie gewünscht.',
  ],
  [
    'Local: the bytes stay on the host that holds both ends.',
    'Örtlich: Die Bytes bleiben auf dem Host, der beide Enden hält.',
  ],
  [
    'Relay: one end is this computer, so the bytes go straight to the other one anyway.',
    'Durchleitung: Ein Ende ist dieser Rechner, also gehen die Bytes ohnehin geradewegs zum anderen.',
  ],
  [
    'Direct: the source sends straight to the destination, with a key for this run only.',
    'Direkt: Die Quelle sendet geradewegs zum Ziel, mit einem Schlüssel nur für diesen Lauf.',
  ],
  [
    'Local: both ends are one machine, so the bytes stay there.',
    'Örtlich: Beide Enden sind ein Rechner, also bleiben die Bytes dort.',
  ],
  [
    'Relay: one end is this computer, so there is no shorter way.',
    'Durchleitung: Ein Ende ist dieser Rechner, einen kürzeren Weg gibt es nicht.',
  ],
  [
    'Relay: the stream can only be limited here; the source has neither pv nor mbuffer.',
    'Durchleitung: Nur hier lässt sich der Stream begrenzen; die Quelle hat weder pv noch mbuffer.',
  ],
  ['Relay: the source does not reach the destination.', 'Durchleitung: Die Quelle erreicht das Ziel nicht.'],
  [
    'Relay: below {size} a direct route is not worth setting up.',
    'Durchleitung: Unter {size} lohnt es nicht, einen direkten Weg einzurichten.',
  ],
  [
    'There is no known address at which {host} could reach it.',
    'Es ist keine Adresse bekannt, unter der {host} es finden könnte.',
  ],
  [
    'At {where} it finds a different host than the pinned one.',
    'Unter {where} findet sie einen anderen Host als den gemerkten.',
  ],
  [
    'From here it is reached through {jump}, which the source has no key for.',
    'Von hier wird es über {jump} erreicht, wofür die Quelle keinen Schlüssel hat.',
  ],
  [
    'Let {host} in at {place} with a fresh key, for this one receive',
    '{host} an {place} mit einem frischen Schlüssel einlassen, für dieses eine Empfangen',
  ],
  ['Remove that key at {place} again', 'Jenen Schlüssel an {place} wieder herausnehmen'],
  [
    'On the local route the bytes do not come through this computer, and the source has neither pv nor mbuffer that could limit them.',
    'Auf dem lokalen Weg kommen die Bytes nicht über diesen Rechner, und die Quelle hat weder pv noch mbuffer, die sie begrenzen könnten.',
  ],
  [
    'On the direct route the bytes do not come through this computer, and the source has neither pv nor mbuffer that could limit them.',
    'Auf dem direkten Weg kommen die Bytes nicht über diesen Rechner, und die Quelle hat weder pv noch mbuffer, die sie begrenzen könnten.',
  ],
  ['{host} has no ssh.', '{host} hat kein ssh.'],
  ['Nothing answers it at {where}.', 'Unter {where} antwortet ihr nichts.'],
  [
    'Relay: a sample came through this computer at {rate}; the direct route ran at {before} last time.',
    'Durchleitung: Eine Probe kam mit {rate} durch diesen Rechner; der direkte Weg lief zuletzt mit {before}.',
  ],
  [
    'Direct: the source reaches the destination itself, which spares this computer’s network.',
    'Direkt: Die Quelle erreicht das Ziel selbst; das schont die Leitung dieses Rechners.',
  ],
  [
    'Direct: the source reaches the destination itself, which spares this computer’s network (it ran at {before} last time, a sample came through here at {rate}).',
    'Direkt: Die Quelle erreicht das Ziel selbst; das schont die Leitung dieses Rechners (zuletzt lief es mit {before}, eine Probe kam hier mit {rate} durch).',
  ],
  [
    'Direct: the source reaches the destination itself, which spares this computer’s network (it ran at {before} last time).',
    'Direkt: Die Quelle erreicht das Ziel selbst; das schont die Leitung dieses Rechners (zuletzt lief es mit {before}).',
  ],
  [
    'Direct: the source reaches the destination itself, which spares this computer’s network (a sample came through here at {rate}).',
    'Direkt: Die Quelle erreicht das Ziel selbst; das schont die Leitung dieses Rechners (eine Probe kam hier mit {rate} durch).',
  ],
  [
    'Not compressed in transit: encrypted blocks do not become smaller.',
    'Unterwegs nicht komprimiert: Verschlüsselte Blöcke werden nicht kleiner.',
  ],
  [
    'Not compressed in transit: the two ends have neither zstd nor lz4 in common.',
    'Unterwegs nicht komprimiert: Die beiden Enden haben weder zstd noch lz4 gemeinsam.',
  ],
  [
    'Not compressed in transit: a sample came through at {packed} with {tool} through this computer, {plain} as it is.',
    'Unterwegs nicht komprimiert: Eine Probe kam mit {tool} durch diesen Rechner auf {packed}, so wie sie ist auf {plain}.',
  ],
  [
    'Not compressed in transit: a sample came through at {packed} with {tool}, {plain} as it is.',
    'Unterwegs nicht komprimiert: Eine Probe kam mit {tool} auf {packed}, so wie sie ist auf {plain}.',
  ],
  [
    'Compressed with {tool} in transit: a sample came through at {packed} with {same} through this computer, {plain} as it is, with {share} % of its bytes on the wire.',
    'Unterwegs mit {tool} komprimiert: Eine Probe kam mit {same} durch diesen Rechner auf {packed}, so wie sie ist auf {plain}; {share} % ihrer Bytes gingen über die Leitung.',
  ],
  [
    'Compressed with {tool} in transit: a sample came through at {packed} with {same}, {plain} as it is, with {share} % of its bytes on the wire.',
    'Unterwegs mit {tool} komprimiert: Eine Probe kam mit {same} auf {packed}, so wie sie ist auf {plain}; {share} % ihrer Bytes gingen über die Leitung.',
  ],
  ['Compressed with {tool} in transit, as asked.', 'Unterwegs mit {tool} komprimiert, wie gewünscht.'],
  [
    'Compressed with {tool} in transit, as asked; what is shown moving are the compressed bytes.',
    'Unterwegs mit {tool} komprimiert, wie gewünscht; was sich bewegt, sind die komprimierten Bytes.',
  ],
  [
    'The source has no {tool}, which was to compress the stream.',
    'Die Quelle hat kein {tool}, womit der Stream komprimiert werden sollte.',
  ],
  [
    'The destination has no {tool}, which was to compress the stream.',
    'Das Ziel hat kein {tool}, womit der Stream komprimiert werden sollte.',
  ],
  [
    'The source and the destination have no {tool}, which was to compress the stream.',
    'Quelle und Ziel haben kein {tool}, womit der Stream komprimiert werden sollte.',
  ],
  ['Send it as it is', 'So senden, wie er ist'],
  ['Nothing is needed for that.', 'Dafür braucht es nichts.'],
];
