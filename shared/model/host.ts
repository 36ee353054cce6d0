/** A host: this computer, or one reached over SSH. */
import { z } from 'zod';

/** `SHA256:` and 43 base64 characters without padding, as `ssh-keygen -l` prints it. */
export const FingerprintSchema = z
  .string()
  .regex(
    /^SHA256:[A-Za-z0-9+/]{43}$/,
    'A host key fingerprint looks like SHA256:… with 43 characters after the colon.',
  );

export const HostNameSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    'A host name here has letters, digits, dot, underscore or hyphen, starts with a letter or digit, and has at most 64 characters.',
  );

export const SshAddressSchema = z.object({
  kind: z.literal('ssh'),
  user: z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/, 'The user name has characters that ssh users do not have.'),
  /** A DNS name, an IPv4 or an IPv6 address (without brackets). */
  host: z
    .string()
    .regex(/^[A-Za-z0-9]([A-Za-z0-9._:%-]{0,253})$|^::1$/, 'The host is not a DNS name or an IP address.'),
  port: z.int().min(1).max(65535),
});
export type SshAddress = z.infer<typeof SshAddressSchema>;

export const HostAddressSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('local') }),
  SshAddressSchema,
]);
export type HostAddress = z.infer<typeof HostAddressSchema>;

/** How commands get the rights they need; `auto` asks the host once and remembers. */
export const PrivilegeSchema = z.enum(['auto', 'none', 'sudo', 'doas', 'pfexec']);
export type Privilege = z.infer<typeof PrivilegeSchema>;

export const HostSchema = z.object({
  /** The name in the host book; unique, also the key by which requests and runs refer to it. */
  name: HostNameSchema,
  address: HostAddressSchema,
  /** Path of a private key file on this computer; null: the agent. */
  identityFile: z.string().nullable(),
  privilege: PrivilegeSchema,
  /** The pinned host key; null only for this computer. */
  hostKey: FingerprintSchema.nullable(),
  /** A host inside this application, for practice; never mixed with real ones. */
  practice: z.boolean(),
});
export type Host = z.infer<typeof HostSchema>;

/** The name under which this computer stands in requests. */
export const THIS_COMPUTER = 'this-computer';

export const thisComputer: Host = {
  name: THIS_COMPUTER,
  address: { kind: 'local' },
  identityFile: null,
  privilege: 'auto',
  hostKey: null,
  practice: false,
};

/** `root@nas2:22`, or “this computer”. */
export function describeAddress(address: HostAddress): string {
  if (address.kind === 'local') return 'this computer';
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return `${address.user}@${host}:${address.port}`;
}
