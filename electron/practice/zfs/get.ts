/** `zfs get` */
import type { Machine, Settings } from '../model/machine.ts';
import { nameOf, readProperty, type Target, type Value } from '../model/properties.ts';
import { isUserProperty, isWrittenSince, PROPERTIES, propertyRow } from '../model/property-table.ts';
import { complain, type Process, type System, say } from '../shell/process.ts';
import { readPropertyList } from './list.ts';
import { readOptions, UsageError } from './options.ts';
import { depthOf, everything, isKind, readKinds, select } from './select.ts';
import { showValue, table } from './show.ts';

const FIELDS = ['name', 'property', 'value', 'received', 'source'] as const;
type Field = (typeof FIELDS)[number];
const isField = (text: string): text is Field => FIELDS.some((field) => field === text);

const SOURCES = ['local', 'default', 'inherited', 'received', 'temporary', 'none'];

function readFields(text: string | null): Field[] {
  if (text === null) return ['name', 'property', 'value', 'source'];
  if (text === 'all') return [...FIELDS];
  return text.split(',').map((field) => {
    if (!isField(field)) throw new UsageError(`invalid column name '${field}'`);
    return field;
  });
}

function readSources(text: string | null): string[] {
  const sources = text === null ? SOURCES : text.split(',');
  const wrong = sources.find((source) => !SOURCES.includes(source));
  if (wrong !== undefined) throw new UsageError(`invalid source '${wrong}'`);
  return sources;
}

/** `all` makes room for every property, shown or not. */
const LONGEST_PROPERTY = Math.max(...PROPERTIES.map((row) => row.name.length));

const sourceKind = (source: string): string => (source === '-' ? 'none' : (source.split(' ')[0] ?? source));

/** User properties in force on the target: its own and those it inherits. */
function userProperties(machine: Machine, target: Target): string[] {
  const names = new Set<string>();
  const add = (settings: Settings) => {
    for (const name of settings.keys()) if (isUserProperty(name)) names.add(name);
  };
  if ('dataset' in target && !('tree' in target)) return [];
  if ('tree' in target) add(target.settings);
  const dataset = 'dataset' in target ? target.dataset : target;
  for (let at = machine.dataset(dataset.name); at !== null; at = machine.parentOf(at)) add(at.settings);
  return [...names].filter((name) => readProperty(machine, target, name).raw !== '-').sort();
}

/** `all` leaves out what does not apply; a property asked for by name gets a dash. */
function propertiesOf(
  { machine, dialect }: System,
  target: Target,
  asked: readonly string[] | 'all',
): [string, Value][] {
  if (asked !== 'all') return asked.map((name) => [name, readProperty(machine, target, name)]);
  const native = PROPERTIES.filter(({ name }) => !dialect.lacks.has(name)).map((row): [string, Value] => [
    row.name,
    readProperty(machine, target, row.name),
  ]);
  const user = userProperties(machine, target).map((name): [string, Value] => [
    name,
    readProperty(machine, target, name),
  ]);
  return [...native.filter(([, value]) => value.raw !== '-'), ...user];
}

export async function get(process: Process): Promise<number> {
  const { machine, dialect } = process.system;
  const options = readOptions(process.argv.slice(1), 'd:o:s:rt:Hp');
  const fields = readFields(options.value('o'));
  const sources = readSources(options.value('s'));
  const types = options.value('t');
  const kinds = types === null ? everything(dialect) : readKinds(types, dialect);
  const [wanted, ...names] = options.operands;
  if (wanted === undefined) throw new UsageError('missing property argument');
  const asked = wanted === 'all' ? 'all' : readPropertyList(wanted, dialect);
  const { targets, errors } = select(machine, names, kinds, depthOf(options.has('r'), options.value('d'), kinds));
  const exact = options.has('p');
  const rows = targets
    .filter((target) => isKind(target, kinds))
    .flatMap((target) =>
      propertiesOf(process.system, target, asked)
        .filter(([, value]) => sources.includes(sourceKind(value.source)))
        .map(([property, value]) => {
          const row = propertyRow(isWrittenSince(property) ? 'written' : property);
          const show = (raw: string) => (exact ? raw : showValue(row, raw));
          const cells: Record<Field, string> = {
            name: nameOf(target),
            property,
            value: show(value.raw),
            received: show(value.received),
            source: value.source,
          };
          return fields.map((field) => cells[field]);
        }),
    );
  const heading = fields.map((field) => field.toUpperCase());
  const width = (column: number) => (asked === 'all' && fields[column] === 'property' ? LONGEST_PROPERTY : 0);
  if (rows.length > 0)
    await say(
      process,
      table(rows, heading, options.has('H'), () => false, width),
    );
  for (const error of errors) await complain(process, `${error}\n`);
  return errors.length > 0 ? 1 : 0;
}
