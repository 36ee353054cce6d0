import { expect, it } from 'vitest';
import { languageFor } from './languages.ts';

it.each([
  ['system', ['de-AT', 'en'], 'de'],
  ['system', ['fr', 'de'], 'de'],
  ['system', ['en-GB', 'de'], 'en'],
  ['system', ['fr'], 'en'],
  ['system', [], 'en'],
  ['en', ['de'], 'en'],
  ['de', ['en'], 'de'],
] as const)('%s with %j is %s', (choice, preferred, language) => {
  expect(languageFor(choice, preferred)).toBe(language);
});
