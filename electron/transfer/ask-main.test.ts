import { describe, expect, it } from 'vitest';
import type { Question } from '../ssh/questions.ts';
import { askThroughMain } from './ask-main.ts';

const question = { host: 'nas', kind: 'password', secret: 'password:nas' } as Question;

describe('a question of a thread', () => {
  it('is answered by its number, in whatever order', async () => {
    const said: number[] = [];
    const { ask, answer } = askThroughMain((id) => said.push(id));
    const { signal } = new AbortController();
    const [one, two] = [ask(question, signal), ask(question, signal)];
    answer(said[1] ?? 0, ['second']);
    answer(said[0] ?? 0, null);
    answer(99, ['nobody asked']);
    expect(await Promise.all([one, two])).toEqual([null, ['second']]);
  });

  it('is given up with the login that asked it', async () => {
    const { ask, answer } = askThroughMain(() => {});
    const login = new AbortController();
    const asked = ask(question, login.signal);
    login.abort();
    expect(await asked).toBeNull();
    answer(1, ['late']);
  });
});
