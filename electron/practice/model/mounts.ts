/** Where filesystems would appear, and whether they do. Nothing is ever mounted anywhere; the rules are ZFS's on Linux. */
import { isLocked } from './encryption.ts';
import type { Dataset, Machine } from './machine.ts';
import { effective } from './properties.ts';

const hasPath = (mountpoint: string): boolean => mountpoint.startsWith('/');

/** The directory cannot be made because the filesystem it would be in is mounted read-only. */
function inReadOnlyParent(machine: Machine, dataset: Dataset, mountpoint: string): boolean {
  for (let at = machine.parentOf(dataset); at !== null; at = machine.parentOf(at)) {
    const path = effective(machine, at, 'mountpoint');
    if (!at.mounted || !mountpoint.startsWith(path === '/' ? '/' : `${path}/`)) continue;
    return effective(machine, at, 'readonly') === 'on';
  }
  return false;
}

/**
 * Mounts a filesystem if its properties say so.
 * @returns ZFS's message where it cannot be done, else null
 */
export function mountIfWanted(machine: Machine, dataset: Dataset): string | null {
  if (dataset.kind !== 'filesystem' || dataset.mounted || effective(machine, dataset, 'canmount') !== 'on') return null;
  // What is locked is left alone without a word, as `zfs mount -a` does.
  if (isLocked(machine, dataset)) return null;
  return mount(machine, dataset);
}

/** @returns ZFS's message where it cannot be done, else null */
export function mount(machine: Machine, dataset: Dataset): string | null {
  const mountpoint = effective(machine, dataset, 'mountpoint');
  if (!hasPath(mountpoint)) return null;
  if (inReadOnlyParent(machine, dataset, mountpoint)) {
    return `cannot mount '${mountpoint}': failed to create mountpoint: Read-only file system`;
  }
  dataset.mounted = true;
  return null;
}

/**
 * What a change of `mountpoint` or `canmount` does to filesystems at and below the dataset.
 * @returns messages about what could not be mounted
 */
export function remount(machine: Machine, dataset: Dataset, property: 'mountpoint' | 'canmount'): string[] {
  const affected = property === 'canmount' ? [dataset] : [dataset, ...machine.descendantsOf(dataset)];
  const messages: string[] = [];
  for (const one of affected) {
    const wanted = effective(machine, one, 'canmount') !== 'off' && hasPath(effective(machine, one, 'mountpoint'));
    if (one.mounted && !wanted) {
      one.mounted = false;
    } else if (property === 'mountpoint') {
      const message = mountIfWanted(machine, one);
      if (message !== null) messages.push(message);
    }
  }
  return messages;
}
