import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PromptEvent } from '../../shared/model/prompt.ts';
import { codeOf } from '../../shared/model/testing/failures.ts';
import { question } from '../ssh/testing/questions.ts';
import { PromptDesk } from './prompt-desk.ts';
import { type Keychain, Secrets } from './secrets.ts';

const { signal } = new AbortController();

/** Watches and answers in turn; null cancels. */
function watched(desk: PromptDesk, ...answers: (string | null)[]) {
  const events: PromptEvent[] = [];
  const stop = new AbortController();
  const done = (async () => {
    for await (const event of desk.watch(stop.signal)) {
      events.push(event);
      if (event.event !== 'asked') continue;
      const answer = answers.shift();
      if (answer === null) desk.cancel(event.prompt.id);
      else if (answer !== undefined) desk.answer(event.prompt.id, [answer], true);
    }
  })();
  return { events, stop, done };
}

describe('the desk of questions', () => {
  afterEach(() => vi.useRealTimers());

  it('shows a question to everybody who watches, also to who comes later, and closes it with the first answer', async () => {
    const desk = new PromptDesk();
    const first = watched(desk);
    const asked = desk.ask(question(), false, signal);
    const second = watched(desk);
    await expect.poll(() => second.events).toHaveLength(1);
    const [event] = second.events;
    if (event?.event !== 'asked') throw new Error('no question');
    expect(codeOf(() => desk.answer(event.prompt.id, []))).toBe('prompt-incomplete');
    desk.answer(event.prompt.id, ['x']);
    expect(await asked).toEqual({ answers: ['x'], remember: false });
    expect(codeOf(() => desk.answer(event.prompt.id, ['y']))).toBe('prompt-unknown');
    expect(codeOf(() => desk.cancel(event.prompt.id))).toBe('prompt-unknown');
    await expect.poll(() => first.events.at(-1)).toEqual({ event: 'closed', id: event.prompt.id, why: 'answered' });
    first.stop.abort();
    second.stop.abort();
    await Promise.all([first.done, second.done]);
    expect(desk.attended).toBe(false);
  });

  it('does not wait for an answer where nobody watches', async () => {
    expect(await new PromptDesk().ask(question(), false, signal)).toBeNull();
  });

  it('lets a question expire, says when it will, and takes it back with the login that asked', async () => {
    vi.useFakeTimers({ now: 0 });
    const desk = new PromptDesk(60_000);
    const { events, stop } = watched(desk);
    const expired = desk.ask(question(), false, signal);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await expired).toBeNull();
    const login = new AbortController();
    const taken = desk.ask(question(), false, login.signal);
    login.abort();
    expect(await taken).toBeNull();
    await vi.advanceTimersByTimeAsync(0);
    expect(events.map((event) => (event.event === 'closed' ? event.why : event.prompt.expiresAt))).toEqual([
      '1970-01-01T00:01:00.000Z',
      'expired',
      '1970-01-01T00:02:00.000Z',
      'cancelled',
    ]);
    stop.abort();
  });
});

describe('secrets', () => {
  const memoryKeychain = () => {
    const kept = new Map<string, string>();
    const keychain: Keychain = {
      get: async (name) => kept.get(name) ?? null,
      set: async (name, secret) => void kept.set(name, secret),
      delete: async (name) => void kept.delete(name),
    };
    return { kept, keychain };
  };

  it('are asked for once, and again only after they were refused', async () => {
    const desk = new PromptDesk();
    const { events, stop } = watched(desk, 'wrong', 'right');
    const { ask } = new Secrets(desk, null);
    expect(await ask(question(), signal)).toEqual(['wrong']);
    expect(await ask(question({ again: true }), signal)).toEqual(['right']);
    expect(await ask(question(), signal)).toEqual(['right']);
    expect(events.filter(({ event }) => event === 'asked')).toHaveLength(2);
    stop.abort();
  });

  it('go to the keychain when a person wishes it, come back from there, and leave it when they are wrong', async () => {
    const desk = new PromptDesk();
    const { kept, keychain } = memoryKeychain();
    const { stop } = watched(desk, 'right', null);
    expect(await new Secrets(desk, keychain).ask(question(), signal)).toEqual(['right']);
    expect(kept.get('password:root@nas:22')).toBe('right');
    const later = new Secrets(new PromptDesk(), keychain);
    expect(await later.ask(question(), signal)).toEqual(['right']);
    expect(await later.ask(question({ again: true }), signal)).toBeNull();
    expect(kept.size).toBe(0);
    stop.abort();
  });

  it('that are good for once are never kept', async () => {
    const desk = new PromptDesk();
    const { kept, keychain } = memoryKeychain();
    const { stop } = watched(desk, '111111', '222222');
    const { ask } = new Secrets(desk, keychain);
    const code = question({ kind: 'keyboard-interactive', secret: null });
    expect([await ask(code, signal), await ask(code, signal)]).toEqual([['111111'], ['222222']]);
    expect(kept.size).toBe(0);
    stop.abort();
  });
});
