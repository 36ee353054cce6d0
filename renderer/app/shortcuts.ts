/** Which key means what, wherever the focus is. Pure. */

export const PAGE_KEYS = [
  { digit: '1', page: 'start' },
  { digit: '2', page: 'replicate' },
  { digit: '3', page: 'explore' },
  { digit: '4', page: 'runs' },
  { digit: '5', page: 'hosts' },
  { digit: '6', page: 'settings' },
  { digit: '7', page: 'practice' },
] as const;

export type Shortcut =
  | { readonly kind: 'help' }
  | { readonly kind: 'page'; readonly page: (typeof PAGE_KEYS)[number]['page'] }
  | { readonly kind: 'step'; readonly by: 1 | -1 };

interface Pressed {
  readonly key: string;
  /** The key's place, which Alt on a Mac does not turn into another letter. */
  readonly code: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly target: EventTarget | null;
}

/** In a field a letter is a letter. */
const isTyping = (target: EventTarget | null): boolean =>
  target !== null && 'tagName' in target && ['INPUT', 'TEXTAREA', 'SELECT'].includes(String(target.tagName));

/** @param single whether keys without Alt may mean something (WCAG 2.1.4 lets people turn them off) */
export function shortcutOf(pressed: Pressed, single: boolean): Shortcut | null {
  if (pressed.ctrlKey || pressed.metaKey) return null;
  if (!pressed.altKey) return single && pressed.key === '?' && !isTyping(pressed.target) ? { kind: 'help' } : null;
  if (pressed.key === 'ArrowRight') return isTyping(pressed.target) ? null : { kind: 'step', by: 1 };
  if (pressed.key === 'ArrowLeft') return isTyping(pressed.target) ? null : { kind: 'step', by: -1 };
  const found = PAGE_KEYS.find(({ digit }) => pressed.code === `Digit${digit}`);
  return found === undefined ? null : { kind: 'page', page: found.page };
}
