/** What `zfs send` was told: its snapshot, its base and the form of its streams. */
import type { Bookmark, Machine, Snapshot, StreamFlags } from '../model/machine.ts';
import { datasetPart, nameFault, openSnapshot } from './names.ts';
import { type Options, ZfsError } from './options.ts';

export const cannotSend = (name: string, fault: string): ZfsError =>
  new ZfsError(`warning: cannot send '${name}': ${fault}`);

/** `-i NAME`: `@x` and `#x` belong to the dataset that is sent. @throws ZfsError */
export function openBase(machine: Machine, given: string, snapshot: string): Snapshot | Bookmark {
  const name = /^[@#]/.test(given) ? datasetPart(snapshot) + given : given;
  if (!name.includes('#')) return openSnapshot(machine, name);
  const found = machine.bookmark(name);
  if (found === null) throw cannotSend(snapshot, `incremental source (${name}) does not exist`);
  return found;
}

/** A base's snapshot first, then the target, then the base: the order in which 2.3.9 complains. */
export function openTarget(machine: Machine, name: string, dryRun: boolean): Snapshot {
  if (name.includes('#')) {
    throw new ZfsError(`cannot open '${name}': ${nameFault(name) ?? "bookmark delimiter '#' is not expected here"}`);
  }
  if (name.includes('@')) return openSnapshot(machine, name);
  if (machine.dataset(name) === null) throw new ZfsError(`cannot open '${name}': dataset does not exist`);
  throw cannotSend(name, dryRun ? 'Invalid argument' : 'target is busy; if a filesystem, it must not be mounted');
}

export const readFlags = (options: Options): StreamFlags => ({
  // -w takes blocks as they are on disk: compressed, embedded, large; of unencrypted data the rest is as without it.
  large: options.has('L'),
  embed: options.has('e') || options.has('w'),
  compress: options.has('c') || options.has('w'),
  raw: options.has('w'),
});
