/** A host from ~/.ssh/config whose address is changed in the book. */
import { SluiceError } from '../../shared/model/failure.ts';
import { type Host, isSameAddress } from '../../shared/model/host.ts';

/**
 * The system's ssh calls a host by its name in ~/.ssh/config, and would keep finding there what was changed in the book: so the
 * name goes with the change. A host that only the system's ssh reaches depends on that name (ProxyCommand, GSSAPI).
 *
 * @throws SluiceError `host-by-alias`
 */
export function withoutAlias(host: Host, changes: Partial<Host>): Pick<Partial<Host>, 'sshAlias'> {
  const after = { ...host, ...changes };
  const same =
    isSameAddress(host.address, after.address) && host.identityFile === after.identityFile && host.jump === after.jump;
  if (host.sshAlias === null || same) return {};
  if (after.carrier !== 'system') return { sshAlias: null };
  throw new SluiceError({
    code: 'host-by-alias',
    message: `${host.name} is reached as ~/.ssh/config says for ${host.sshAlias}, which is not changed here.`,
    next: 'Change it in ~/.ssh/config, or add the host again by its address.',
    evidence: { host: host.name, alias: host.sshAlias },
  });
}
