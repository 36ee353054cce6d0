/** Was zwischen diesem Rechner und einem Host schiefgeht: Weg, Schlüssel, Anmeldung, Befehle. */
import type { Saying } from '../say.ts';

export const reach: readonly Saying[] = [
  ['{jump} does not let connections through to {place}.', '{jump} lässt keine Verbindungen zu {place} durch.'],
  [
    'AllowTcpForwarding and PermitOpen in the configuration of its SSH server decide that.',
    'Darüber entscheiden AllowTcpForwarding und PermitOpen in der Konfiguration seines SSH-Servers.',
  ],
  [
    '{place} refused the connection that came through {jump}.',
    '{place} hat die Verbindung abgelehnt, die über {jump} kam.',
  ],
  ['{jump} found no address for {place}.', '{jump} hat für {place} keine Adresse gefunden.'],
  ['Check the name “{host}” as it is known there.', 'Prüfen Sie den Namen „{host}“, wie man ihn dort kennt.'],
  ['{place} could not be reached from {jump}.', '{place} war von {jump} aus nicht zu erreichen.'],
  [
    'Check that the host is switched on, and that no firewall between the two is in the way.',
    'Prüfen Sie, ob der Host eingeschaltet ist und keine Firewall zwischen den beiden im Weg steht.',
  ],
  [
    "Check that port {port} is the SSH server's, and that it is not overloaded.",
    'Prüfen Sie, ob Port {port} der des SSH-Servers ist und der Server nicht überlastet.',
  ],
  [
    'What answers at {place} is not an SSH server that lets us in.',
    'Was an {place} antwortet, ist kein SSH-Server, der uns einlässt.',
  ],
  ['It said: {words}', 'Er sagte: {words}'],
  [
    'The server turns connections away for a while. Wait a little.',
    'Der Server weist Verbindungen eine Zeit lang ab. Warten Sie ein wenig.',
  ],
  ['The server turns connections away for a while.', 'Der Server weist Verbindungen eine Zeit lang ab.'],
  ['Wait a little.', 'Warten Sie ein wenig.'],
  ['Check the port number {port}.', 'Prüfen Sie die Portnummer {port}.'],
  [
    '{place} and Sluice did not agree on an encrypted connection.',
    '{place} und Sluice haben sich auf keine verschlüsselte Verbindung geeinigt.',
  ],
  [
    'Try again; if it persists, check the log of the SSH server.',
    'Versuchen Sie es noch einmal; bleibt es dabei, sehen Sie ins Protokoll des SSH-Servers.',
  ],
  [
    'The SSH server is too old or is restricted to other algorithms.',
    'Der SSH-Server ist zu alt oder auf andere Verfahren beschränkt.',
  ],
  ['Its version and its configuration say which.', 'Welche, sagen seine Version und seine Konfiguration.'],
  [
    '{place} did not finish the login within {seconds} s.',
    '{place} hat die Anmeldung binnen {seconds} s nicht beendet.',
  ],
  [
    'The SSH server, or what it asks about users, takes too long.',
    'Der SSH-Server, oder wen er nach Benutzern fragt, braucht zu lange.',
  ],
  ['{place} let us log in, but starts no command.', '{place} ließ uns hinein, startet aber keinen Befehl.'],
  ['Nothing started within {seconds} s.', 'Binnen {seconds} s begann nichts.'],
  [
    'The host may be very busy, or its login waits for something: a home folder on a server that does not answer.',
    'Der Host ist vielleicht sehr beschäftigt, oder die Anmeldung wartet auf etwas: ein Heimatverzeichnis auf einem Server, der nicht antwortet.',
  ],
  ['Try `ssh` to it in a terminal.', 'Versuchen Sie es in einem Terminal mit `ssh`.'],
  ['Try `ssh {alias}` in a terminal.', 'Versuchen Sie `ssh {alias}` in einem Terminal.'],
  [
    '{place} asks before it lets anybody in, and nobody answered.',
    '{place} fragt, bevor es jemanden einlässt, und niemand hat geantwortet.',
  ],
  [
    'There is no key to offer instead: no SSH agent runs for this user, and no key file was chosen.',
    'Einen Schlüssel, der stattdessen vorzuzeigen wäre, gibt es nicht: Für diesen Benutzer läuft kein SSH-Agent, und keine Schlüsseldatei ist gewählt.',
  ],
  ['Try again and answer.', 'Versuchen Sie es noch einmal und antworten Sie.'],
  [
    'To avoid being asked, choose a key file for this host, or let Sluice install a key of its own.',
    'Um nicht mehr gefragt zu werden, wählen Sie für diesen Host eine Schlüsseldatei, oder lassen Sie Sluice einen eigenen Schlüssel einrichten.',
  ],
  [
    'Compare the fingerprint with the one on the host itself.',
    'Vergleichen Sie den Fingerabdruck mit dem auf dem Host selbst.',
  ],
  [
    'Only if it is right, replace the key that is saved for it here.',
    'Nur wenn er stimmt, ersetzen Sie den hier gespeicherten Schlüssel.',
  ],
  ['The connection to {place} was closed by Sluice.', 'Sluice hat die Verbindung zu {place} geschlossen.'],
  [
    'The command on {host} ended before it had read all of its input.',
    'Der Befehl auf {host} endete, bevor er seine ganze Eingabe gelesen hatte.',
  ],
  ['Its own message says why.', 'Warum, sagt seine eigene Meldung.'],
  ['What was under way on {host} was cancelled.', 'Was auf {host} lief, wurde abgebrochen.'],
  ['The host ended the connection.', 'Der Host hat die Verbindung beendet.'],
  ['It closed the connection without a word.', 'Er schloss die Verbindung ohne ein Wort.'],
  ['Nothing was heard for {seconds} s.', 'Seit {seconds} s war nichts zu hören.'],
  [
    'The network of this computer changed: its address {address}, from which the connection was made, is gone.',
    'Das Netz dieses Computers hat gewechselt: Seine Adresse {address}, von der aus verbunden wurde, gibt es nicht mehr.',
  ],
  [
    'This computer has a new network address: trying again at once.',
    'Dieser Computer hat eine neue Netzadresse: Es wird gleich noch einmal versucht.',
  ],
  ['Nothing came within {seconds} s.', 'Binnen {seconds} s kam nichts.'],
  ['It was not finished within {seconds} s.', 'Binnen {seconds} s war es nicht fertig.'],
  [
    '{place} allows no more commands at once on this connection.',
    '{place} erlaubt auf dieser Verbindung nicht noch mehr Befehle zugleich.',
  ],
  [
    'MaxSessions in the configuration of its SSH server sets the limit; 10 is usual.',
    'Die Grenze setzt MaxSessions in der Konfiguration seines SSH-Servers; üblich ist 10.',
  ],
  ['{place} starts no commands for this user.', '{place} startet für diesen Benutzer keine Befehle.'],
  [
    'The user needs a login shell, and the SSH server must not force another command.',
    'Der Benutzer braucht eine Anmelde-Shell, und der SSH-Server darf keinen anderen Befehl erzwingen.',
  ],
  [
    'The passphrase of the key file {file} was wrong {count} times.',
    'Die Passphrase der Schlüsseldatei {file} war {count} Mal falsch.',
  ],
  ['Try again, or choose another key.', 'Versuchen Sie es noch einmal, oder wählen Sie einen anderen Schlüssel.'],
  [
    'The key file {file} holds no private key that Sluice understands.',
    'Die Schlüsseldatei {file} enthält keinen privaten Schlüssel, den Sluice versteht.',
  ],
  [
    'Choose an OpenSSH private key of the type ed25519, ECDSA or RSA, or use the SSH agent.',
    'Wählen Sie einen privaten OpenSSH-Schlüssel der Art ed25519, ECDSA oder RSA, oder nehmen Sie den SSH-Agenten.',
  ],
  [
    'Load it into the SSH agent with `ssh-add {file}` and let this host use the agent.',
    'Laden Sie ihn mit `ssh-add {file}` in den SSH-Agenten, und lassen Sie diesen Host den Agenten nehmen.',
  ],
  [
    'The key file {file} holds the public half of a key.',
    'Die Schlüsseldatei {file} enthält die öffentliche Hälfte eines Schlüssels.',
  ],
  [
    'Choose the private half: usually the file of the same name without “.pub”.',
    'Wählen Sie die private Hälfte: meist die Datei gleichen Namens ohne „.pub“.',
  ],
  ['SSH_AUTH_SOCK is not set.', 'SSH_AUTH_SOCK ist nicht gesetzt.'],
  [
    'Choose a key file for this host, or start Sluice where `ssh-add -l` lists your keys.',
    'Wählen Sie für diesen Host eine Schlüsseldatei, oder starten Sie Sluice, wo `ssh-add -l` Ihre Schlüssel aufführt.',
  ],
  ['{place} asks for the password of {user}.', '{place} fragt nach dem Passwort von {user}.'],
  ['Password of {user}', 'Passwort von {user}'],
  ['{place} asks before it lets {user} in.', '{place} fragt, bevor es {user} einlässt.'],
  ['Check that the SSH server runs there.', 'Prüfen Sie, ob dort der SSH-Server läuft.'],
  ['It said nothing.', 'Es sagte nichts.'],
  [
    "{place} could not be reached by this computer's own ssh.",
    '{place} war mit dem ssh dieses Rechners nicht zu erreichen.',
  ],
  [
    "This computer's own ssh did not connect to {place}.",
    'Das ssh dieses Rechners hat sich nicht mit {place} verbunden.',
  ],
  [
    'Try it in a terminal; what works there without a prompt also works here.',
    'Versuchen Sie es in einem Terminal; was dort ohne Rückfrage geht, geht auch hier.',
  ],
  [
    'The temporary folder {folder} cannot be used in an ssh option.',
    'Der Ordner {folder} für Vorübergehendes kann in keiner Option von ssh stehen.',
  ],
  [
    'This host needs the ssh program of this computer, and there is none.',
    'Dieser Host braucht das Programm ssh dieses Rechners, und es gibt keines.',
  ],
  [
    'Install OpenSSH, or log in with a plain key or a password.',
    'Installieren Sie OpenSSH, oder melden Sie sich mit einem einfachen Schlüssel oder einem Passwort an.',
  ],
  [
    "{host} needs this computer's own ssh, which does not go through {jump} of the host book.",
    '{host} braucht das ssh dieses Rechners, und das geht nicht über {jump} aus dem Hostbuch.',
  ],
  [
    'Give the host its ProxyJump in ~/.ssh/config and import it from there.',
    'Geben Sie dem Host seinen ProxyJump in ~/.ssh/config, und übernehmen Sie ihn von dort.',
  ],
  [
    "{host} is reached by this computer's own ssh, which cannot use the key of a run.",
    '{host} wird mit dem ssh dieses Rechners erreicht, und das verleiht keinen Schlüssel eines Laufs.',
  ],
  ['Choose the route through this computer.', 'Wählen Sie den Weg über diesen Rechner.'],
  [
    '{host} is reached as ~/.ssh/config says for {alias}, which is not changed here.',
    '{host} wird auf dem Weg erreicht, den ~/.ssh/config für {alias} hat, und der wird nicht hier geändert.',
  ],
  [
    'Change it in ~/.ssh/config, or add the host again by its address.',
    'Ändern Sie ihn in ~/.ssh/config, oder fügen Sie den Host mit seiner Adresse neu hinzu.',
  ],
  ['No host key is pinned for {host} ({address}).', 'Für {host} ({address}) ist kein Host-Schlüssel gemerkt.'],
  [
    'Without one, nobody can tell this host from another that answers at its address.',
    'Ohne einen lässt sich dieser Host von keinem anderen unterscheiden, der an seiner Adresse antwortet.',
  ],
  [
    'Look at the host key that it shows, compare it with the one on the host, and add the host with it.',
    'Sehen Sie sich den Host-Schlüssel an, den er zeigt, vergleichen Sie ihn mit dem auf dem Host, und fügen Sie den Host damit hinzu.',
  ],
  [
    '{host} is reached through {jump}, which is not in the host book.',
    '{host} wird über {jump} erreicht, und das steht nicht im Hostbuch.',
  ],
  ['Add {jump} first, or choose another way.', 'Fügen Sie zuerst {jump} hinzu, oder wählen Sie einen anderen Weg.'],
  ['{host} would be reached through itself.', '{host} würde über sich selbst erreicht.'],
  ['Choose another host to jump through.', 'Wählen Sie einen anderen Host für den Weg dorthin.'],
  [
    'A command on {host} took longer than {seconds} s and was ended.',
    'Ein Befehl auf {host} brauchte länger als {seconds} s und wurde beendet.',
  ],
  [
    'The host is very busy, or the command waits for something: a pool that hangs, a disk that does not answer.',
    'Der Host ist sehr beschäftigt, oder der Befehl wartet auf etwas: einen Pool, der hängt, eine Platte, die nicht antwortet.',
  ],
  ['Look at the host: `zpool status` there says more.', 'Sehen Sie auf dem Host nach: `zpool status` sagt dort mehr.'],
  [
    'A command on {host} printed more than {bytes} bytes and was ended.',
    'Ein Befehl auf {host} gab mehr als {bytes} Bytes aus und wurde beendet.',
  ],
  [
    'Ask for a smaller part of the host: one pool or one dataset.',
    'Fragen Sie nach einem kleineren Teil des Hosts: nach einem Pool oder einem Dataset.',
  ],
  [
    'Windows has no ZFS of its own that Sluice could use.',
    'Windows hat kein eigenes ZFS, das Sluice verwenden könnte.',
  ],
  [
    'Choose hosts that are reached over SSH for both ends.',
    'Wählen Sie für beide Enden Hosts, die über SSH erreicht werden.',
  ],
  ['A command could not be started on this computer.', 'Auf diesem Rechner ließ sich ein Befehl nicht starten.'],
  [
    '{place} shows a host key that {file} marks as revoked.',
    '{place} zeigt einen Host-Schlüssel, den {file} als widerrufen führt.',
  ],
  ['The connection was refused.', 'Die Verbindung wurde abgelehnt.'],
  ['Line {line}: @revoked, {key}.', 'Zeile {line}: @revoked, {key}.'],
  ['Somebody declared this key unsafe.', 'Jemand hat diesen Schlüssel für unsicher erklärt.'],
  [
    'Ask whoever runs the host; it needs a new key.',
    'Fragen Sie, wer den Host betreut; er braucht einen neuen Schlüssel.',
  ],
  [
    '{place} shows a different host key than {file} has for it.',
    '{place} zeigt einen anderen Host-Schlüssel, als {file} für ihn hat.',
  ],
  ['It shows {shown}; known is {known}.', 'Er zeigt {shown}; bekannt ist {known}.'],
  [
    'Compare on the host: {command}. Only if it is right, give the host this key.',
    'Vergleichen Sie auf dem Host: {command}. Nur wenn er stimmt, geben Sie dem Host diesen Schlüssel.',
  ],
  [
    'The key of {host} ({address}) was never confirmed; nothing was sent to it.',
    'Der Schlüssel von {host} ({address}) wurde nie bestätigt; es wurde nichts dorthin gesendet.',
  ],
  ['It shows the {type} key {key}.', 'Er zeigt den {type}-Schlüssel {key}.'],
  ['Compare on the host: {command}. Then: {then}', 'Vergleichen Sie auf dem Host: {command}. Dann: {then}'],
  [
    "This computer's own ssh did not get as far as the host key of {host}.",
    'Das ssh dieses Rechners kam nicht bis zum Host-Schlüssel von {host}.',
  ],
  ['First connection to {place}. Is this its key?', 'Die Verbindung zu {place} ist die erste. Ist das sein Schlüssel?'],
  [
    'Compare the fingerprint with the one that the command shows on the host itself.',
    'Vergleichen Sie den Fingerabdruck mit dem, den der Befehl auf dem Host selbst zeigt.',
  ],
];
