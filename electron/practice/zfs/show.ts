/** How ZFS writes numbers, dates and tables for people. */
import type { PropertyRow } from '../model/property-table.ts';

const UNITS = ['', 'K', 'M', 'G', 'T', 'P', 'E'];

/**
 * `zfs_nicebytes`: at most five characters, `13.1K`, `655K`, `24K`.
 * @param unit what stands behind a number below 1024
 */
export function niceBytes(bytes: number, unit = 'B'): string {
  let index = 0;
  for (let left = bytes; left >= 1024 && index < UNITS.length - 1; left = Math.floor(left / 1024)) index += 1;
  const scaled = bytes / 1024 ** index;
  const suffix = index === 0 ? unit : (UNITS[index] ?? '');
  if (Number.isInteger(scaled)) return `${scaled}${suffix}`;
  const shown = [2, 1, 0].map((digits) => `${scaled.toFixed(digits)}${suffix}`);
  return shown.find((text) => text.length <= 5) ?? shown[2] ?? '';
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * `%a %b %e %k:%M %Y`, the hosts being on UTC.
 * @param hourFill `zfs holds` has `%H` where the others have `%k`
 */
export function niceDate(seconds: number, hourFill: ' ' | '0' = ' '): string {
  const at = new Date(seconds * 1000);
  const minutes = String(at.getUTCMinutes()).padStart(2, '0');
  const day = String(at.getUTCDate()).padStart(2);
  const time = `${String(at.getUTCHours()).padStart(2, hourFill)}:${minutes}`;
  return `${DAYS[at.getUTCDay()]} ${MONTHS[at.getUTCMonth()]} ${day} ${time} ${at.getUTCFullYear()}`;
}

/** A raw value as it is shown without `-p`. */
export function showValue(row: PropertyRow | null, raw: string): string {
  if (row === null || raw === '-' || raw === '') return raw;
  switch (row.form) {
    case 'size':
      return niceBytes(Number(raw));
    case 'limit':
      return raw === '0' ? 'none' : niceBytes(Number(raw));
    case 'ratio':
      return `${raw}x`;
    case 'date':
      return niceDate(Number(raw));
    default:
      return raw;
  }
}

/**
 * Rows with tabs (`-H`), or with a heading and columns two spaces apart.
 * @param narrowest the width a column has at least
 */
export function table(
  rows: readonly (readonly string[])[],
  heading: readonly string[],
  scripted: boolean,
  alignRight: (column: number) => boolean = () => false,
  narrowest: (column: number) => number = () => 0,
): string {
  if (scripted) return rows.map((row) => `${row.join('\t')}\n`).join('');
  const all = [heading, ...rows];
  const widths = heading.map((_, column) => Math.max(narrowest(column), ...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        if (alignRight(column)) return cell.padStart(width);
        return column === row.length - 1 ? cell : cell.padEnd(width);
      })
      .join('  ');
  return all.map((row) => `${line(row)}\n`).join('');
}

/** `1023G` is the widest size: its column is never narrower. */
export const SIZE_WIDTH = 5;

/** A size as a person types it: `10M`, `1.5G`, `4096`. null if it is none. */
export function parseSize(text: string): number | null {
  const found = /^(\d+(?:\.\d+)?)([BKMGTPE]?)(?:i?B)?$/i.exec(text.trim());
  if (found === null) return null;
  const index = Math.max(0, UNITS.indexOf((found[2] ?? '').toUpperCase()));
  return Math.floor(Number(found[1]) * 1024 ** index);
}
