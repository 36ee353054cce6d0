/**
 * The scenarios on practice hosts, which are held to them as real ZFS is in the lab: one as OpenZFS, one as zfs-fuse; the
 * other dialects have nothing real to be compared with here.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { type Outcome, playAll } from './play.ts';
import { practiceSystem } from './practice-system.ts';
import { writeReport } from './report.ts';
import { scenarios } from './scenarios/index.ts';

describe('the scenarios', () => {
  test('are at least 120, each with a title of its own', () => {
    expect(scenarios.length).toBeGreaterThanOrEqual(120);
    expect(new Set(scenarios.map(({ title }) => title)).size).toBe(scenarios.length);
  });
});

describe.each([{ dialect: 'openzfs-2.3' }, { dialect: 'legacy' }] as const)(
  'a practice host: $dialect',
  ({ dialect }) => {
    let outcomes: readonly Outcome[];

    beforeAll(async () => {
      const system = practiceSystem(undefined, dialect);
      outcomes = await playAll(system, scenarios);
      writeReport(system.name, scenarios, outcomes);
    });

    test.each(scenarios.map(({ title }, index) => ({ title, index })))('$title', ({ index }) => {
      const outcome = outcomes[index];
      expect(outcome?.kind === 'differs' ? outcome.faults : []).toEqual([]);
    });
  },
);
