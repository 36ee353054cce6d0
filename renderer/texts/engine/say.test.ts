import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../shared/model/plan.ts';
import { planIn, worlds } from '../../../shared/planning/testing/worlds.ts';
import { sayings, things } from './de.ts';
import { learn, sayIn } from './say.ts';

learn('de', sayings, things);

/** What a plan says to a person: findings with their ways out, steps, choices. */
const sentencesOf = (plan: Plan): string[] => [
  ...plan.findings.flatMap(({ message, fixes }) => [message, ...fixes.flatMap(({ label, detail }) => [label, detail])]),
  ...plan.steps.map(({ title }) => title),
  ...plan.choices,
];

/** Sentences that are the same afterwards; each once, whatever names and numbers are in it. */
function unsaid(texts: Iterable<string>): string[] {
  const left = [...texts].flatMap((text) => {
    const said = sayIn('de', text);
    return text.split(/(?<=[.!?]) /).filter((sentence) => sentence !== '' && said.includes(sentence));
  });
  const plain = (text: string) => text.replaceAll(/\S*[/@#\d]\S*/g, '…');
  return [...new Map(left.map((text) => [plain(text), text])).values()];
}

describe('the engine in German', () => {
  it('takes no sentence for a part of the next', () => {
    expect(
      sayIn('de', 'b on nas has a snapshot newer than the base b@1: b@2. 13.0 KiB were written to it since b@2.'),
    ).toBe(
      'b auf nas hat einen Snapshot, der neuer ist als die Basis b@1: b@2. Seit b@2 wurden 13,0 KiB hineingeschrieben.',
    );
  });

  it('says the members of a list one by one, and leaves names as they are', () => {
    const things = 'b@rock and roll, 2 snapshots, 1.50 GiB written since';
    expect(sayIn('de', `b goes back to b@1. Deleted there: ${things}.`)).toBe(
      'b geht auf b@1 zurück. Dort gelöscht: b@rock and roll, 2 Snapshots, 1,50 GiB, die seither geschrieben wurden.',
    );
  });

  it('says whatever a plan says', () => {
    const plans = fc.sample(worlds, { numRuns: 3000, seed: 7 }).map(planIn);
    const texts = new Set(plans.flatMap(sentencesOf));
    expect(texts.size).toBeGreaterThan(100);
    expect(unsaid(texts)).toEqual([]);
  });
});
