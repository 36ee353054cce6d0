/** `zfs promote` */
import { movedBy, promote } from '../model/promote.ts';
import type { Process } from '../shell/process.ts';
import { openDataset } from './names.ts';
import { readOptions, UsageError, ZfsError } from './options.ts';
import { need } from './permissions.ts';

export function promoteVerb(process: Process): Promise<number> {
  const { machine } = process.system;
  const [name, extra] = readOptions(process.argv.slice(1), '').operands;
  if (name === undefined) throw new UsageError('missing clone filesystem argument');
  if (extra !== undefined) throw new UsageError('too many arguments');
  const clone = openDataset(machine, name);
  const { origin } = clone;
  if (origin === null) throw new ZfsError(`cannot promote '${name}': not a cloned filesystem`);
  need(process, clone, ['promote', 'mount'], `cannot promote '${name}': permission denied`);
  const clash = movedBy(origin).find((one) => clone.snapshots.some(({ label }) => label === one.label));
  if (clash !== undefined) {
    throw new ZfsError(
      `cannot promote '${name}': conflicting snapshot '${clash.label}' from parent '${origin.dataset.name}'`,
    );
  }
  promote(machine, clone, origin);
  return Promise.resolve(0);
}
