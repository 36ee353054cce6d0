/** `receive -o` and `-x`, and the properties a `send -p` stream brings. */
import type { Dataset } from '../model/machine.ts';
import { isUserProperty, type Kind, propertyRow } from '../model/property-table.ts';
import { type Options, readAssignments, ZfsError } from './options.ts';
import { checkProperties } from './validate.ts';

export interface ReceiveProperties {
  readonly set: ReadonlyMap<string, string>;
  readonly exclude: readonly string[];
  readonly origin: string | null;
}

/** Set by the stream alone. */
const NOT_ALLOWED = new Set(['volsize', 'version']);

function checkName(name: string): void {
  if (isUserProperty(name)) return;
  const row = propertyRow(name);
  if (row === null || row.attribute === 'readonly' || NOT_ALLOWED.has(row.name)) {
    throw new ZfsError(`cannot receive: cannot receive: invalid property '${name}'`);
  }
}

/** Looked at before the stream is. @throws ZfsError UsageError */
export function readReceiveProperties(options: Options): ReceiveProperties {
  const given = readAssignments(options.values('o'));
  const origin = given.get('origin') ?? null;
  given.delete('origin');
  const exclude = options.values('x');
  return { set: given, exclude, origin };
}

/** Looked at once the stream's first bytes were asked for, as 2.3.9 does. @throws ZfsError */
export function checkReceiveNames(properties: ReceiveProperties): void {
  for (const name of [...properties.set.keys(), ...properties.exclude]) checkName(name);
}

/** @throws ZfsError @returns the values in their stored form */
export function checkReceiveValues(properties: ReceiveProperties, kind: Kind, prefix: string): Map<string, string> {
  const checked = checkProperties(properties.set, kind, true);
  if (checked.ok) return checked.values;
  if (checked.fault.includes('does not apply')) {
    const name = /'([^']+)'/.exec(checked.fault)?.[1];
    throw new ZfsError(`${prefix}: property '${name}' does not apply to datasets of this type`);
  }
  throw new ZfsError(`${prefix}: ${checked.fault}\n${prefix}: invalid property value`);
}

/** Puts everything in force; @returns warnings about exclusions that do not apply */
export function applyReceived(
  dataset: Dataset,
  properties: ReceiveProperties,
  values: ReadonlyMap<string, string>,
  received: Readonly<Record<string, string>> | null,
): string[] {
  for (const [name, setting] of received === null ? [] : dataset.settings) {
    if (setting.received === undefined || received?.[name] !== undefined) continue;
    if (setting.local === undefined) dataset.settings.delete(name);
    else dataset.settings.set(name, { local: setting.local });
  }
  for (const [name, value] of Object.entries(received ?? {})) {
    const known = dataset.settings.get(name);
    dataset.settings.set(name, { ...known, received: value });
  }
  const warnings: string[] = [];
  for (const name of properties.exclude) {
    const row = propertyRow(name);
    if (row !== null && !row.kinds.includes(dataset.kind)) {
      warnings.push(`Warning: ${dataset.name}: property '${name}' does not apply to datasets of this type`);
      continue;
    }
    const known = dataset.settings.get(row?.name ?? name)?.received;
    if (known !== undefined) dataset.settings.set(row?.name ?? name, { received: known, inherits: true });
  }
  for (const [name, value] of values) {
    dataset.settings.set(name, { ...dataset.settings.get(name), local: value });
  }
  return warnings;
}
