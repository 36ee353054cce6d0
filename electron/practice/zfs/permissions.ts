/** Who may do what: root everything, everybody else what `zfs allow` gave. */
import type { Dataset } from '../model/machine.ts';
import type { Process } from '../shell/process.ts';
import { ZfsError } from './options.ts';

/** A right that was given on a dataset is given on everything below it too. */
export function isAllowed(process: Process, dataset: Dataset, right: string): boolean {
  if (process.user.root) return true;
  const { machine } = process.system;
  for (let at: Dataset | null = dataset; at !== null; at = machine.parentOf(at)) {
    if (at.grants.get(process.user.name)?.has(right) === true) return true;
  }
  return false;
}

/** @param refusal what ZFS says to those who lack one of the rights; a text alone ends with status 1 @throws ZfsError */
export function need(process: Process, dataset: Dataset, rights: readonly string[], refusal: string | ZfsError): void {
  if (rights.every((right) => isAllowed(process, dataset, right))) return;
  throw refusal instanceof ZfsError ? refusal : new ZfsError(refusal);
}
