/** `zfs list` */
import { nameOf, readProperty, type Target } from '../model/properties.ts';
import { isUserProperty, isWrittenSince, propertyRow } from '../model/property-table.ts';
import { complain, type Process, say } from '../shell/process.ts';
import type { DialectTable } from './dialect.ts';
import { nameFault } from './names.ts';
import { type Options, readOptions, UsageError } from './options.ts';
import { DATASETS, depthOf, readKinds, select } from './select.ts';
import { SIZE_WIDTH, showValue, table } from './show.ts';

const DEFAULT_COLUMNS = 'name,used,available,referenced,mountpoint';
const SPACE_COLUMNS = 'name,available,used,usedbysnapshots,usedbydataset,usedbyrefreservation,usedbychildren';

/** @throws UsageError for a property that does not exist: one unknown column ends the whole listing */
export function readPropertyList(text: string, { lacks }: DialectTable): string[] {
  return text.split(',').map((name) => {
    if (isUserProperty(name) || (isWrittenSince(name) && !lacks.has('written'))) return name;
    const row = propertyRow(name);
    if (row === null || lacks.has(row.name)) throw new UsageError(`bad property list: invalid property '${name}'`);
    return row.name;
  });
}

/** So many rows are held in memory at a time. */
const AT_ONCE = 1000;

const isNumber = (column: string): boolean =>
  isWrittenSince(column) || ['size', 'limit', 'count', 'id', 'ratio'].includes(propertyRow(column)?.form ?? 'text');

const heading = (column: string): string => propertyRow(column)?.column ?? column.toUpperCase();

function sorter(process: Process, options: Options): ((a: Target, b: Target) => number) | null {
  const keys = options.given.filter(({ letter }) => letter === 's' || letter === 'S');
  if (keys.length === 0) return null;
  const { machine, dialect } = process.system;
  const columns = keys.map(({ letter, value }) => {
    const [property] = readPropertyList(value, dialect);
    return { property: property ?? 'name', sign: letter === 's' ? 1 : -1 };
  });
  return (a, b) => {
    for (const { property, sign } of columns) {
      const [left, right] = [a, b].map((target) => readProperty(machine, target, property).raw);
      if (left === undefined || right === undefined || left === right) continue;
      const numeric = /^\d+$/.test(left) && /^\d+$/.test(right);
      return sign * (numeric ? (BigInt(left) < BigInt(right) ? -1 : 1) : left < right ? -1 : 1);
    }
    return nameOf(a) < nameOf(b) ? -1 : 1;
  };
}

export async function list(process: Process): Promise<number> {
  const { machine, dialect } = process.system;
  const options = readOptions(process.argv.slice(1), 'HS:d:o:prs:t:');
  const given = options.value('o');
  const columns = readPropertyList(given === 'space' ? SPACE_COLUMNS : (given ?? DEFAULT_COLUMNS), dialect);
  const types = options.value('t');
  const kinds = types === null ? DATASETS : readKinds(types, dialect);
  const unexpected = kinds.has('bookmark') ? undefined : options.operands.find((name) => name.includes('#'));
  if (unexpected !== undefined) {
    const why = nameFault(unexpected) ?? "bookmark delimiter '#' is not expected here";
    await complain(process, `cannot open '${unexpected}': ${why}\n`);
    return 1;
  }
  const depth = depthOf(options.has('r'), options.value('d'), kinds);
  const { targets, errors } = select(machine, options.operands, kinds, depth);
  const compare = sorter(process, options);
  if (compare !== null) targets.sort(compare);
  const exact = options.has('p');
  const rowsOf = (some: readonly Target[]) =>
    some.map((target) =>
      columns.map((column) => {
        const { raw } = readProperty(machine, target, column);
        return exact ? raw : showValue(propertyRow(isWrittenSince(column) ? 'written' : column), raw);
      }),
    );
  const right = (column: number) => isNumber(columns[column] ?? '');
  const width = (column: number) => (right(column) ? SIZE_WIDTH : 0);
  // Only a table for people has to be known as a whole before its first line.
  const step = options.has('H') ? AT_ONCE : Math.max(1, targets.length);
  for (let at = 0; at < targets.length; at += step) {
    const rows = rowsOf(targets.slice(at, at + step));
    await say(process, table(rows, columns.map(heading), options.has('H'), right, width));
  }
  for (const error of errors) await complain(process, `${error}\n`);
  if (targets.length === 0 && errors.length === 0 && !options.has('H'))
    await complain(process, 'no datasets available\n');
  return errors.length > 0 ? 1 : 0;
}
