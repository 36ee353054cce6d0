import { expect, it } from 'vitest';
import { shortcutOf } from './shortcuts.ts';

const key = (press: Partial<Parameters<typeof shortcutOf>[0]>) => ({
  key: '',
  code: '',
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  target: null,
  ...press,
});
const field = Object.assign(new EventTarget(), { tagName: 'INPUT' });

it.each([
  [{ key: '?' }, true, { kind: 'help' }],
  [{ key: '?' }, false, null],
  [{ key: '?', target: field }, true, null],
  [{ key: '3', code: 'Digit3', altKey: true }, false, { kind: 'page', page: 'explore' }],
  [{ key: '£', code: 'Digit3', altKey: true }, true, { kind: 'page', page: 'explore' }],
  [{ key: '3', code: 'Digit3' }, true, null],
  [{ key: '9', code: 'Digit9', altKey: true }, true, null],
  [{ key: '1', code: 'Digit1', altKey: true, ctrlKey: true }, true, null],
  [{ key: 'ArrowRight', altKey: true }, true, { kind: 'step', by: 1 }],
  [{ key: 'ArrowLeft', altKey: true }, true, { kind: 'step', by: -1 }],
  [{ key: 'ArrowLeft', altKey: true, target: field }, true, null],
] as const)('%o (single keys: %s) means %o', (press, single, meaning) => {
  expect(shortcutOf(key(press), single)).toEqual(meaning);
});
