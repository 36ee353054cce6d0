/** Days as a date field has them, and the seconds that ZFS counts in. */

/** Seconds since 1970 of a day's beginning here, or of its last second; null for an empty or broken day. @param day `2026-11-22` */
export function dayEdge(day: string, edge: 'begin' | 'end'): number | null {
  const [year, month, date] = day.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined || day === '') return null;
  const from = new Date(year, month - 1, edge === 'begin' ? date : date + 1).getTime() / 1000;
  if (Number.isNaN(from)) return null;
  return edge === 'begin' ? from : from - 1;
}

/** The day here on which a moment lies, as a date field takes it. @param seconds since 1970; null: an empty field */
export function dayOf(seconds: number | null): string {
  if (seconds === null) return '';
  const date = new Date(seconds * 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
