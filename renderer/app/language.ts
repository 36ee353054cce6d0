/** The window's language: the person's choice, or the system's where there is a catalogue for it. */
import i18next from 'i18next';
import type { Settings } from '../../shared/model/settings.ts';
import { useSettings } from '../settings/settings.ts';
import { languageFor } from '../texts/languages.ts';

function apply(choice: Settings['language']): void {
  const language = languageFor(choice, navigator.languages);
  document.documentElement.lang = language;
  if (i18next.language !== language) void i18next.changeLanguage(language);
}

/** Applies the kept choice, and every later one; called before anything is drawn. */
export function followLanguage(): void {
  apply(useSettings.getState().settings.language);
  useSettings.subscribe(({ settings }) => apply(settings.language));
}
