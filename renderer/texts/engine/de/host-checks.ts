/** Was die Prüfung eines Hosts findet, und die Auswege, die sie anbietet. */
import type { Saying } from '../say.ts';

/** What may stand behind another sentence. */
const FURTHER: readonly Saying[] = [
  [
    'Sluice goes by GUIDs, but times of snapshots will look odd.',
    'Sluice geht nach GUIDs, aber Zeiten von Snapshots werden seltsam aussehen.',
  ],
  ['Its kernel module is {version}.', 'Sein Kernelmodul ist {version}.'],
  [
    'On Linux only root can mount, so copies arrive unmounted; that is what Sluice asks for anyway.',
    'Unter Linux kann nur root einhängen, also kommen Kopien nicht eingehängt an; darum bittet Sluice ohnehin.',
  ],
];

export const hostChecks: readonly Saying[] = [
  ...FURTHER,
  ['Login shell', 'Anmelde-Shell'],
  [
    "The account's login shell does not run /bin/sh: it says nothing.",
    'Die Anmelde-Shell des Kontos führt /bin/sh nicht aus: Sie sagt nichts.',
  ],
  [
    "The account's login shell does not run /bin/sh: {words}.",
    'Die Anmelde-Shell des Kontos führt /bin/sh nicht aus: {words}.',
  ],
  [
    '{shell} is not a POSIX shell; every command is run by /bin/sh inside it, which works.',
    '{shell} ist keine POSIX-Shell; jeden Befehl führt darin /bin/sh aus, und das geht.',
  ],
  ['Give the account a shell that runs commands', 'Dem Konto eine Shell geben, die Befehle ausführt'],
  ['ZFS for users', 'ZFS für Benutzer'],
  ['This host shows ZFS only to root: {words}', 'Dieser Host zeigt ZFS nur root: {words}'],
  [
    'Let all users reach /dev/zfs; ZFS decides what they may do there',
    'Alle Benutzer an /dev/zfs lassen; was sie dort dürfen, entscheidet ZFS',
  ],
  [
    'The tools are installed, but they do not reach ZFS in the kernel: {words}',
    'Die Werkzeuge sind da, erreichen aber ZFS im Kernel nicht: {words}',
  ],
  ['Load the kernel module', 'Das Kernelmodul laden'],
  ['ZFS', 'ZFS'],
  ['{zfs}: zfs list says {words}', '{zfs}: zfs list sagt {words}'],
  [
    'an early ZFS (pool version 28 or before) on {system}.',
    'ein frühes ZFS (Pool-Version 28 oder älter) unter {system}.',
  ],
  ['OpenZFS {version} on {system}.', 'OpenZFS {version} unter {system}.'],
  ['illumos ZFS on {system}.', 'illumos-ZFS unter {system}.'],
  ['Solaris ZFS on {system}.', 'Solaris-ZFS unter {system}.'],
  ['Resumable streams', 'Fortsetzbare Streams'],
  ['Pools', 'Pools'],
  ['Pool {name}', 'Pool {name}'],
  [
    '{health}, imported read-only, {bytes} available; without {features}.',
    '{health}, nur lesbar importiert, {bytes} verfügbar; ohne {features}.',
  ],
  ['{health}, imported read-only, {bytes} available.', '{health}, nur lesbar importiert, {bytes} verfügbar.'],
  ['{health}, imported read-only; without {features}.', '{health}, nur lesbar importiert; ohne {features}.'],
  ['{health}, imported read-only.', '{health}, nur lesbar importiert.'],
  ['{health}, {bytes} available; without {features}.', '{health}, {bytes} verfügbar; ohne {features}.'],
  ['{health}, {bytes} available.', '{health}, {bytes} verfügbar.'],
  ['{health}; without {features}.', '{health}; ohne {features}.'],
  ["The clock is {seconds} s ahead of this computer's.", 'Die Uhr geht der dieses Rechners um {seconds} s vor.'],
  ["The clock is {seconds} s behind this computer's.", 'Die Uhr geht der dieses Rechners um {seconds} s nach.'],
  ['Set the clock by the network', 'Die Uhr nach dem Netz stellen'],
  ['SSH sessions', 'SSH-Sitzungen'],
  [
    'The server shows its limits (MaxSessions, AllowAgentForwarding) only to root; Sluice stays within the usual ones.',
    'Der Server nennt seine Grenzen (MaxSessions, AllowAgentForwarding) nur root; Sluice bleibt in den üblichen.',
  ],
  ['Agent forwarding', 'Weiterreichen des Agenten'],
  ['Other transfers', 'Andere Übertragungen'],
  ['Under way at this moment: {transfers}; and more.', 'Gerade unterwegs: {transfers}; und weitere.'],
  ['Under way at this moment: {transfers}.', 'Gerade unterwegs: {transfers}.'],
  ['{address} is known to {jump}.', '{address} ist {jump} bekannt.'],
  ['Port {port} is open, reached through {jump}.', 'Port {port} ist offen, erreicht über {jump}.'],
  ['{tool} lets zfs through, but not {verbs}.', '{tool} lässt zfs durch, aber nicht {verbs}.'],
  [
    '{user} is not root, may not run zfs through sudo, doas or pfexec, and no dataset allows it to send or to receive.',
    '{user} ist nicht root, darf zfs nicht über sudo, doas oder pfexec ausführen, und kein Dataset erlaubt das Senden oder Empfangen.',
  ],
  [
    'Through zfs allow, {user} may not yet send from {dataset}, lacking {rights}.',
    '{user} darf mit zfs allow noch nicht aus {dataset} senden; es fehlt {rights}.',
  ],
  [
    'Through zfs allow, {user} may not yet receive below {dataset}, lacking {rights}.',
    '{user} darf mit zfs allow noch nicht unter {dataset} empfangen; es fehlt {rights}.',
  ],
  [
    'Through zfs allow, {user} may send from {dataset}, lacking {rights}.',
    '{user} darf mit zfs allow aus {dataset} senden; es fehlt {rights}.',
  ],
  [
    'Through zfs allow, {user} may receive below {dataset}, lacking {rights}.',
    '{user} darf mit zfs allow unter {dataset} empfangen; es fehlt {rights}.',
  ],
  ['Through zfs allow, {user} may send from {dataset}.', '{user} darf mit zfs allow aus {dataset} senden.'],
  ['Through zfs allow, {user} may receive below {dataset}.', '{user} darf mit zfs allow unter {dataset} empfangen.'],
  ['On {dataset} it has {rights}.', 'An {dataset} gibt es {rights}.'],
  [
    '{host} does not answer from here at {address}:{port}, so data between the two goes through this computer.',
    '{host} antwortet von hier aus nicht an {address}:{port}, also gehen Daten zwischen den beiden über diesen Rechner.',
  ],
  [
    '{host} answers from here at {address}:{port}, with its pinned key: the direct route is possible.',
    '{host} antwortet von hier aus an {address}:{port} mit seinem gemerkten Schlüssel: Der direkte Weg ist möglich.',
  ],
  [
    'Something answers from here at {address}:{port}, but not with the key of {host}.',
    'An {address}:{port} antwortet von hier aus etwas, aber nicht mit dem Schlüssel von {host}.',
  ],
  [
    'It could not be determined whether {host} answers from here at {address}:{port}.',
    'Ob {host} von hier aus an {address}:{port} antwortet, war nicht herauszufinden.',
  ],
  ['To {host}', 'Nach {host}'],
  [
    "Log in with a key of Sluice's own from now on (kept in {file})",
    'Von nun an mit einem eigenen Schlüssel von Sluice anmelden (er liegt in {file})',
  ],
  ['The last check of {host} offered no fix “{id}”.', 'Die letzte Prüfung von {host} bot keinen Ausweg „{id}“ an.'],
  [
    'Check the host again, and choose one of the fixes it offers now.',
    'Prüfen Sie den Host noch einmal, und wählen Sie einen der Auswege, die es jetzt gibt.',
  ],
  ['“{id}” has to be done by hand.', '„{id}“ muss ein Mensch tun.'],
  [
    'Run the command that is shown, then check again.',
    'Führen Sie den gezeigten Befehl aus, dann prüfen Sie noch einmal.',
  ],
  ['The key was not installed on {host}.', 'Der Schlüssel wurde auf {host} nicht eingerichtet.'],
  [
    'It is in authorized_keys, but the host does not take it: {why}',
    'Er steht in authorized_keys, aber der Host nimmt ihn nicht: {why}',
  ],
  [
    'Add the line to ~/.ssh/authorized_keys there yourself.',
    'Fügen Sie die Zeile dort selbst in ~/.ssh/authorized_keys ein.',
  ],
];
