/** Packages: what goes along with a dataset. */
export const packages = {
  package: {
    label: 'What is sent together',
    kinds: {
      single: {
        name: 'This dataset alone',
        sentence: 'The chosen snapshot of this one dataset; nothing below it comes along.',
      },
      replication: {
        name: 'Replication package',
        sentence:
          'The dataset and all below it, every snapshot up to the chosen one, properties and clones: a true copy.',
      },
      recursive: {
        name: 'Recursive package',
        sentence: 'The dataset and all below it, the chosen snapshot of each, and what clones among them grow from.',
      },
      'self-contained': {
        name: 'Self-contained package',
        sentence:
          'As recursive, but a clone that grows from outside the package is sent in full: nothing else is needed.',
      },
    },
    streams_one: '{{shown}} stream',
    streams_other: '{{shown}} streams',
    datasets_one: '{{shown}} dataset',
    datasets_other: '{{shown}} datasets',
    holds: 'Its stream table, as a first copy',
    more_one: 'and {{shown}} more stream',
    more_other: 'and {{shown}} more streams',
    reading: 'Working out what it holds…',
    leaveOut: 'Leave out some of what is below',
    leaveOutCount_one: '{{count}} dataset is left out',
    leaveOutCount_other: '{{count}} datasets are left out',
    leftOut: 'left out',
    members: 'Datasets of the package',
    memberCount_one: '{{count}} dataset, {{shown}}',
    memberCount_other: '{{count}} datasets, {{shown}}',
    source: 'Dataset',
    copy: 'Becomes',
    state: 'What is done',
    after: 'After',
    size: 'Size',
    findings: 'Noticed',
    stateSentence: {
      new: 'copied for the first time',
      update: 'brought up to date',
      resume: 'gone on with',
      'up-to-date': 'up to date already',
      blocked: 'blocked',
    },
    stateCount: {
      new_one: '{{count}} new',
      new_other: '{{count}} new',
      update_one: '{{count}} updated',
      update_other: '{{count}} updated',
      resume_one: '{{count}} continued',
      resume_other: '{{count}} continued',
      'up-to-date_one': '{{count}} up to date',
      'up-to-date_other': '{{count}} up to date',
      blocked_one: '{{count}} blocked',
      blocked_other: '{{count}} blocked',
    },
    summary: {
      single: '',
      replication: 'replication package',
      recursive: 'recursive package',
      'self-contained': 'self-contained package',
    },
    without: 'without {{count}}',
  },
} as const;
