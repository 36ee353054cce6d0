/** Languages beside English come with a file of their own. */
import i18next from 'i18next';
import { learn } from './engine/say.ts';
import type { Language } from './languages.ts';

/**
 * Has the words of a language at hand, for the window and for what the engine says.
 *
 * @throws if its file does not come
 */
export async function loadWords(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'window')) return;
  const { words, sayings, things } = await import('./german.ts');
  i18next.addResourceBundle(language, 'window', words);
  learn(language, sayings, things);
}
