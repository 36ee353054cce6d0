/** The form for a new host: what is typed, and what it comes to. */
import type { NewHost } from '../../shared/api/contract.ts';
import { HostNameSchema, type Privilege } from '../../shared/model/host.ts';
import type { Result } from '../../shared/model/result.ts';
import { parseAddress, suggestName } from './address.ts';

export interface HostForm {
  readonly address: string;
  /** null while the name follows the address. */
  readonly name: string | null;
  readonly login: 'agent' | 'file';
  readonly identityFile: string;
  readonly privilege: Privilege;
}

/** @param hasAgent whether an SSH agent answers on this computer */
export const startForm = (hasAgent: boolean): HostForm => ({
  address: '',
  name: null,
  login: hasAgent ? 'agent' : 'file',
  identityFile: '',
  privilege: 'auto',
});

type AddressFault = Extract<ReturnType<typeof parseAddress>, { ok: false }>['error'];

/** Codes of what is wrong, field by field; the words are in the texts. */
export interface HostFormFaults {
  readonly address?: AddressFault;
  readonly name?: 'form' | 'taken';
  readonly identityFile?: 'empty';
}

/** The name as it stands: typed, or suggested by the address. */
export function nameOf(form: HostForm): string {
  if (form.name !== null) return form.name;
  const address = parseAddress(form.address);
  return address.ok ? suggestName(address.value.host) : '';
}

/** @param taken names that the host book has already */
export function readForm(form: HostForm, taken: readonly string[]): Result<NewHost, HostFormFaults> {
  const address = parseAddress(form.address);
  const name = HostNameSchema.safeParse(nameOf(form));
  const faults: HostFormFaults = {
    ...(address.ok ? {} : { address: address.error }),
    ...(name.success ? (taken.includes(name.data) ? { name: 'taken' as const } : {}) : { name: 'form' as const }),
    ...(form.login === 'file' && form.identityFile.trim() === '' ? { identityFile: 'empty' as const } : {}),
  };
  if (!address.ok || !name.success || Object.keys(faults).length > 0) return { ok: false, error: faults };
  return {
    ok: true,
    value: {
      name: name.data,
      address: address.value,
      identityFile: form.login === 'file' ? form.identityFile.trim() : null,
      privilege: form.privilege,
    },
  };
}
