/** `zpool get` */
import { complain, type Process, say } from '../shell/process.ts';
import { readOptions, UsageError } from '../zfs/options.ts';
import { table } from '../zfs/show.ts';
import { findPools, readPoolColumns, STATE_WIDTH } from './list.ts';
import { readPoolProperty, showPoolValue } from './properties.ts';

const FIELDS = ['name', 'property', 'value', 'source'] as const;
type Field = (typeof FIELDS)[number];
const isField = (text: string): text is Field => FIELDS.some((field) => field === text);

function readFields(text: string | null): Field[] {
  if (text === null || text === 'all') return [...FIELDS];
  return text.split(',').map((field) => {
    if (!isField(field)) throw new UsageError(`invalid column name '${field}'`);
    return field;
  });
}

export async function get(process: Process): Promise<number> {
  const { machine } = process.system;
  const options = readOptions(process.argv.slice(1), 'Hpo:');
  const fields = readFields(options.value('o'));
  const [wanted, ...names] = options.operands;
  if (wanted === undefined) throw new UsageError('missing property argument');
  const properties = readPoolColumns(wanted);
  const { pools, missing } = findPools(machine, names);
  if (missing.length > 0) {
    await complain(process, `Cannot get properties of ${missing[0]}: no such pool available.\n`);
    return 1;
  }
  const rows = pools.flatMap((pool) =>
    properties.map((property) => {
      const { raw, source } = readPoolProperty(machine, pool, property);
      const value = options.has('p') ? raw : showPoolValue(property, raw);
      const cells: Record<Field, string> = { name: pool.name, property, value, source };
      return fields.map((field) => cells[field]);
    }),
  );
  const heading = fields.map((field) => field.toUpperCase());
  const width = (column: number) => (fields[column] === 'value' && properties.includes('health') ? STATE_WIDTH : 0);
  await say(
    process,
    table(rows, heading, options.has('H'), () => false, width),
  );
  return 0;
}
