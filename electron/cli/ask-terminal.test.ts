import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { PromptDesk } from '../hosts/prompt-desk.ts';
import { question } from '../ssh/testing/questions.ts';
import { askOnTerminal } from './ask-terminal.ts';

function terminal() {
  const desk = new PromptDesk();
  const [input, output] = [new PassThrough(), new PassThrough()];
  let shown = '';
  output.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
  });
  const stop = askOnTerminal(desk, { input, output });
  return { desk, input, stop, shown: () => shown };
}

describe('a question on the terminal', () => {
  let stop = () => {};
  afterEach(() => stop());
  const signal = new AbortController().signal;
  /** Types a line once the question stands there. */
  const type = async (on: ReturnType<typeof terminal>, after: string, line: string) => {
    while (!on.shown().includes(after)) await new Promise((resolve) => setTimeout(resolve, 5));
    on.input.write(`${line}\n`);
  };

  it('is answered without showing what must not be shown', async () => {
    const on = terminal();
    stop = on.stop;
    const asked = on.desk.ask(question({}), false, signal);
    await type(on, 'Password:', 'Tr0ub4dor');
    expect(await asked).toEqual({ answers: ['Tr0ub4dor'], remember: false });
    expect(on.shown()).not.toContain('Tr0ub4dor');
  });

  it('asks several fields one after the other, and what the host says cannot steer the terminal', async () => {
    const on = terminal();
    stop = on.stop;
    const fields = [
      { label: 'User code', echo: true },
      { label: 'Token:', echo: false },
    ];
    const asked = on.desk.ask(question({ fields, instructions: 'Hello\u001b[2J' }), false, signal);
    await type(on, 'User code:', 'abc');
    await type(on, 'Token:', '123456');
    expect((await asked)?.answers).toEqual(['abc', '123456']);
    expect(on.shown()).toContain('Hello');
    expect(on.shown()).not.toContain('\u001b[2J');
  });

  it('takes nothing but yes for a host key', async () => {
    const key = { type: 'ssh-ed25519', fingerprint: `SHA256:${'a'.repeat(43)}`, compare: 'ssh-keygen -lf x' };
    for (const [line, answers] of [
      ['y', null],
      ['yes', []],
    ] as const) {
      const on = terminal();
      const asked = on.desk.ask(question({ kind: 'host-key', fields: [], key }), false, signal);
      await type(on, 'Type yes', line);
      expect((await asked)?.answers ?? null).toEqual(answers);
      expect(on.shown()).toContain(key.fingerprint);
      on.stop();
    }
  });

  it('is over when it was answered elsewhere', async () => {
    const on = terminal();
    stop = on.stop;
    const asked = on.desk.ask(question({}), false, signal);
    const events = on.desk.watch(signal);
    const first = await events.next();
    if (first.done || first.value.event !== 'asked') throw new Error('no question');
    on.desk.answer(first.value.prompt.id, ['from the window']);
    expect((await asked)?.answers).toEqual(['from the window']);
  });
});
