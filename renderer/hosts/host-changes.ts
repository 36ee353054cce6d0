/** Editing a host: the same form as for a new one, and what of it is another than before. Pure. */
import type { HostChanges } from '../../shared/api/contract.ts';
import { describeAddress, type Host } from '../../shared/model/host.ts';
import type { Result } from '../../shared/model/result.ts';
import { type HostForm, type HostFormFaults, readForm } from './host-form.ts';

export interface HostEdit extends HostForm {
  /** Name of the host that is jumped through; empty: none. */
  readonly jump: string;
  readonly notes: string;
}

export const startEdit = (host: Host): HostEdit => ({
  address: describeAddress(host.address),
  name: host.name,
  login: host.identityFile === null ? 'agent' : 'file',
  identityFile: host.identityFile ?? '',
  privilege: host.privilege,
  jump: host.jump ?? '',
  notes: host.notes,
});

/** @param taken names of the other hosts @returns only what was changed */
export function readEdit(edit: HostEdit, host: Host, taken: readonly string[]): Result<HostChanges, HostFormFaults> {
  const read = readForm(edit, taken);
  if (!read.ok) return read;
  const { name, address, identityFile, privilege } = read.value;
  const jump = edit.jump === '' ? null : edit.jump;
  const isSameAddress = describeAddress(address) === describeAddress(host.address);
  return {
    ok: true,
    value: {
      ...(name === host.name ? {} : { name }),
      ...(isSameAddress ? {} : { address }),
      ...(identityFile === host.identityFile ? {} : { identityFile }),
      ...(privilege === host.privilege ? {} : { privilege }),
      ...(jump === host.jump ? {} : { jump }),
      ...(edit.notes === host.notes ? {} : { notes: edit.notes }),
    },
  };
}
