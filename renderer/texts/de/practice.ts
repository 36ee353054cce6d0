/** Die Übungshosts: was man dort lernen und kaputt machen kann. */
import type { practice as english } from '../en/practice.ts';
import type { Words } from '../words.ts';

export const practice: Words<typeof english> = {
  practice: {
    word: 'Übung',
    title: 'Übung',
    lead: 'Kleine simulierte Hosts in dieser Anwendung, jeder mit einem eigenen SSH-Server. Nichts, was Sie hier tun, erreicht einen echten Host.',
    hosts: 'Übungshosts',
    learn: 'Was es hier zu lernen gibt',
    pool: 'Pool {{pool}}',
    zfsOf: 'ZFS von {{host}}',
    simulated: 'simuliert',
    dialects: {
      openzfs23: 'OpenZFS 2.3',
      openzfs08: 'OpenZFS 0.8',
      illumos: 'illumos',
      solaris114: 'Solaris 11.4',
      legacy: 'zfs-fuse 0.7, frühes ZFS',
    },
    dialectNote:
      'Jedes ZFS kann und antwortet, was in den Handbüchern des Systems steht; OpenZFS 2.3 und zfs-fuse wurden auch mit den echten verglichen. Wird ein anderes gewählt, enden die Verbindungen zum Host.',
    about: {
      laptop:
        'Home, Fotos, Projekte und eine virtuelle Platte, jeden Morgen ein Snapshot. Sluice meldet sich als root an.',
      backupbox: 'Frühere Kopien des Laptops und eine alte, fast volle Platte. Sluice meldet sich als root an.',
      office:
        'Ein kleiner Server mit Freigaben, Klonen und einem verschlüsselten Dataset. Sluice meldet sich als Benutzer an, der sudo braucht.',
    },
    addTitle: 'Ein dritter Host',
    add: 'Büroserver hinzufügen',
    break: 'Etwas kaputt machen',
    breakOn: 'Auf {{host}} etwas kaputt machen',
    breakages: {
      'cut-line': {
        name: 'Leitung kappen',
        detail: 'Alle Verbindungen zu {{host}} beenden, wie ein gezogenes Kabel.',
      },
      'fill-pool': { name: 'Pools füllen', detail: 'Eine Datei schreiben, die auf {{host}} 1 MiB frei lässt.' },
      'modify-destination': { name: 'Kopien verändern', detail: 'Auf {{host}} in jede Kopie eine Datei schreiben.' },
      'change-host-key': { name: 'Host-Schlüssel ändern', detail: '{{host}} zeigt ab jetzt einen anderen Schlüssel.' },
      'take-permission': { name: 'Rechte wegnehmen', detail: 'Wer sich auf {{host}} anmeldet, darf nur noch lesen.' },
    },
    brokenOn: 'Kaputt auf {{host}}',
    done: {
      'cut-line': 'Alle Verbindungen zu {{host}} wurden einmal gekappt.',
      'fill-pool': 'Eine Datei something-large.bin füllt {{touched}}.',
      'fill-pool-none': 'Die Pools waren schon voll; nichts wurde geändert.',
      'modify-destination': 'Eine Datei written-by-somebody.txt wurde geschrieben in {{touched}}.',
      'modify-destination-none': 'Auf {{host}} gibt es keine Kopie; nichts wurde geändert.',
      'change-host-key': '{{host}} zeigt einen anderen Host-Schlüssel als den gemerkten.',
      'take-permission': 'Die Anmeldung an {{host}} gibt keine Rechte mehr, auch nicht über sudo.',
    },
    expect: 'Womit jetzt zu rechnen ist',
    expected: {
      'cut-line':
        'Eine laufende Übertragung meldet die verlorene Leitung, wartet kurz, verbindet sich neu und macht mit den angekommenen Bytes weiter. Ohne Übertragung ist nichts zu sehen.',
      'fill-pool':
        'Die Prüfung sagt, wie viel Platz fehlt, bevor etwas gesendet wird. Eine laufende Übertragung hält mit „out of space“ an und wird nicht wiederholt.',
      'modify-destination':
        'Die Prüfung nennt, was seit dem letzten gemeinsamen Snapshot geschrieben wurde, und fragt, was damit werden soll: alte Kopie beiseitelegen oder zurückrollen.',
      'change-host-key':
        'Jede Verbindung wird abgelehnt, mit beiden Fingerabdrücken: So sieht es aus, wenn jemand mithört oder ein Host neu aufgesetzt wurde.',
      'take-permission':
        'Die Prüfung und der Check des Hosts nennen die fehlenden Rechte und die Zeile, die sie erteilt. Nichts wird gestartet.',
    },
    nothingToExpect: 'Nichts ändert sich.',
    untilReset: 'Zurücksetzen behebt es.',
    reset: 'Zurücksetzen',
    resetTitle: 'Alle Übungshosts zurücksetzen?',
    resetBody:
      'Snapshots, Kopien und alles Kaputte werden wie am Anfang. Ihre eigenen Kopien sind weg, laufende Übertragungen werden unterbrochen. Der Verlauf behält seine Läufe.',
    keep: 'So lassen',
    resetDone: 'Alle Übungshosts sind wie am Anfang.',
    stories: {
      'laptop-home': {
        title: 'Ein Laptop mit Snapshots einer Woche',
        scene:
          'Home, Fotos, Projekte und die Platte einer virtuellen Maschine. Nur manches wurde je anderswo gesichert.',
      },
      'office-server': {
        title: 'Ein kleiner Büroserver',
        scene:
          'Freigaben unter einem Dataset, ein Klon der Website und ein verschlüsseltes Dataset. Seine Passphrase ist „{{passphrase}}“.',
      },
      'backup-diverged': {
        title: 'Eine Sicherung, die eigene Wege ging',
        scene: 'Kopien des Laptops. Jemand hat eine eingehängt, hineingeschrieben und einen Snapshot gemacht.',
      },
      'disk-nearly-full': { title: 'Eine fast volle Platte', scene: 'Eine alte Platte, auf der kaum noch Platz ist.' },
    },
    lessons: {
      'first-copy': 'Eine erste Kopie von tank/photos anlegen und jeden Befehl lesen, bevor er läuft.',
      'only-changes': 'Einen neuen Snapshot von tank/projects machen und nur die Änderungen senden.',
      rarities: 'Den Klon finden, und das Lesezeichen auto-002, dessen Snapshot es nicht mehr gibt.',
      package: 'srv/shares mit allem darunter senden und sehen, was ein Replikationspaket enthält.',
      clone: 'srv/web-redesign allein senden und sehen, was Sluice wegen seines Ursprungs tut.',
      raw: 'srv/staff verschlüsselt senden, wie es ist: Am Ziel kann niemand die Kopie lesen.',
      continue: 'Eine drei Tage alte, unberührte Kopie fortsetzen.',
      'in-the-way': 'Eine veränderte Kopie fortsetzen: was im Weg steht, mit Name und Größe, und zwei Auswege.',
      'too-small': 'Eine Kopie planen, die nicht passt: Was fehlt, wird gesagt, bevor etwas gesendet wird.',
      'just-fits': 'tank/home dorthin senden, das passt.',
    },
    needsOffice: 'Braucht den dritten Host.',
    none: 'In diesem Fenster gibt es keine Übungshosts',
    noneWords: 'Seine Hosts sind echt. Übungshosts haben ein eigenes Fenster und eigenen Zustand.',
    try: 'Mit Übungshosts ausprobieren',
    tryTitle: 'Sie wollen sich nur umsehen?',
    tryWords: 'Übungshosts leben in Sluice: nichts zu installieren, nichts in Gefahr, und ein eigenes Fenster.',
    tryCommand: 'Dasselbe im Terminal:',
    address: 'Adresse',
    opened: 'Sie haben sich in einem eigenen Fenster geöffnet.',
    openedTab:
      'Sie öffnen sich in einem anderen Tab. Hat Ihr Browser ihn verhindert, öffnen Sie dort diese Adresse; sie gilt einmal:',
  },
};
