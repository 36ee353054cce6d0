/** Why a host's key is not taken, and what a person can do about it. */
import type { Known } from '../../shared/api/hosts.ts';
import { SluiceError } from '../../shared/model/failure.ts';
import { describeAddress, type Host, type SshAddress } from '../../shared/model/host.ts';
import type { SeenHostKey } from '../ssh/index.ts';

/** The command that shows a key of that type on the host itself, for comparing. */
export function compareCommand(type: string): string {
  const kind = type === 'ssh-rsa' ? 'rsa' : type.startsWith('ecdsa-') ? 'ecdsa' : 'ed25519';
  return `ssh-keygen -lf /etc/ssh/ssh_host_${kind}_key.pub`;
}

export const keyRevoked = (address: SshAddress, known: Known): SluiceError =>
  new SluiceError({
    code: 'host-key-revoked',
    message: `${describeAddress(address)} shows a host key that ${known.file} marks as revoked. The connection was refused.`,
    cause: `Line ${known.entries[0]?.line}: @revoked, ${known.entries[0]?.fingerprint}.`,
    next: 'Somebody declared this key unsafe. Ask whoever runs the host; it needs a new key.',
    evidence: { host: address.host, port: address.port, known },
  });

/** @param others the keys of that type that known_hosts has for the host */
export const keyDiffers = (host: Host, seen: SeenHostKey, known: Known, others: Known['entries']): SluiceError =>
  new SluiceError({
    code: 'host-key-changed',
    message: `${host.name} shows a different host key than ${known.file} has for it. The connection was refused.`,
    cause: `It shows ${seen.fingerprint}; known is ${others.map(({ fingerprint, line }) => `${fingerprint} (line ${line})`).join(', ')}.`,
    next: `Compare on the host: ${compareCommand(seen.type)}. Only if it is right, give the host this key.`,
    evidence: {
      host: host.name,
      hostName: host.name,
      shown: [{ type: seen.type, fingerprint: seen.fingerprint }],
      known,
    },
  });

export const keyUnconfirmed = (host: Host, address: SshAddress, seen: SeenHostKey): SluiceError =>
  new SluiceError({
    code: 'host-key-unknown',
    message: `The key of ${host.name} (${describeAddress(address)}) was never confirmed; nothing was sent to it.`,
    cause: `It shows the ${seen.type} key ${seen.fingerprint}.`,
    next: `Compare on the host: ${compareCommand(seen.type)}. Then: sluice hosts edit ${host.name} --host-key ${seen.fingerprint}`,
    evidence: { host: host.name, fingerprint: seen.fingerprint },
  });
