/** Was einem Lauf, dem Hostbuch oder Sluice selbst im Weg steht. */
import type { Saying } from '../say.ts';

export const runFaults: readonly Saying[] = [
  ['Sluice stopped because of an internal error.', 'Sluice hielt wegen eines eigenen Fehlers an.'],
  [
    'Nothing was changed beyond what the log shows.',
    'Über das hinaus, was das Protokoll zeigt, wurde nichts verändert.',
  ],
  ['Please report this with the log.', 'Bitte melden Sie das mit dem Protokoll.'],
  [
    'Another Sluice is changing the host book and does not finish.',
    'Ein anderes Sluice ändert gerade das Hostbuch und kommt nicht zum Ende.',
  ],
  ['{file}.lock is held.', '{file}.lock ist belegt.'],
  ['Close the other one, or try again.', 'Schließen Sie das andere, oder versuchen Sie es noch einmal.'],
  [
    'The host book was damaged. {count} of its hosts could be read.',
    'Das Hostbuch war beschädigt. {count} seiner Hosts waren noch zu lesen.',
  ],
  [
    'The damaged file was kept as {file}. Compare it and add what is missing.',
    'Die beschädigte Datei blieb als {file} erhalten. Vergleichen Sie, und fügen Sie hinzu, was fehlt.',
  ],
  ['There is no host named {name} in the host book.', 'Im Hostbuch gibt es keinen Host namens {name}.'],
  ['Add it first, or check the spelling.', 'Fügen Sie ihn zuerst hinzu, oder prüfen Sie die Schreibweise.'],
  [
    '{host} cannot be removed: {others} is reached through it.',
    '{host} lässt sich nicht entfernen: {others} wird darüber erreicht.',
  ],
  [
    '{host} cannot be removed: {others} are reached through it.',
    '{host} lässt sich nicht entfernen: {others} werden darüber erreicht.',
  ],
  [
    'Remove those first, or reach them another way.',
    'Entfernen Sie zuerst jene, oder geben Sie ihnen einen anderen Weg.',
  ],
  ['The host {name} cannot be kept as it is.', 'Der Host {name} lässt sich so nicht behalten.'],
  ['A host in the book is reached over SSH.', 'Ein Host des Hostbuchs wird über SSH erreicht.'],
  ['A host named {name} exists already.', 'Einen Host namens {name} gibt es schon.'],
  [
    'Choose another name, or remove that host first.',
    'Wählen Sie einen anderen Namen, oder entfernen Sie zuerst jenen Host.',
  ],
  ['There is no practice host {name}.', 'Es gibt keinen Übungshost {name}.'],
  ['The practice hosts are {names}.', 'Die Übungshosts sind {names}.'],
  [
    'Hosts cannot be {done} among the practice hosts.',
    'Unter den Übungshosts lassen sich Hosts weder hinzufügen noch ändern noch entfernen.',
  ],
  ['Start Sluice without --practice.', 'Starten Sie Sluice ohne --practice.'],
  ['There are no practice hosts here.', 'Hier gibt es keine Übungshosts.'],
  ['Start Sluice with --practice.', 'Starten Sie Sluice mit --practice.'],
  ['The practice hosts are in this very window.', 'Die Übungshosts sind in eben diesem Fenster.'],
  [
    'Sluice has no window here in which practice hosts could be opened.',
    'Sluice hat hier kein Fenster, in dem sich Übungshosts öffnen ließen.',
  ],
  [
    "Connected to through this computer's own ssh program, because of {why}.",
    'Verbunden wird mit dem ssh dieses Rechners, wegen {why}.',
  ],
  ['Of several IdentityFile lines only {file} is used.', 'Von mehreren Zeilen IdentityFile wird nur {file} verwendet.'],
  [
    'IdentityAgent none is not honoured: the usual agent is asked.',
    'IdentityAgent none wird nicht beachtet: Gefragt wird der übliche Agent.',
  ],
  [
    'HostKeyAlias {alias} is not honoured: Sluice pins a key for each host.',
    'HostKeyAlias {alias} wird nicht beachtet: Sluice merkt sich je Host einen Schlüssel.',
  ],
  [
    'RemoteCommand is not run: Sluice runs its own commands.',
    'RemoteCommand wird nicht ausgeführt: Sluice führt seine eigenen Befehle aus.',
  ],
  [
    'ForwardAgent is not honoured: Sluice never lends your agent to a host.',
    'ForwardAgent wird nicht beachtet: Sluice leiht Ihren Agenten keinem Host.',
  ],
  [
    '{alias} cannot be imported from the ssh configuration.',
    '{alias} lässt sich nicht aus der ssh-Konfiguration übernehmen.',
  ],
  [
    'Look at what `ssh -G {alias}` says, or add the host by its address.',
    'Sehen Sie, was `ssh -G {alias}` sagt, oder fügen Sie den Host mit seiner Adresse hinzu.',
  ],
  ['Its ProxyJump is circular.', 'Sein ProxyJump führt im Kreis herum.'],
  [
    'The hop {hop} of its ProxyJump cannot be understood.',
    'Die Station {hop} seines ProxyJump ist nicht zu verstehen.',
  ],
  ['{file} is included more than {count} levels deep.', '{file} ist mehr als {count} Ebenen tief eingebunden.'],
  ['{file}: only the first {count} lines were read.', '{file}: Gelesen wurden nur die ersten {count} Zeilen.'],
  ['This question is no longer open.', 'Diese Frage ist nicht mehr offen.'],
  [
    'It was answered elsewhere, took too long, or was cancelled.',
    'Sie wurde anderswo beantwortet, brauchte zu lange oder wurde abgebrochen.',
  ],
  ['Repeat what asked it.', 'Tun Sie noch einmal, was gefragt hat.'],
  [
    'This question has {fields} fields, and {answers} answers came.',
    'Diese Frage hat {fields} Felder, und es kamen {answers} Antworten.',
  ],
  ['Answer all of them.', 'Beantworten Sie alle.'],
  [
    'The folder {folder}, in which Sluice keeps its state, cannot be created.',
    'Der Ordner {folder}, in dem Sluice seinen Stand hält, lässt sich nicht anlegen.',
  ],
  [
    'Choose another one with --state-dir or SLUICE_STATE_DIR.',
    'Wählen Sie mit --state-dir oder SLUICE_STATE_DIR einen anderen.',
  ],
  [
    'Run {run} is sending streams into {dataset} on {host} right now.',
    'Lauf {run} bringt gerade Streams nach {dataset} auf {host}.',
  ],
  [
    'Wait until it has ended or cancel it; then plan again.',
    'Warten Sie sein Ende ab, oder brechen Sie ihn ab; dann planen Sie noch einmal.',
  ],
  ['{what}: the stream did not arrive.', '{what}: Der Stream kam nicht an.'],
  ['The run was told to stop.', 'Dem Lauf wurde gesagt, er solle enden.'],
  ['The stream was told to stop.', 'Dem Stream wurde gesagt, er solle enden.'],
  [
    'The list of keys that {host} lets in could not be changed.',
    'Die Liste der Schlüssel, die {host} einlässt, war nicht zu ändern.',
  ],
  [
    'Look at ~/.ssh/authorized_keys of the login there, or take the relay route.',
    'Sehen Sie sich dort ~/.ssh/authorized_keys der Anmeldung an, oder nehmen Sie die Durchleitung.',
  ],
  ['Run {run} is being carried out already.', 'Lauf {run} wird schon ausgeführt.'],
  [
    'Follow it where it was started, or cancel it there.',
    'Folgen Sie ihm, wo er gestartet wurde, oder brechen Sie ihn dort ab.',
  ],
  ['There is no run {run}.', 'Es gibt keinen Lauf {run}.'],
  ['List the runs to see which there are.', 'Sehen Sie im Verlauf nach, welche es gibt.'],
  ['The journal of run {run} is empty.', 'Das Journal von Lauf {run} ist leer.'],
  [
    'Run {run} is {status}; there is nothing to resume.',
    'Lauf {run} ist im Zustand {status}; es gibt nichts, womit es weiterginge.',
  ],
  ['Plan a new run to send what is new.', 'Planen Sie einen neuen Lauf, um zu senden, was neu ist.'],
  ['Run {run} is {status}; nothing is under way.', 'Lauf {run} ist im Zustand {status}; es ist nichts unterwegs.'],
  [
    'What the destination has kept stays there; a new run resumes from it.',
    'Was das Ziel behalten hat, bleibt dort; ein neuer Lauf macht damit weiter.',
  ],
  ['Run {run} is {status} and has no receipt.', 'Lauf {run} ist im Zustand {status} und hat keine Quittung.'],
  [
    'A receipt is written when a run ends with its proof.',
    'Eine Quittung entsteht, wenn ein Lauf mit seinem Nachweis endet.',
  ],
  [
    'Compressed in transit: {bytes} on the wire for {all} of the stream.',
    'Unterwegs komprimiert: {bytes} auf der Leitung für {all} des Streams.',
  ],
  [
    '{snapshot} is no longer the snapshot this run was planned for.',
    '{snapshot} ist jetzt ein anderer Snapshot als der, für den dieser Lauf geplant war.',
  ],
  ['Its GUID was {planned}, now it is {found}.', 'Seine GUID war {planned}, jetzt ist sie {found}.'],
  [
    'To continue, more would have to be deleted at the destination than was confirmed: {names}.',
    'Um weiterzumachen, müsste am Ziel mehr weichen, als bestätigt war: {names}.',
  ],
  ['It appeared there after the run was planned.', 'Es kam dort hinzu, nachdem der Lauf geplant war.'],
  [
    'It was not touched. Plan a new run: it lists what exists now, and asks.',
    'Nichts davon wurde angerührt. Planen Sie einen neuen Lauf: Er führt auf, was jetzt dort ist, und fragt.',
  ],
  ['Plan a new run.', 'Planen Sie einen neuen Lauf.'],
  [
    'The source closed its stream although its command reports no error.',
    'Die Quelle schloss ihren Stream, obwohl ihr Befehl keinen Fehler meldet.',
  ],
  [
    'What arrived is kept where the destination can resume; try again.',
    'Was ankam, bleibt, wo das Ziel fortsetzen kann; versuchen Sie es noch einmal.',
  ],
  [
    'Its command ended without an error, so it took what it had as complete.',
    'Sein Befehl endete ohne Fehler, hielt also für das Ganze, was er hatte.',
  ],
  [
    'Look at what the destination has now and plan again.',
    'Sehen Sie nach, was das Ziel jetzt hat, und planen Sie noch einmal.',
  ],
  [
    'The part of Sluice that carries the bytes stopped unexpectedly.',
    'Der Teil von Sluice, der die Bytes trägt, hielt unerwartet an.',
  ],
  [
    'What arrived is kept where the destination can resume; resume from there, and please report this with the log.',
    'Was ankam, bleibt, wo das Ziel fortsetzen kann; machen Sie dort weiter, und melden Sie das bitte mit dem Protokoll.',
  ],
  ['The thread ended with code {code}.', 'Der Thread endete mit Code {code}.'],
  [
    'The limit of this run cannot be changed while it is under way.',
    'Die Grenze dieses Laufs lässt sich nicht ändern, während er unterwegs ist.',
  ],
  [
    'The stream under way could not be paused and runs on to its end.',
    'Der laufende Stream ließ sich nicht anhalten und läuft bis zu seinem Ende weiter.',
  ],
  ['Nothing after it is started until the run continues.', 'Danach beginnt nichts, bis der Lauf fortgesetzt wird.'],
  [
    'The paused stream could not be continued.',
    'Dem angehaltenen Stream war nicht zu sagen, dass er weiterlaufen soll.',
  ],
  [
    'Pause and continue once more, or cancel the run and resume it.',
    'Halten Sie ihn noch einmal an und setzen Sie ihn fort, oder brechen Sie den Lauf ab und machen Sie mit ihm weiter.',
  ],
  ['Its bytes do not come through this computer.', 'Seine Bytes kommen nicht über diesen Rechner.'],
  [
    'Cancel the run and plan it again with another limit, or with the relay route.',
    'Brechen Sie den Lauf ab, und planen Sie ihn mit einer anderen Grenze neu, oder mit der Durchleitung.',
  ],
  [
    'The source reached another host than the destination that is pinned here.',
    'Die Quelle erreichte einen anderen Host als das Ziel, das hier gemerkt ist.',
  ],
  [
    'Take the relay route, or find out what answers at that address in the source’s network.',
    'Nehmen Sie die Durchleitung, oder finden Sie heraus, was im Netz der Quelle an jener Adresse antwortet.',
  ],
  [
    'The destination did not let the source in with the key of this run.',
    'Das Ziel ließ die Quelle mit dem Schlüssel dieses Laufs nicht hinein.',
  ],
  [
    'Its SSH server may read other files than ~/.ssh/authorized_keys, or the source forbids agent forwarding.',
    'Sein SSH-Server liest vielleicht andere Dateien als ~/.ssh/authorized_keys, oder die Quelle verbietet, den Agenten weiterzureichen.',
  ],
  [
    'The ssh of the source did not reach the destination’s receive.',
    'Das ssh der Quelle kam nicht bis zum Empfangen am Ziel.',
  ],
  ['Take the relay route.', 'Nehmen Sie die Durchleitung.'],
  [
    'The connection from the source to the destination was lost.',
    'Die Verbindung von der Quelle zum Ziel ging verloren.',
  ],
  [
    'What arrived is kept where the destination can resume; it resumes from there.',
    'Was ankam, bleibt, wo das Ziel fortsetzen kann; dort geht es weiter.',
  ],
  ['The source closed without an end.', 'Die Quelle schloss ohne ein Ende.'],
  ['The destination closed before the end of the stream.', 'Das Ziel schloss vor dem Ende des Streams.'],
  ['This comparison is no longer known.', 'Dieser Vergleich ist nicht mehr bekannt.'],
  ['Compare again.', 'Vergleichen Sie noch einmal.'],
  ['The comparison was stopped.', 'Der Vergleich wurde beendet.'],
  [
    'A host key fingerprint looks like SHA256:… with 43 characters after the colon.',
    'Der Fingerabdruck eines Host-Schlüssels sieht aus wie SHA256:… mit 43 Zeichen nach dem Doppelpunkt.',
  ],
  [
    'A host name here has letters, digits, dot, underscore or hyphen, starts with a letter or digit, and has at most 64 characters.',
    'Ein Hostname hat hier Buchstaben, Ziffern, Punkt, Unterstrich oder Bindestrich, beginnt mit Buchstabe oder Ziffer und hat höchstens 64 Zeichen.',
  ],
  [
    'The user name has characters that SSH does not allow.',
    'Der Benutzername hat Zeichen, die es bei ssh-Benutzern nicht gibt.',
  ],
  ['The host is not a DNS name or an IP address.', 'Der Host ist weder ein DNS-Name noch eine IP-Adresse.'],
  [
    'A path has no control characters and begins with no hyphen.',
    'Ein Pfad hat keine Steuerzeichen und beginnt nicht mit einem Bindestrich.',
  ],
  [
    'A name of ~/.ssh/config here has no spaces, quotes or wildcards.',
    'Ein Name aus ~/.ssh/config hat hier weder Leerzeichen noch Anführungszeichen noch Platzhalter.',
  ],
  [
    'A property name has lower-case letters, digits, colon, dot, hyphen or underscore.',
    'Der Name einer Property hat Kleinbuchstaben, Ziffern, Doppelpunkt, Punkt, Bindestrich oder Unterstrich.',
  ],
  ['The {kind} name {name} is empty.', 'Der Name {name} ist leer.'],
  ['The {kind} name {name} has an empty part.', 'Der Name {name} hat einen leeren Teil.'],
  ['The {kind} name {name} has a part “{part}”.', 'Der Name {name} hat einen Teil „{part}“.'],
  ['The {kind} name {name} has no “{mark}”.', 'Der Name {name} hat kein „{mark}“.'],
  [
    'The {kind} name {name} has the character {character}, which ZFS does not allow in names.',
    'Der Name {name} hat das Zeichen {character}, das ZFS in Namen nicht erlaubt.',
  ],
  [
    'The {kind} name {name} is {count} characters long; ZFS allows {most}.',
    'Der Name {name} ist {count} Zeichen lang; ZFS erlaubt {most}.',
  ],
  [
    'The {kind} name {name} does not start with a letter, as a pool name must.',
    'Der Name {name} beginnt nicht mit einem Buchstaben, wie der Name eines Pools es muss.',
  ],
  [
    'The journal of run {run} cannot be written to the state folder {folder}.',
    'Das Journal von Lauf {run} lässt sich nicht in den Zustandsordner {folder} schreiben.',
  ],
  [
    'Free space in the state folder, then continue the run.',
    'Schaffen Sie im Zustandsordner Platz, und setzen Sie den Lauf dann fort.',
  ],
  [
    'Make sure the state folder is writable, then continue the run.',
    'Sorgen Sie dafür, dass der Zustandsordner beschreibbar ist, und setzen Sie den Lauf dann fort.',
  ],
];
