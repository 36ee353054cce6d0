/** `HOST:pool/dataset[@snapshot]`, `ssh://user@host[:port]/pool/dataset[@snapshot]`, or a bare dataset on this computer. */
import { type Host, isSameAddress, type SshAddress, SshAddressSchema, THIS_COMPUTER } from '../../shared/model/host.ts';
import { type DatasetName, type Label, parseDatasetName, parseLabel } from '../../shared/model/names.ts';
import { err, ok, type Result } from '../../shared/model/result.ts';

export type HostReference =
  | { readonly kind: 'book'; readonly name: string }
  | { readonly kind: 'address'; readonly address: SshAddress };

export interface Endpoint {
  readonly host: HostReference;
  readonly dataset: DatasetName;
  readonly snapshot: Label | null;
}

const SSH_URL = /^ssh:\/\/(?<user>[^@/\s]+)@(?<host>\[[^\]]+\]|[^:/\s]+)(?::(?<port>\d+))?(?:\/(?<rest>.*))?$/s;
/** A dataset name may have colons itself, but then something with a slash precedes the first. */
const IN_BOOK = /^(?<host>[^/@:]+):(?<rest>.*)$/s;

/** `ssh://user@host[:port]`, with what follows the address, if anything. */
export function parseSshUrl(text: string): Result<{ address: SshAddress; rest: string | null }> {
  const match = SSH_URL.exec(text)?.groups;
  if (match === undefined) return err(`${JSON.stringify(text)} is not of the form ssh://user@host[:port]`);
  const address = SshAddressSchema.safeParse({
    kind: 'ssh',
    user: match.user,
    host: match.host?.replace(/^\[|\]$/g, ''),
    port: match.port === undefined ? 22 : Number(match.port),
  });
  if (!address.success) return err(address.error.issues.map((issue) => issue.message).join(' '));
  return ok({ address: address.data, rest: match.rest ?? null });
}

function parsePlace(host: HostReference, text: string): Result<Endpoint> {
  const at = text.indexOf('@');
  const dataset = parseDatasetName(at < 0 ? text : text.slice(0, at));
  if (!dataset.ok) return dataset;
  if (at < 0) return ok({ host, dataset: dataset.value, snapshot: null });
  const snapshot = parseLabel(text.slice(at + 1));
  return snapshot.ok ? ok({ host, dataset: dataset.value, snapshot: snapshot.value }) : snapshot;
}

export function parseEndpoint(text: string): Result<Endpoint> {
  if (text.startsWith('ssh://')) {
    const url = parseSshUrl(text);
    if (!url.ok) return url;
    return parsePlace({ kind: 'address', address: url.value.address }, url.value.rest ?? '');
  }
  const inBook = IN_BOOK.exec(text)?.groups;
  if (inBook?.host !== undefined) return parsePlace({ kind: 'book', name: inBook.host }, inBook.rest ?? '');
  return parsePlace({ kind: 'book', name: THIS_COMPUTER }, text);
}

/** The host of the book that has this address, if any: an address alone has no pinned key. */
export const hostAt = (address: SshAddress, hosts: readonly Host[]): Host | null =>
  hosts.find((host) => isSameAddress(host.address, address)) ?? null;
