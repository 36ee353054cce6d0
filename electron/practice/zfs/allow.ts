/** `zfs allow` and `zfs unallow`: show, grant and take away rights. */
import { complain, type Process, say } from '../shell/process.ts';
import { openDataset } from './names.ts';
import { readOptions, UsageError, ZfsError } from './options.ts';
import { need } from './permissions.ts';

const PERMISSIONS = new Set(
  (
    'allow clone create destroy diff hold mount promote receive receive:append release rename rollback send share ' +
    'snapshot bookmark load-key change-key userprop userquota groupquota userused groupused canmount compression ' +
    'mountpoint readonly quota refquota reservation refreservation recordsize atime exec setuid devices sharenfs ' +
    'sharesmb checksum copies dedup logbias primarycache secondarycache snapdir sync volsize xattr'
  ).split(' '),
);

function show(name: string, grants: ReadonlyMap<string, ReadonlySet<string>>): string {
  if (grants.size === 0) return '';
  const title = `---- Permissions on ${name} `;
  const rows = [...grants].sort().map(([user, rights]) => `\tuser ${user} ${[...rights].sort().join(',')}\n`);
  return `${title.padEnd(70, '-')}\nLocal+Descendent permissions:\n${rows.join('')}`;
}

export async function allow(process: Process): Promise<number> {
  const { machine } = process.system;
  const { operands, given } = readOptions(process.argv.slice(1), 'ldugecs:');
  if (given.some(({ letter }) => letter !== 'u')) {
    await complain(process, 'zfs allow: a practice host grants rights to users by name only\n');
    return 1;
  }
  const [first, ...rest] = operands;
  if (first === undefined) throw new UsageError('');
  if (rest.length === 0) {
    const dataset = openDataset(machine, first);
    await say(process, show(dataset.name, dataset.grants));
    return 0;
  }
  const [permissions, name] = rest;
  if (permissions === undefined || name === undefined) throw new UsageError('');
  const dataset = openDataset(machine, name);
  if (permissions.split(',').some((one) => !PERMISSIONS.has(one))) {
    throw new ZfsError(`cannot set permissions on '${name}': operation not applicable to datasets of this type`);
  }
  need(process, dataset, ['allow'], `cannot set permissions on '${name}': permission denied`);
  for (const user of first.split(',')) {
    dataset.grants.set(user, new Set([...(dataset.grants.get(user) ?? []), ...permissions.split(',')]));
  }
  return 0;
}

/** `zfs unallow USER[,…] [RIGHT[,…]] DATASET`; without rights all of them. */
export function unallow(process: Process): Promise<number> {
  const { operands } = readOptions(process.argv.slice(1), 'ldur');
  const name = operands.at(-1);
  const [users, rights] = operands.slice(0, -1);
  if (name === undefined || users === undefined || operands.length > 3) throw new UsageError('');
  const dataset = openDataset(process.system.machine, name);
  need(process, dataset, ['allow'], `cannot set permissions on '${name}': permission denied`);
  for (const user of users.split(',')) {
    const had = dataset.grants.get(user) ?? new Set<string>();
    const left = new Set([...had].filter((right) => rights !== undefined && !rights.split(',').includes(right)));
    if (left.size === 0) dataset.grants.delete(user);
    else dataset.grants.set(user, left);
  }
  return Promise.resolve(0);
}
