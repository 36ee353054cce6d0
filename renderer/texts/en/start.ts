/** The start page: a first replication, and later all of them at a glance. */
export const start = {
  start: {
    title: 'Start',
    lead: 'Your replications, and how far each copy is behind its source.',
    leadFirst: 'Copies of ZFS datasets on other pools and other hosts, made and proved step by step.',
    new: 'New replication',
    running: 'Under way',
    attention: 'Needs attention',
    replications: 'Replications',
    looking: 'Looking at both hosts',
    /** Read aloud when a look found something else than the one before. */
    nowIs: '{{from}} to {{to}}: {{state}}',
    upToDate: 'Up to date',
    behind_one: 'Behind by {{shown}} snapshot',
    behind_other: 'Behind by {{shown}} snapshots',
    about: 'about {{bytes}}',
    last: 'last run {{age}}',
    lookedAt: 'looked at {{time}}',
    neverDone: 'never run yet',
    left: '{{time}} left',
    blocked: 'Cannot continue by itself',
    losses: 'Something would be lost',
    send: 'Send changes',
    look: 'Look at the plan',
    solve: 'See what can be done',
    lastRun: 'Last run',
    firstTitle: 'Your first replication',
    firstLead: 'Three steps, and nothing is written before you have seen all of it.',
    practiceTitle: 'Your first replication, on practice hosts',
    practiceLead:
      'A laptop and a backup box live inside this application, with real snapshots in them. Whatever you do stays there.',
    steps: {
      choose: { title: 'Choose', words: 'A dataset, up to which snapshot, and where its copy goes.' },
      see: {
        title: 'See what will happen',
        words: 'Every stream, size and command, and that nothing is deleted without asking.',
      },
      prove: {
        title: 'Start and be sure',
        words: 'Watch the bytes; at the end both sides are compared, GUID by GUID.',
      },
    },
  },
} as const;
