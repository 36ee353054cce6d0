import { describe, expect, it } from 'vitest';
import { answerTo, ask, forgetAnswers, useAnswers } from './answers.ts';

const answer = (key: string) => answerTo(useAnswers.getState().byKey, key);

describe('answers', () => {
  it('are kept by the question', async () => {
    await ask('one', async () => 1);
    expect(answer('one')).toEqual({ data: 1, failure: null, asking: false });
    expect(answer('other').data).toBeNull();
  });

  it('stay beside the failure of the same question', async () => {
    await ask('kept', async () => 1);
    await ask('kept', () => Promise.reject(new Error('gone')));
    expect(answer('kept')).toMatchObject({ data: 1, asking: false });
    expect(answer('kept').failure).not.toBeNull();
  });

  it('that are forgotten are gone, and do not come back late', async () => {
    await ask('stays', async () => 1);
    let end = (_: number) => {};
    const late = ask('goes', () => new Promise<number>((resolve) => (end = resolve)));
    forgetAnswers((key) => key === 'goes');
    end(1);
    await late;
    expect(answer('goes')).toEqual({ data: null, failure: null, asking: false });
    expect(answer('stays').data).toBe(1);
    await ask('goes', async () => 2);
    expect(answer('goes').data).toBe(2);
  });
});
