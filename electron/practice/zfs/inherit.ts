/** `zfs inherit` */

import { remount } from '../model/mounts.ts';
import { isUserProperty, propertyRow } from '../model/property-table.ts';
import { complain, type Process } from '../shell/process.ts';
import { openAny } from './names.ts';
import { readOptions, UsageError, ZfsError } from './options.ts';
import { need } from './permissions.ts';

/** What cannot be inherited, said in several lines. */
function refusal(name: string): ZfsError | UsageError | null {
  const row = propertyRow(name);
  if (row === null) return isUserProperty(name) ? null : new UsageError(`invalid property '${name}'`);
  if (row.attribute === 'inherit') return null;
  if (row.attribute !== 'default') return new ZfsError(`${row.name} property is read-only`);
  const clear = row.form === 'limit' ? `use 'zfs set ${row.name}=none' to clear\n` : '';
  const revert = `use 'zfs inherit -S ${row.name}' to revert to received value`;
  return new ZfsError(`'${row.name}' property cannot be inherited\n${clear}${revert}`);
}

export async function inherit(process: Process): Promise<number> {
  const { machine } = process.system;
  const { operands, has } = readOptions(process.argv.slice(1), 'rS');
  const [name, ...targets] = operands;
  if (name === undefined) throw new UsageError('missing property argument');
  if (targets.length === 0) throw new UsageError('missing dataset argument');
  const received = has('S');
  const refused = received && propertyRow(name)?.attribute === 'default' ? null : refusal(name);
  if (refused !== null) throw refused;
  const key = propertyRow(name)?.name ?? name;
  for (const targetName of targets) {
    const target = openAny(machine, targetName);
    if (!('settings' in target)) continue;
    need(
      process,
      'dataset' in target ? target.dataset : target,
      [isUserProperty(key) ? 'userprop' : key],
      `cannot inherit ${key} for '${targetName}': permission denied`,
    );
    const below = has('r') && !('dataset' in target) ? machine.descendantsOf(target) : [];
    for (const one of [target, ...below]) {
      const known = one.settings.get(key)?.received;
      if (known === undefined) one.settings.delete(key);
      else one.settings.set(key, { received: known, inherits: !received });
    }
    if ('dataset' in target || (key !== 'mountpoint' && key !== 'canmount')) continue;
    for (const message of remount(machine, target, key)) await complain(process, `${message}\n`);
  }
  return 0;
}
