/** `zfs clone` */

import { addDataset } from '../model/datasets.ts';
import { mountIfWanted } from '../model/mounts.ts';
import { complain, type Process } from '../shell/process.ts';
import { createParents, placeFor } from './create.ts';
import { openSnapshot, parentName } from './names.ts';
import { readAssignments, readOptions, UsageError, ZfsError } from './options.ts';
import { need } from './permissions.ts';
import { checkProperties } from './validate.ts';

export async function clone(process: Process): Promise<number> {
  const { machine } = process.system;
  const options = readOptions(process.argv.slice(1), 'o:pu');
  const [from, name, extra] = options.operands;
  if (from === undefined) throw new UsageError('missing source dataset argument');
  if (name === undefined) throw new UsageError('missing target dataset argument');
  if (extra !== undefined) throw new UsageError('too many arguments');
  const origin = openSnapshot(machine, from);
  const pool = placeFor(machine, name, options.has('p'));
  if (pool !== origin.dataset.pool) throw new ZfsError(`cannot create '${name}': source and target pools differ`);
  const { kind } = origin.dataset;
  const checked = checkProperties(readAssignments(options.values('o')), kind, true);
  if (!checked.ok) throw new ZfsError(`cannot create '${name}': ${checked.fault}`);
  const above = machine.dataset(parentName(name)) ?? origin.dataset;
  need(process, above, ['create', 'mount'], `cannot create '${name}': permission denied`);
  need(process, origin.dataset, ['clone'], `cannot create '${name}': permission denied`);
  if (options.has('p')) createParents(machine, name);
  const size = kind === 'volume' ? origin.dataset.settings.get('volsize') : undefined;
  const settings = new Map([...checked.values].map(([key, local]) => [key, { local }]));
  if (size?.local !== undefined) settings.set('volsize', { local: size.local });
  const made = addDataset(machine, pool, { name, kind, settings, origin });
  const message = options.has('u') ? null : mountIfWanted(machine, made);
  if (message === null) return 0;
  await complain(process, `${message}\nfilesystem successfully created, but not mounted\n`);
  return 1;
}
