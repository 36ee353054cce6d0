/** Fehler: was scheiterte, warum, und was man tun kann. */
import type { Saying } from '../say.ts';

export const failures: readonly Saying[] = [
  ['This plan is no longer known.', 'Dieser Plan ist nicht mehr bekannt.'],
  ['Plan again.', 'Planen Sie noch einmal.'],
  ['Sluice does not do this by itself.', 'Das macht Sluice nicht von selbst.'],
  [
    'Run the command that is shown, then plan again.',
    'Führen Sie den gezeigten Befehl aus, dann planen Sie noch einmal.',
  ],
  ['A plan that is blocked cannot be started.', 'Ein blockierter Plan lässt sich nicht starten.'],
  ['Follow one of its fixes.', 'Gehen Sie einen der Auswege.'],
  ['The plan is blocked.', 'Der Plan ist blockiert.'],
  ['Look at the findings of the plan.', 'Sehen Sie nach, was der Planung auffiel.'],
  [
    'This plan deletes data from {target}; its name has to be typed to confirm that.',
    'Dieser Plan löscht Daten aus {target}; zur Bestätigung muss der Name eingetippt werden.',
  ],
  [
    'The hosts have changed since this plan was shown, and other steps would be needed now. Nothing was done.',
    'Die Hosts haben sich verändert, seit dieser Plan gezeigt wurde; jetzt wären andere Schritte nötig. Es ist nichts geschehen.',
  ],
  ['Look at the new plan.', 'Sehen Sie sich den neuen Plan an.'],
  [
    'The tools reported success, but the destination does not have what was sent.',
    'Die Werkzeuge meldeten Erfolg, aber das Ziel hat nicht, was gesendet wurde.',
  ],
  [
    'Do not rely on this copy. Check the messages of both ends, then run again.',
    'Verlassen Sie sich nicht auf diese Kopie. Sehen Sie die Meldungen beider Seiten an, dann starten Sie noch einmal.',
  ],
  ['sudo on {host} asks for the password of {user}.', 'sudo auf {host} fragt nach dem Passwort von {user}.'],
  ['Password of {user} for sudo', 'Passwort von {user} für sudo'],
  [
    'Nothing was done on {host}: sudo needs the password of {user}.',
    'Auf {host} ist nichts geschehen: sudo braucht das Passwort von {user}.',
  ],
  [
    'Try again and give it, or run the command there yourself.',
    'Versuchen Sie es noch einmal und geben Sie es ein, oder führen Sie den Befehl dort selbst aus.',
  ],
  ['{command} did not work on {host}.', '{command} gelang auf {host} nicht.'],
  ['Run it there yourself as an administrator.', 'Führen Sie es dort selbst als Verwalter aus.'],
  ['No address was found for {place}.', 'Für {place} wurde keine Adresse gefunden.'],
  [
    'Check the name “{host}”, and that this computer is on the network where it is known.',
    'Prüfen Sie den Namen „{host}“, und dass dieser Rechner in dem Netz ist, wo man ihn kennt.',
  ],
  ['{place} refused the connection.', '{place} hat die Verbindung abgelehnt.'],
  [
    'Check that the SSH server runs there and listens on port {port}.',
    'Prüfen Sie, ob dort der SSH-Server läuft und an Port {port} lauscht.',
  ],
  ['{place} could not be reached.', '{place} war nicht zu erreichen.'],
  [
    'Check that the host is switched on, and that no firewall is in the way.',
    'Prüfen Sie, ob der Host eingeschaltet ist und keine Firewall im Weg steht.',
  ],
  ['{place} did not answer within {seconds} s.', '{place} hat binnen {seconds} s nicht geantwortet.'],
  ['The connection was neither accepted nor refused.', 'Die Verbindung wurde weder angenommen noch abgelehnt.'],
  [
    'Check that the host is switched on, and that no firewall swallows the packets.',
    'Prüfen Sie, ob der Host eingeschaltet ist und keine Firewall die Pakete verschluckt.',
  ],
  [
    '{place} accepted the connection, but no SSH server spoke.',
    '{place} nahm die Verbindung an, aber kein SSH-Server meldete sich.',
  ],
  ['{place} did not let us log in.', '{place} ließ uns nicht hinein.'],
  [
    'Check the user name, and that the public key is in the authorized_keys of that user on the host.',
    'Prüfen Sie den Benutzernamen, und ob der öffentliche Schlüssel in dessen authorized_keys auf dem Host steht.',
  ],
  [
    '{place} shows a different host key than the one that was pinned. The connection was refused.',
    '{place} zeigt einen anderen Host-Schlüssel als den gemerkten. Die Verbindung wurde abgelehnt.',
  ],
  [
    'Either the host was reinstalled, or something else answers at its address.',
    'Entweder wurde der Host neu aufgesetzt, oder an seiner Adresse antwortet etwas anderes.',
  ],
  ['The connection to {place} was lost.', 'Die Verbindung zu {place} ging verloren.'],
  [
    'Check the network between this computer and the host. What was under way can be resumed.',
    'Prüfen Sie das Netz zwischen diesem Rechner und dem Host. Was unterwegs war, lässt sich wieder aufnehmen.',
  ],
  ['There is no key file {file}.', 'Es gibt keine Schlüsseldatei {file}.'],
  ['The key file {file} cannot be read.', 'Die Schlüsseldatei {file} lässt sich nicht lesen.'],
  [
    'Choose another key file for this host, or the SSH agent.',
    'Wählen Sie für diesen Host eine andere Schlüsseldatei oder den SSH-Agenten.',
  ],
  [
    'The key file {file} is protected by a passphrase.',
    'Die Schlüsseldatei {file} ist durch eine Passphrase geschützt.',
  ],
  ['Passphrase of {file}', 'Passphrase von {file}'],
  [
    'No SSH agent runs for this user, and no key file was chosen.',
    'Für diesen Benutzer läuft kein SSH-Agent, und keine Schlüsseldatei ist gewählt.',
  ],
  ['The transfer was cancelled.', 'Die Übertragung wurde abgebrochen.'],
  [
    'The destination stopped reading before the stream was over.',
    'Das Ziel hörte auf zu lesen, bevor der Stream zu Ende war.',
  ],
  [
    'The command failed for a reason that Sluice does not know.',
    'Der Befehl scheiterte aus einem Grund, den Sluice nicht kennt.',
  ],
  ['Read what the host said, below.', 'Lesen Sie unten, was der Host sagte.'],
  [
    'The snapshot that was being sent, or its base, no longer exists at the source.',
    'Den Snapshot, der gesendet wurde, oder seine Basis gibt es an der Quelle nicht mehr.',
  ],
  [
    'Plan again: the half-received data is kept until you decide.',
    'Planen Sie noch einmal: Das halb Empfangene bleibt, bis Sie entscheiden.',
  ],
  [
    'The user may not run this command as root without a password.',
    'Der Benutzer darf diesen Befehl nicht ohne Passwort mit root-Rechten ausführen.',
  ],
  ['The user lacks a ZFS permission on this dataset.', 'Dem Benutzer fehlt ein ZFS-Recht an diesem Dataset.'],
  [
    'There is no zfs command on this host, or not in the usual folders.',
    'Auf diesem Host gibt es keinen Befehl zfs, oder nicht in den Ordnern, wo er sonst ist.',
  ],
  ['Install ZFS, or check the user’s PATH.', 'Installieren Sie ZFS, oder prüfen Sie den PATH des Benutzers.'],
  [
    'A planned snapshot or dataset no longer exists.',
    'Ein Snapshot oder Dataset, mit dem geplant war, ist nicht mehr da.',
  ],
  ['Plan again from what exists now.', 'Planen Sie noch einmal mit dem, was jetzt da ist.'],
  ['A dataset with this name was created meanwhile.', 'Inzwischen entstand ein Dataset dieses Namens.'],
  ['Both ends are read again, and a new plan is made.', 'Beide Enden werden neu gelesen, und der Plan entsteht neu.'],
  ['Both ends are read again, and a new plan is made.', 'Beide Enden werden neu gelesen, und der Plan entsteht neu.'],
  [
    'Somebody uses {mountpoint} on that host, so that it cannot be unmounted.',
    'Jemand benutzt {mountpoint} auf jenem Host, deshalb lässt es sich nicht aushängen.',
  ],
  [
    'Leave it there, or find out who uses it with fuser -vm {mountpoint} or lsof {same}, then resume the run.',
    'Verlassen Sie es dort, oder finden Sie mit fuser -vm {mountpoint} oder lsof {same} heraus, wer es benutzt, und setzen Sie dann den Lauf fort.',
  ],
  [
    'Another operation, perhaps another receive, is working on this dataset.',
    'Etwas anderes, vielleicht ein anderes Empfangen, arbeitet an diesem Dataset.',
  ],
  ['It will be retried.', 'Es wird noch einmal versucht.'],
  ['The host ran out of memory.', 'Dem Host ging der Speicher aus.'],
  ['Reading from or writing to the pool failed.', 'Lesen aus dem Pool oder Schreiben in ihn scheiterte.'],
  [
    'The other end stopped reading before the stream ended.',
    'Das andere Ende hörte auf zu lesen, bevor der Stream durch war.',
  ],
  [
    'Something was written to the copy since its newest snapshot; reading files is enough where atime is on.',
    'Seit ihrem neuesten Snapshot wurde etwas in die Kopie geschrieben; wo Zugriffszeiten geführt werden, genügt das Lesen von Dateien.',
  ],
  [
    'Plan again: Sluice names what changed and offers to copy to another name, to set the old copy aside, or to roll it back.',
    'Planen Sie noch einmal: Sluice nennt, was sich geändert hat, und bietet an, unter anderem Namen zu kopieren, die alte Kopie beiseitezustellen oder sie zurückzusetzen.',
  ],
  [
    'The newest snapshot of the copy is not the one this stream starts from.',
    'Der neueste Snapshot der Kopie ist nicht der, von dem dieser Stream ausgeht.',
  ],
  [
    'The destination is full, or a quota above it is reached.',
    'Das Ziel ist voll, oder eine Quota darüber ist erreicht.',
  ],
  [
    'Free space or raise the quota, then continue: what was received is kept.',
    'Schaffen Sie Platz oder erhöhen Sie die Quota, dann machen Sie weiter: Was empfangen ist, bleibt.',
  ],
  ['The copy holds a half-received stream.', 'Die Kopie hält einen halb empfangenen Stream.'],
  ['The stream ended early.', 'Der Stream endete vor seinem Ende.'],
  ['It is resumed from what was kept.', 'Es geht weiter von dem, was da ist.'],
  ['The destination pool is imported read-only.', 'Der Ziel-Pool ist nur lesbar importiert.'],
  ['Export it and import it writable.', 'Exportieren Sie ihn, und importieren Sie ihn beschreibbar.'],
  ['The pool lost its devices and is suspended.', 'Der Pool hat seine Geräte verloren und wartet.'],
  [
    'Bring the devices back, run zpool clear, then continue.',
    'Bringen Sie die Geräte zurück, führen Sie zpool clear aus, dann machen Sie weiter.',
  ],
  ['An encryption key is not loaded.', 'Ein Schlüssel der Verschlüsselung ist nicht geladen.'],
  [
    'Load it with zfs load-key on that host, or send raw.',
    'Laden Sie ihn auf jenem Host mit zfs load-key, oder senden Sie roh.',
  ],
  ['The practice hosts could not be started.', 'Die Übungshosts ließen sich nicht starten.'],
];
