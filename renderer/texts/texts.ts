/** The window's words: one catalogue a language, of which English is always there, read through i18next with checked keys. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'window';
    resources: { window: typeof en };
  }
}

void i18next.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  defaultNS: 'window',
  resources: { en: { window: en } },
  // React escapes what it draws.
  interpolation: { escapeValue: false },
  initAsync: false,
});

/** For words that are needed outside a component. */
export const t = i18next.t;

/** The language in which numbers and dates are written, so that they go with the words around them. */
export const language = (): string => i18next.language;
