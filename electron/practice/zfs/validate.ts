/** What `libzfs` has against a property being set; its words, without what stands before them. */
import { isUserProperty, type Kind, type PropertyRow, propertyRow } from '../model/property-table.ts';
import { parseSize } from './show.ts';

export type Checked =
  | { readonly ok: true; readonly name: string; readonly value: string }
  | { readonly ok: false; readonly fault: string };

const refused = (fault: string): Checked => ({ ok: false, fault });

/** Properties whose values are one of a few words, told by the usage text. */
function hasWords(row: PropertyRow): boolean {
  return (
    row.form === 'text' && row.values.includes(' | ') && !row.values.includes('<') && !row.values.includes('options')
  );
}

/** `gzip-[1-9]` and the like, spelled out. */
function words(row: PropertyRow): (value: string) => boolean {
  const parts = row.values.split(' | ');
  return (value) => parts.some((part) => new RegExp(`^(?:${spell(part)})$`).test(value));
}

function spell(part: string): string {
  const range = /^(.*)\[(.*)\]$/.exec(part);
  if (range === null) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const [, front = '', inside = ''] = range;
  if (inside.startsWith(',')) return `${front}(?:${inside})?`;
  const numbers = inside.split(',').flatMap((piece) => {
    const [from = 0, to = from] = piece.split('-').map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
  });
  return `${front}(?:${numbers.join('|')})`;
}

const POWERS: Readonly<Record<string, readonly [from: number, to: number, shown: string]>> = {
  recordsize: [512, 16 * 1024 * 1024, '512B to 16M'],
  volblocksize: [512, 16 * 1024 * 1024, '512B to 16M'],
};

function checkSize(row: PropertyRow, value: string): Checked {
  if (row.form === 'limit' && value === 'none') return { ok: true, name: row.name, value: '0' };
  const bytes = parseSize(value);
  if (bytes === null) return refused(`bad numeric value '${value}'`);
  if (bytes === 0 && (row.name === 'quota' || row.name === 'refquota')) {
    return refused("use 'none' to disable quota/refquota");
  }
  const power = POWERS[row.name];
  if (power !== undefined && (bytes < power[0] || bytes > power[1] || !Number.isInteger(Math.log2(bytes)))) {
    return refused(`'${row.name}' must be power of 2 from ${power[2]}`);
  }
  return { ok: true, name: row.name, value: String(bytes) };
}

/**
 * @param kind what the property is set on
 * @param making true when a dataset is being made: some properties can be set only then
 */
export function checkProperty(name: string, value: string, kind: Kind, making: boolean): Checked {
  if (isUserProperty(name)) return { ok: true, name, value };
  const row = propertyRow(name);
  if (row === null) return refused(`invalid property '${name}'`);
  if (!row.kinds.includes(kind)) return refused(`'${row.name}' does not apply to datasets of this type`);
  const settable =
    row.attribute === 'inherit' || row.attribute === 'default' || (making && row.attribute !== 'readonly');
  if (!settable) return refused(`'${row.name}' is readonly`);
  if (row.form !== 'text') return checkSize(row, value);
  if (row.name === 'mountpoint' && !/^(\/.*|none|legacy)$/s.test(value)) {
    return refused("'mountpoint' must be an absolute path, 'none', or 'legacy'");
  }
  if (hasWords(row) && !words(row)(value)) return refused(`'${row.name}' must be one of '${row.values}'`);
  return { ok: true, name: row.name, value };
}

/** Checks all, the first fault winning. */
export function checkProperties(
  wanted: ReadonlyMap<string, string>,
  kind: Kind,
  making: boolean,
): { readonly ok: true; readonly values: Map<string, string> } | { readonly ok: false; readonly fault: string } {
  const values = new Map<string, string>();
  for (const [name, value] of wanted) {
    const checked = checkProperty(name, value, kind, making);
    if (!checked.ok) return checked;
    values.set(checked.name, checked.value);
  }
  return { ok: true, values };
}
