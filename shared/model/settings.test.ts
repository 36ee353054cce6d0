import { expect, it } from 'vitest';
import { defaultSettings, readSettings, SettingsSchema } from './settings.ts';

it('the defaults are settings', () => expect(SettingsSchema.parse(defaultSettings)).toEqual(defaultSettings));

it.each([undefined, null, 'x', 7, {}, []])('%j is read as the defaults', (stored) => {
  expect(readSettings(stored)).toEqual(defaultSettings);
});

it('keeps what is good beside what is not, and nothing unknown', () => {
  const stored = { language: 'de', theme: 'pink', units: 'si', newReplication: { limit: -1 }, more: true };
  expect(readSettings(stored)).toEqual({ ...defaultSettings, language: 'de', units: 'si' });
});
