/** The bandwidth limit as it is typed: MiB a second, with a decimal point or comma. */
const MIB = 1024 * 1024;

/** @returns bytes per second; null if the text is no such number */
export function readLimit(text: string): number | null {
  const trimmed = text.trim().replace(',', '.');
  if (!/^\d+(\.\d+)?$/.test(trimmed)) return null;
  const bytes = Math.round(Number(trimmed) * MIB);
  return bytes > 0 && Number.isSafeInteger(bytes) ? bytes : null;
}

export const limitFault = (text: string): boolean => readLimit(text) === null;

/** @param limit bytes per second */
export function showLimit(limit: number): string {
  return String(Math.round((limit / MIB) * 100) / 100);
}
