/** The window's language: the person's choice, or the system's where there is a catalogue for it. */
import i18next from 'i18next';
import { useSettings } from '../settings/settings.ts';
import { languageFor } from '../texts/languages.ts';
import { loadWords } from '../texts/load-words.ts';

const wanted = () => languageFor(useSettings.getState().settings.language, navigator.languages);

async function apply(): Promise<void> {
  const language = wanted();
  if (language === i18next.language) return;
  try {
    await loadWords(language);
  } catch {
    // The line to the main process is down, which is shown; what is there stays readable.
    return;
  }
  if (language !== wanted()) return;
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}

/** Applies the kept choice, and every later one. Resolves when the first picture can be drawn in it. */
export async function followLanguage(): Promise<void> {
  useSettings.subscribe(() => void apply());
  await apply();
}
