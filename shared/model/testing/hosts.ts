import { type Host, type HostParts, HostSchema } from '../host.ts';

/** `root@NAME:22`, logged in to with whatever key there is and pinned, unless said otherwise. */
export const sshHost = (name: string, parts: Partial<HostParts> = {}): Host =>
  HostSchema.parse({
    name,
    address: { kind: 'ssh', user: 'root', host: name, port: 22 },
    identityFile: null,
    privilege: 'auto',
    hostKey: `SHA256:${'a'.repeat(43)}`,
    practice: false,
    ...parts,
  });
