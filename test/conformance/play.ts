/** Plays scenarios on a system and says how each went. */
import { fillNames, hideNames, type Names, type Pools } from './names.ts';
import { type Asked, type Dialect, questions, type Scenario } from './scenario.ts';
import { type Answer, faultsOf } from './verdict.ts';

/** A question with the names filled in. */
export interface Question {
  readonly command: string;
  readonly user: Asked['user'];
}

/** A host with ZFS under test; its two pools are empty when it is handed over. */
export interface ConformanceSystem {
  /** As the report calls it. */
  readonly name: string;
  readonly dialect: Dialect;
  readonly pools: Pools;
  /**
   * Asks the questions of each scenario in order, without stopping at a failure.
   * @returns an answer to each question
   */
  play(scenarios: readonly (readonly Question[])[]): Promise<Answer[][]>;
}

export type Outcome =
  | { readonly kind: 'agrees' }
  | { readonly kind: 'left out'; readonly why: string }
  | { readonly kind: 'differs'; readonly faults: readonly string[] };

function judge(asked: readonly Asked[], answers: readonly Answer[], names: Names): Outcome {
  const faults = asked.flatMap((one, index) => {
    const answer = answers[index];
    if (answer === undefined) return [`$ ${one.command}: no answer`];
    const hidden = { ...answer, stdout: hideNames(answer.stdout, names), stderr: hideNames(answer.stderr, names) };
    return faultsOf(one, hidden).map((fault) => `$ ${one.command}: ${fault}`);
  });
  return faults.length === 0 ? { kind: 'agrees' } : { kind: 'differs', faults };
}

/**
 * @param firstNumber of the names that the first scenario is given; the others have those that follow. What was played once
 * has left its datasets behind, so another time needs other numbers.
 * @returns the outcome of each scenario, in order
 */
export async function playAll(
  system: ConformanceSystem,
  scenarios: readonly Scenario[],
  firstNumber = 0,
): Promise<Outcome[]> {
  const asked = scenarios.map((one) => questions(one, system.dialect));
  const names = scenarios.map((_, index): Names => ({ ...system.pools, number: firstNumber + index }));
  const filled = asked.map((list, index) =>
    (list ?? []).map(({ command, user }) => {
      const own = names[index];
      return { command: own === undefined ? command : fillNames(command, own), user };
    }),
  );
  const answers = await system.play(filled);
  return scenarios.map((one, index): Outcome => {
    const list = asked[index] ?? null;
    const own = names[index];
    if (list === null || own === undefined) return { kind: 'left out', why: one.openzfsOnly ?? '' };
    return judge(list, answers[index] ?? [], own);
  });
}
