import { expect, it } from 'vitest';
import type { Prompt } from '../../shared/model/prompt.ts';
import { afterEvent } from './watch-prompts.ts';

const prompt = (id: string): Prompt => ({
  id,
  host: 'nas',
  address: 'root@nas:22',
  kind: 'password',
  title: 'The password of root on nas.',
  instructions: '',
  fields: [{ label: 'Password:', echo: false }],
  again: false,
  canRemember: false,
  key: null,
  askedAt: '2026-11-22T00:00:00.000Z',
  expiresAt: '2026-11-22T00:02:00.000Z',
});

it('keeps what is open in the order it was asked, each once, until it is closed', () => {
  const ask = (id: string) => ({ event: 'asked', prompt: prompt(id) }) as const;
  const both = afterEvent(afterEvent(afterEvent([], ask('a')), ask('b')), ask('a'));
  expect(both.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(afterEvent(both, { event: 'closed', id: 'a', why: 'expired' }).map(({ id }) => id)).toEqual(['b']);
  expect(afterEvent(both, { event: 'closed', id: 'x', why: 'answered' })).toHaveLength(2);
});
