/** Questions of logins, asked on a person's terminal. What must not be shown is not echoed. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Prompt } from '../../shared/model/prompt.ts';
import type { PromptDesk } from '../hosts/prompt-desk.ts';
import { harmless } from './terminal.ts';

export interface TerminalEnds {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

const nowhere = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

/** @returns null if the person ended the input (Ctrl-D, Ctrl-C) or the question is over */
export async function readLine(
  ends: TerminalEnds,
  label: string,
  echo: boolean,
  signal?: AbortSignal,
): Promise<string | null> {
  // Before the label: from here on the terminal shows nothing by itself of what somebody quick types.
  const reading = createInterface({ input: ends.input, output: echo ? ends.output : nowhere(), terminal: true });
  const shown = `${harmless(label)} `;
  if (!echo) ends.output.write(shown);
  const ended = new Promise<null>((resolve) => {
    reading.once('close', () => resolve(null));
    reading.once('SIGINT', () => reading.close());
    signal?.addEventListener('abort', () => reading.close(), { once: true });
  });
  const answer = await Promise.race([reading.question(echo ? shown : '').catch(() => null), ended]);
  reading.close();
  // The line break that the person has typed was shown, if there was one.
  if (!echo || answer === null) ends.output.write('\n');
  return answer;
}

const spaced = (label: string): string => (label.endsWith(':') ? label : `${label}:`);

async function answersTo(prompt: Prompt, ends: TerminalEnds, signal: AbortSignal): Promise<string[] | null> {
  const say = (text: string) => ends.output.write(`${harmless(text)}\n`);
  if (prompt.again) say('That was not right.');
  say(prompt.title);
  if (prompt.instructions !== '') say(prompt.instructions);
  if (prompt.kind === 'host-key') {
    if (prompt.key !== null) {
      say(`It shows the ${prompt.key.type} key ${prompt.key.fingerprint}`);
      say(`Compare it there: ${prompt.key.compare}`);
    }
    return (await readLine(ends, 'Is it the same? Type yes to trust it:', true, signal))?.trim() === 'yes' ? [] : null;
  }
  const answers: string[] = [];
  for (const { label, echo } of prompt.fields) {
    const answer = await readLine(ends, spaced(label), echo, signal);
    if (answer === null) return null;
    answers.push(answer);
  }
  return answers;
}

/**
 * Asks every question of the desk on the terminal, one after the other.
 *
 * @returns ends it
 */
export function askOnTerminal(desk: PromptDesk, ends: TerminalEnds): () => void {
  const stop = new AbortController();
  const open = new Map<string, AbortController>();
  let turn: Promise<void> = Promise.resolve();
  const put = async (prompt: Prompt): Promise<void> => {
    const closed = open.get(prompt.id);
    if (closed === undefined || closed.signal.aborted) return;
    const answers = await answersTo(prompt, ends, closed.signal);
    // Answered elsewhere or expired meanwhile.
    if (!open.delete(prompt.id)) return;
    if (answers === null) desk.cancel(prompt.id);
    else desk.answer(prompt.id, answers);
  };
  void (async () => {
    for await (const event of desk.watch(stop.signal)) {
      if (event.event === 'asked') {
        open.set(event.prompt.id, new AbortController());
        turn = turn.then(() => put(event.prompt)).catch(() => {});
      } else {
        open.get(event.id)?.abort();
        open.delete(event.id);
      }
    }
  })();
  return () => {
    stop.abort();
    for (const one of open.values()) one.abort();
  };
}
