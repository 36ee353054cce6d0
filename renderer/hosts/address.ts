/** What people type or paste for an SSH host, taken apart. */
import { type SshAddress, SshAddressSchema } from '../../shared/model/host.ts';
import type { Result } from '../../shared/model/result.ts';

export const DEFAULT_USER = 'root';
const DEFAULT_PORT = 22;

/**
 * Reads `host`, `user@host`, `user@host:port`, `user@[IPv6]:port`, `ssh://user@host:port`, and a pasted
 * `ssh -p port user@host` command line.
 * @returns the address, or the code of what is wrong with it (a key of the texts)
 */
export function parseAddress(text: string): Result<SshAddress, 'empty' | 'command' | 'port' | 'user' | 'host'> {
  let rest = text.trim();
  if (rest === '') return { ok: false, error: 'empty' };
  let port = DEFAULT_PORT;

  const command = /^ssh\s+(.*)$/.exec(rest);
  if (command?.[1] !== undefined) {
    const words = command[1].split(/\s+/);
    const flag = words.indexOf('-p');
    if (flag >= 0) {
      port = Number(words[flag + 1]);
      words.splice(flag, 2);
    }
    if (words.length !== 1 || words[0] === undefined) return { ok: false, error: 'command' };
    rest = words[0];
  }
  rest = rest.replace(/^ssh:\/\//, '').replace(/\/$/, '');

  const at = rest.lastIndexOf('@');
  const user = at < 0 ? DEFAULT_USER : rest.slice(0, at);
  const place = rest.slice(at + 1);
  const bracketed = /^\[([^\]]*)\](?::(\d+))?$/.exec(place);
  const plain = /^([^:]*):(\d+)$/.exec(place);
  const host = bracketed?.[1] ?? plain?.[1] ?? place;
  // With one colon it is no IPv6 address, so what follows was meant for a port.
  if (bracketed === null && plain === null && place.split(':').length === 2) return { ok: false, error: 'port' };
  const portText = bracketed?.[2] ?? plain?.[2];
  if (portText !== undefined) port = Number(portText);

  const parsed = SshAddressSchema.safeParse({ kind: 'ssh', user, host, port });
  if (parsed.success) return { ok: true, value: parsed.data };
  const field = parsed.error.issues[0]?.path[0];
  return { ok: false, error: field === 'port' || field === 'user' ? field : 'host' };
}

/** A name for the host book: the first label of a DNS name, the address itself otherwise. */
export function suggestName(host: string): string {
  const isNumeric = /^[\d.]+$/.test(host) || host.includes(':');
  const name = isNumeric ? host.replaceAll(':', '-') : (host.split('.')[0] ?? host);
  return name.replace(/^[^A-Za-z0-9]+/, '').slice(0, 64);
}
