/**
 * ZFS names as types of their own: only a parsed name can be put into a command.
 *
 * The grammar is that of `zfs_namecheck.c`: components of letters, digits, space and `_ - . :`, joined by `/`;
 * a pool starts with a letter; the whole, snapshot included, is at most 255 bytes. `%` is reserved for ZFS itself
 * (`pool/ds/%recv`) and is refused.
 */
import { z } from 'zod';
import { err, ok, type Result } from './result.ts';

export type DatasetName = string & { readonly __name: 'dataset' };
/** `pool/dataset@snapshot` */
export type SnapshotName = string & { readonly __name: 'snapshot' };
/** `pool/dataset#bookmark` */
export type BookmarkName = string & { readonly __name: 'bookmark' };
/** What follows the `@` or `#`. */
export type Label = string & { readonly __name: 'label' };

/** Bytes, the separator and the snapshot included (`ZFS_MAX_DATASET_NAME_LEN` is 256 with its NUL). */
export const MAX_NAME_LENGTH = 255;
const COMPONENT = /^[A-Za-z0-9_\-.: ]+$/;
const FORBIDDEN = /[^A-Za-z0-9_\-.: ]/;

function componentFault(component: string): string | null {
  if (component === '') return 'has an empty part';
  if (component === '.' || component === '..') return `has a part “${component}”`;
  if (COMPONENT.test(component)) return null;
  const bad = FORBIDDEN.exec(component)?.[0] ?? '';
  return `has the character ${JSON.stringify(bad)}, which ZFS does not allow in names`;
}

function lengthFault(text: string): string | null {
  return text.length > MAX_NAME_LENGTH ? `is ${text.length} characters long; ZFS allows ${MAX_NAME_LENGTH}` : null;
}

/** @returns the name, or a sentence that says what is wrong with it */
export function parseDatasetName(text: string): Result<DatasetName> {
  const fault =
    (text === '' ? 'is empty' : null) ??
    lengthFault(text) ??
    text.split('/').reduce<string | null>((found, part) => found ?? componentFault(part), null) ??
    (/^[A-Za-z]/.test(text) ? null : 'does not start with a letter, as a pool name must');
  return fault === null ? ok(text as DatasetName) : err(`The dataset name ${JSON.stringify(text)} ${fault}.`);
}

/** @returns the part after `@` or `#`, or a sentence that says what is wrong with it */
export function parseLabel(text: string): Result<Label> {
  const fault = text === '' ? 'is empty' : (lengthFault(text) ?? componentFault(text));
  return fault === null ? ok(text as Label) : err(`The snapshot name ${JSON.stringify(text)} ${fault}.`);
}

function parseMarked<N extends string>(text: string, mark: '@' | '#', kind: string): Result<N> {
  const at = text.indexOf(mark);
  if (at < 0) return err(`The ${kind} name ${JSON.stringify(text)} has no “${mark}”.`);
  const dataset = parseDatasetName(text.slice(0, at));
  if (!dataset.ok) return dataset;
  const label = parseLabel(text.slice(at + 1));
  if (!label.ok) return label;
  const length = lengthFault(text);
  return length === null ? ok(text as N) : err(`The ${kind} name ${JSON.stringify(text)} ${length}.`);
}

/**
 * A parser for listings, in which the snapshots of a dataset follow each other: a dataset's name is looked at once, not once
 * for each of a million snapshots.
 */
export function snapshotNamesInARow(): (text: string) => Result<SnapshotName> {
  let beginning = '@';
  return (text) => {
    if (text.length <= MAX_NAME_LENGTH && text.startsWith(beginning) && COMPONENT.test(text.slice(beginning.length)))
      return ok(text as SnapshotName);
    const parsed = parseSnapshotName(text);
    if (parsed.ok) beginning = text.slice(0, text.indexOf('@') + 1);
    return parsed;
  };
}

export const parseSnapshotName = (text: string): Result<SnapshotName> => parseMarked(text, '@', 'snapshot');
export const parseBookmarkName = (text: string): Result<BookmarkName> => parseMarked(text, '#', 'bookmark');

export const snapshotOf = (dataset: DatasetName, label: Label): SnapshotName => `${dataset}@${label}` as SnapshotName;
export const bookmarkOf = (dataset: DatasetName, label: Label): BookmarkName => `${dataset}#${label}` as BookmarkName;

/** Where the `@` or `#` is; a parsed name has one of them, once. Lists of a million names are taken apart here. */
function markOf(name: SnapshotName | BookmarkName): number {
  const at = name.indexOf('@');
  return at < 0 ? name.indexOf('#') : at;
}

/** The dataset of a snapshot or bookmark. */
export function datasetOf(name: SnapshotName | BookmarkName): DatasetName {
  return name.slice(0, markOf(name)) as DatasetName;
}

/** True if the snapshot or bookmark is the dataset's own; the same as comparing {@link datasetOf}, and makes no string. */
export function isOf(name: SnapshotName | BookmarkName, dataset: DatasetName): boolean {
  const mark = name[dataset.length];
  return (mark === '@' || mark === '#') && name.startsWith(dataset);
}

/** The part after `@` or `#`. */
export function labelOf(name: SnapshotName | BookmarkName): Label {
  return name.slice(markOf(name) + 1) as Label;
}

export function poolOf(name: DatasetName): DatasetName {
  return (name.split('/')[0] ?? name) as DatasetName;
}

/** The same path in another pool. */
export const inPool = (name: DatasetName, pool: DatasetName): DatasetName =>
  [pool, ...name.split('/').slice(1)].join('/') as DatasetName;

/** The parent, or null for a pool's root. */
export function parentOf(name: DatasetName): DatasetName | null {
  const cut = name.lastIndexOf('/');
  return cut < 0 ? null : (name.slice(0, cut) as DatasetName);
}

/** What a dataset lies in, nearest first; none for a pool's root. */
export function ancestorsOf(name: DatasetName): DatasetName[] {
  const parent = parentOf(name);
  return parent === null ? [] : [parent, ...ancestorsOf(parent)];
}

/** True if `inner` is `outer` or lies below it. */
export function isWithin(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(`${outer}/`);
}

/** Those of the names that lie in none of the others. */
export const topmost = (names: readonly DatasetName[]): DatasetName[] => {
  const sorted = [...new Set(names)].sort((a, b) => a.split('/').length - b.split('/').length);
  const top: DatasetName[] = [];
  const covered = new Set<DatasetName>();
  for (const name of sorted) {
    let above: DatasetName | null = name;
    while (above !== null && !covered.has(above)) above = parentOf(above);
    if (above !== null) continue;
    covered.add(name);
    top.push(name);
  }
  return top;
};

function named<N extends string>(parse: (text: string) => Result<N>) {
  return z.string().transform((text, context): N => {
    const parsed = parse(text);
    if (parsed.ok) return parsed.value;
    context.addIssue({ code: 'custom', message: parsed.error });
    return z.NEVER;
  });
}

export const DatasetNameSchema = named(parseDatasetName);
export const SnapshotNameSchema = named(parseSnapshotName);
export const BookmarkNameSchema = named(parseBookmarkName);
export const LabelSchema = named(parseLabel);
