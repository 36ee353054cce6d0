/** The languages that the window has a catalogue in. */
import type { Settings } from '../../shared/model/settings.ts';

export type Language = Exclude<Settings['language'], 'system'>;

/** @param preferred the system's languages, the best first, such as `de-AT` @returns English where none of them is there */
export function languageFor(choice: Settings['language'], preferred: readonly string[]): Language {
  if (choice !== 'system') return choice;
  for (const tag of preferred) {
    const [language] = tag.toLowerCase().split('-');
    if (language === 'de' || language === 'en') return language;
  }
  return 'en';
}
