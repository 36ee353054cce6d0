/** Names of snapshots that are made at the start of a run, from a template with the time in it. */
import { type Label, parseLabel } from '../model/names.ts';
import { err, type Result } from '../model/result.ts';

/** What `followsScheme('sluice', …)` recognises. */
export const DEFAULT_TEMPLATE = 'sluice-%Y-%m-%d_%H%M%S';

const two = (value: number): string => String(value).padStart(2, '0');

/** As `strftime(3)` has them, in UTC: names made in two time zones, or while clocks change, still sort and never clash. */
const fields: Record<string, (when: Date) => string> = {
  Y: (when) => String(when.getUTCFullYear()),
  m: (when) => two(when.getUTCMonth() + 1),
  d: (when) => two(when.getUTCDate()),
  H: (when) => two(when.getUTCHours()),
  M: (when) => two(when.getUTCMinutes()),
  S: (when) => two(when.getUTCSeconds()),
  s: (when) => String(Math.floor(when.getTime() / 1000)),
};

/**
 * @param template a label with `%Y %m %d %H %M %S` (UTC) or `%s` (seconds since 1970) in it; one without them is a name
 *   as it stands
 * @returns the name, or a sentence that says what is wrong with the template
 */
export function nameSnapshot(template: string, when: Date): Result<Label> {
  const unknown: string[] = [];
  const name = template.replaceAll(/%(.?)/gsu, (whole, letter: string) => {
    const field = Object.hasOwn(fields, letter) ? fields[letter] : undefined;
    if (field === undefined) unknown.push(whole);
    return field?.(when) ?? '';
  });
  const [first] = unknown;
  if (first === undefined) return parseLabel(name);
  const known = Object.keys(fields).map((letter) => `%${letter}`);
  return err(
    `The snapshot name ${JSON.stringify(template)} has ${JSON.stringify(first)}; what it can have is ${known.join(', ')}.`,
  );
}
