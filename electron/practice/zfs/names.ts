/** Finding what a name on the command line means, and ZFS's words when it means nothing. */
import type { Bookmark, Dataset, Machine, Snapshot } from '../model/machine.ts';
import type { Target } from '../model/properties.ts';
import { ZfsError } from './options.ts';

const LONGEST = 255;

/** What `zfs_validate_name` has against a name, or null. */
export function nameFault(name: string): string | null {
  if (name.length > LONGEST) return 'name is too long';
  if (name.startsWith('/')) return 'leading slash in name';
  if (name.endsWith('/')) return 'trailing slash in name';
  if (name === '' || name.split(/[/@#]/).includes(''))
    return "empty component or misplaced '@' or '#' delimiter in name";
  const bad = /[^A-Za-z0-9_.:\- /@#%]/.exec(name)?.[0];
  if (bad !== undefined) return `invalid character '${bad}' in name`;
  if ((name.match(/[@#]/g) ?? []).length > 1) return "multiple '@' and/or '#' delimiters in name";
  if (!/^[A-Za-z]/.test(name)) return 'name must begin with a letter';
  return null;
}

const missing = (name: string): ZfsError => new ZfsError(`cannot open '${name}': dataset does not exist`);

function open<T>(name: string, found: T | null): T {
  if (found !== null) return found;
  const fault = nameFault(name);
  if (fault !== null) throw new ZfsError(`cannot open '${name}': ${fault}`);
  throw missing(name);
}

/** @throws ZfsError `cannot open …` */
export const openDataset = (machine: Machine, name: string): Dataset => open(name, machine.dataset(name));
/** @throws ZfsError `cannot open …` */
export const openSnapshot = (machine: Machine, name: string): Snapshot => open(name, machine.snapshot(name));
/** @throws ZfsError `cannot open …` */
export const openBookmark = (machine: Machine, name: string): Bookmark => open(name, machine.bookmark(name));

/** Anything a name may stand for. @throws ZfsError `cannot open …` */
export function openAny(machine: Machine, name: string): Target {
  if (name.includes('@')) return openSnapshot(machine, name);
  return name.includes('#') ? openBookmark(machine, name) : openDataset(machine, name);
}

export const parentName = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('/')));
export const poolName = (name: string): string => name.replace(/[/@#].*$/s, '');
export const labelPart = (name: string): string => name.slice(name.search(/[@#]/) + 1);
export const datasetPart = (name: string): string => name.replace(/[@#].*$/s, '');
