/** The names of a scenario's own, so that all can be played in two pools without meeting. */

export interface Pools {
  readonly source: string;
  readonly destination: string;
}

export interface Names extends Pools {
  readonly number: number;
}

const own = (pool: string, { number }: Names): string => `${pool}/n${String(number).padStart(3, '0')}`;

/** @returns the text with `{s}`, `{d}`, `{S}` and `{D}` filled in */
export function fillNames(text: string, names: Names): string {
  return text
    .replaceAll('{s}', own(names.source, names))
    .replaceAll('{d}', own(names.destination, names))
    .replaceAll('{S}', names.source)
    .replaceAll('{D}', names.destination);
}

/** The other way round, for what a host said. */
export function hideNames(text: string, names: Names): string {
  return text
    .replaceAll(own(names.source, names), '{s}')
    .replaceAll(own(names.destination, names), '{d}')
    .replaceAll(new RegExp(`\\b${names.source}\\b`, 'g'), '{S}')
    .replaceAll(new RegExp(`\\b${names.destination}\\b`, 'g'), '{D}');
}
