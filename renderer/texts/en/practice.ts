/** The practice hosts: what can be learned and broken there. */
export const practice = {
  practice: {
    word: 'Practice',
    title: 'Practice',
    lead: 'Small simulated hosts inside this application, each with an SSH server of its own. Nothing you do here reaches a real host.',
    hosts: 'Practice hosts',
    learn: 'What can be learned here',
    pool: 'pool {{pool}}',
    zfsOf: 'ZFS of {{host}}',
    simulated: 'simulated',
    dialects: {
      openzfs23: 'OpenZFS 2.3',
      openzfs08: 'OpenZFS 0.8',
      illumos: 'illumos',
      solaris114: 'Solaris 11.4',
      legacy: 'zfs-fuse 0.7, early ZFS',
    },
    dialectNote:
      'Each ZFS behaves as that system’s manuals say; OpenZFS 2.3 and zfs-fuse were also compared with the real ones. Choosing another ends the host’s connections.',
    about: {
      laptop: 'Home, photos, projects and a virtual disk, with a snapshot every morning. Sluice logs in as root.',
      backupbox: 'Earlier copies of the laptop, and an old disk that is nearly full. Sluice logs in as root.',
      office: 'A small server with shares, clones and an encrypted dataset. Sluice logs in as a user who needs sudo.',
    },
    addTitle: 'A third host',
    add: 'Add the office server',
    break: 'Break something',
    breakOn: 'Break something on {{host}}',
    breakages: {
      'cut-line': { name: 'Cut the line', detail: 'End all connections to {{host}}, as a pulled cable would.' },
      'fill-pool': { name: 'Fill the pools', detail: 'Write a file that leaves 1 MiB free on {{host}}.' },
      'modify-destination': { name: 'Modify the copies', detail: 'Write a file into each copy on {{host}}.' },
      'change-host-key': { name: 'Change the host key', detail: '{{host}} shows another key from now on.' },
      'take-permission': { name: 'Take away permissions', detail: 'Whoever logs in to {{host}} may only look.' },
    },
    brokenOn: 'Broken on {{host}}',
    done: {
      'cut-line': 'All connections to {{host}} were cut once.',
      'fill-pool': 'A file something-large.bin fills {{touched}}.',
      'fill-pool-none': 'The pools were full already; nothing was changed.',
      'modify-destination': 'A file written-by-somebody.txt was written into {{touched}}.',
      'modify-destination-none': 'There is no copy on {{host}}; nothing was changed.',
      'change-host-key': '{{host}} shows a different host key than the one that is pinned.',
      'take-permission': 'Logging in to {{host}} gives no permissions any more, not even with sudo.',
    },
    expect: 'What to expect now',
    expected: {
      'cut-line':
        'A transfer under way reports the lost connection, waits a moment, reconnects and resumes after the bytes that arrived. Without one there is nothing to see.',
      'fill-pool':
        'The review says how much room is missing before anything is sent. A transfer under way stops with “out of space” and is not retried.',
      'modify-destination':
        'The review names what was written since the last common snapshot, and asks what to do: set the old copy aside, or roll it back.',
      'change-host-key':
        'Every connection is refused, with both fingerprints: this is how it looks when somebody listens in, or a host was reinstalled.',
      'take-permission':
        'The review and the check of the host list the missing permissions, with the line that grants them. Nothing is started.',
    },
    nothingToExpect: 'Nothing changes.',
    untilReset: 'Reset puts it right.',
    reset: 'Reset',
    resetTitle: 'Reset all practice hosts?',
    resetBody:
      'Snapshots, copies and everything that was broken return to how they were at the start. Copies you made are gone, and transfers under way are interrupted. History keeps its runs.',
    keep: 'Leave them',
    resetDone: 'All practice hosts are as they were at the start.',
    stories: {
      'laptop-home': {
        title: 'A laptop with a week of snapshots',
        scene: 'Home, photos, projects and the disk of a virtual machine. Only some of it was ever saved elsewhere.',
      },
      'office-server': {
        title: 'A small office server',
        scene:
          'Shares below one dataset, a clone of the web site, and an encrypted dataset. Its passphrase is “{{passphrase}}”.',
      },
      'backup-diverged': {
        title: 'A backup that went its own way',
        scene: 'Copies of the laptop. Somebody mounted one of them, wrote to it and took a snapshot.',
      },
      'disk-nearly-full': { title: 'A disk that is nearly full', scene: 'An old disk with hardly any room left.' },
    },
    lessons: {
      'first-copy': 'Make a first copy of tank/photos, and read each command before it runs.',
      'only-changes': 'Take a new snapshot of tank/projects and send only what changed.',
      rarities: 'Find the clone, and the bookmark auto-002 whose snapshot is gone.',
      package: 'Send srv/shares with everything below it, and see what a replication package holds.',
      clone: 'Send srv/web-redesign alone, and see what Sluice does about its origin.',
      raw: 'Send srv/staff as it is, encrypted: nobody at the destination can read the copy.',
      continue: 'Continue a copy that is three days old and untouched.',
      'in-the-way': 'Continue a copy that was changed: what stands in the way, by name and size, and two ways out.',
      'too-small': 'Plan a copy that does not fit: what is missing is said before anything is sent.',
      'just-fits': 'Send tank/home there, which fits.',
    },
    needsOffice: 'Needs the third host.',
    none: 'There are no practice hosts in this window',
    noneWords: 'Its hosts are real. Practice hosts have a window and state of their own.',
    try: 'Try it with practice hosts',
    tryTitle: 'Only looking around?',
    tryWords: 'Practice hosts live inside Sluice: nothing to install, nothing at risk, and a window of their own.',
    tryCommand: 'The same from a terminal:',
    address: 'address',
    opened: 'It opened in a window of its own.',
    openedTab: 'It opens in another tab. If your browser blocked it, open this address there; it works once:',
  },
} as const;
