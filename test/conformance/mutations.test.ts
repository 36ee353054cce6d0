/**
 * Ten faults put into the simulation by hand, one at a time: each must be noticed by at least one scenario. They sit between
 * the suite and the host, in what a command says or does, so that the product itself knows nothing of them.
 */
import { describe, expect, test } from 'vitest';
import type { System } from '../../electron/practice/shell/process.ts';
import { run } from '../../electron/practice/testing/host.ts';
import { playAll } from './play.ts';
import { practiceSystem, type Runner } from './practice-system.ts';
import { scenarios } from './scenarios/index.ts';

interface Mutation {
  readonly fault: string;
  readonly runner: Runner;
}

type Outcome = Awaited<ReturnType<Runner>>;

/** Changes the command before it runs. */
const asked =
  (change: (command: string) => string): Runner =>
  (system, command, stdin, user) =>
    run(system, change(command), stdin, user);

/** Changes what was said after it ran. */
const answered =
  (change: (outcome: Outcome) => Outcome): Runner =>
  async (system, command, stdin, user) =>
    change(await run(system, command, stdin, user));

/** Changes the host's state after a command. */
const afterwards =
  (when: RegExp, change: (system: System) => void): Runner =>
  async (system, command, stdin, user) => {
    const outcome = await run(system, command, stdin, user);
    if (when.test(command)) change(system);
    return outcome;
  };

const MUTATIONS: readonly Mutation[] = [
  {
    fault: 'a received snapshot gets a guid of its own',
    runner: afterwards(/zfs receive/, ({ machine }) => {
      for (const dataset of machine.all()) {
        if (!dataset.name.startsWith('dst/')) continue;
        dataset.snapshots = dataset.snapshots.map((one) => ({ ...one, guid: `${BigInt(one.guid) ^ 1n}` }));
      }
    }),
  },
  {
    fault: 'a modified destination takes an increment',
    runner: asked((command) => command.replace(/zfs receive (?=dst)/, 'zfs receive -F ')),
  },
  {
    fault: 'holds hold nothing',
    runner: afterwards(/^zfs hold/, ({ machine }) => {
      for (const { snapshots } of machine.all()) for (const one of snapshots) one.holds.clear();
    }),
  },
  {
    fault: 'every receive can be resumed',
    runner: asked((command) => command.replace('zfs receive -u', 'zfs receive -s -u')),
  },
  {
    fault: 'a cut stream is thrown away',
    runner: asked((command) => command.replace('zfs receive -s -u', 'zfs receive -u')),
  },
  {
    fault: 'what is busy is refused with status 0',
    runner: answered((outcome) => (outcome.stderr.includes('dataset is busy') ? { ...outcome, status: 0 } : outcome)),
  },
  {
    fault: 'a usage error ends with 1',
    runner: answered((outcome) => ({ ...outcome, status: outcome.status === 2 ? 1 : outcome.status })),
  },
  {
    fault: 'a modified destination is refused in words that nobody knows',
    runner: answered((outcome) => ({ ...outcome, stderr: outcome.stderr.replace('has been modified', 'differs') })),
  },
  {
    fault: 'what is received is mounted all the same',
    runner: asked((command) => command.replace(/zfs receive -u /, 'zfs receive ')),
  },
  {
    fault: 'a package forgets the properties of what is below its top',
    runner: afterwards(/zfs send -R/, ({ machine }) => {
      for (const dataset of machine.all()) if (/^dst\/[^/]+\//.test(dataset.name)) dataset.settings.clear();
    }),
  },
];

describe('a fault of the simulation is noticed', () => {
  test('there are ten', () => expect(MUTATIONS).toHaveLength(10));

  test.each(MUTATIONS)('$fault', async ({ runner }) => {
    const outcomes = await playAll(practiceSystem(runner), scenarios);
    expect(outcomes.filter(({ kind }) => kind === 'differs')).not.toEqual([]);
  });

  test('without one nothing is', async () => {
    const outcomes = await playAll(practiceSystem(), scenarios);
    expect(outcomes.filter(({ kind }) => kind === 'differs')).toEqual([]);
  });
});
