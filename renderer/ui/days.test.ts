import { expect, it } from 'vitest';
import { dayEdge, dayOf } from './days.ts';

it.each(['2026-11-22', '2024-02-29', '2026-03-29'])('%s is the day of its first and of its last second', (day) => {
  expect(dayOf(dayEdge(day, 'begin'))).toBe(day);
  expect(dayOf(dayEdge(day, 'end'))).toBe(day);
  expect((dayEdge(day, 'end') ?? 0) - (dayEdge(day, 'begin') ?? 0)).toBeGreaterThan(82_000);
});

it.each(['', 'tomorrow', '2026-13'])('“%s” is no day', (text) => expect(dayEdge(text, 'begin')).toBeNull());

it('leaves a field empty for an open end', () => expect(dayOf(null)).toBe(''));
