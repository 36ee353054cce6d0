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
  user: z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/, 'The user name has characters that SSH does not allow.'),
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

/** A mark by which people tell hosts apart at a glance; always beside the name, never instead of it. */
export const HostColourSchema = z.enum(['grey', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple']);
export type HostColour = z.infer<typeof HostColourSchema>;

/** How a check ended, worst line first: the same words as findings have. */
export const CheckStateSchema = z.enum(['ok', 'notes', 'warns', 'blocks']);
export type CheckState = z.infer<typeof CheckStateSchema>;

export const LastCheckSchema = z.object({
  /** ISO time at which it ended. */
  at: z.string(),
  state: CheckStateSchema,
  /** The worst line's title; empty if all is well. */
  title: z.string(),
  /** `OpenZFS 2.3.9`; null where none was reached. */
  zfs: z.string().nullable(),
});
export type LastCheck = z.infer<typeof LastCheckSchema>;

/** Waiting times that a user's ssh configuration asks for; null: Sluice's own. */
export const HostTimingSchema = z.object({
  /** ConnectTimeout, seconds. */
  connectSeconds: z.int().min(1).max(3600).nullable(),
  /** ServerAliveInterval, seconds. */
  keepAliveSeconds: z.int().min(1).max(3600).nullable(),
  /** ServerAliveCountMax. */
  keepAliveMisses: z.int().min(1).max(100).nullable(),
});
export type HostTiming = z.infer<typeof HostTimingSchema>;

const usualTiming: HostTiming = { connectSeconds: null, keepAliveSeconds: null, keepAliveMisses: null };

/** A path that goes into an argument list of ssh: never an option, never two lines. */
const PathSchema = z
  .string()
  .regex(/^[^-\p{Cc}][^\p{Cc}]*$/u, 'A path has no control characters and begins with no hyphen.');

/** A name in ~/.ssh/config: what can be typed after `ssh`. */
export const SshAliasSchema = z
  .string()
  .regex(/^[A-Za-z0-9_][A-Za-z0-9._:%+@-]{0,253}$/, 'A name of ~/.ssh/config here has no spaces, quotes or wildcards.');

/** A host of the book. What has a default came later than the first version of the file. */
export const HostSchema = z.object({
  /** The name in the host book; unique, also the key by which requests and runs refer to it. */
  name: HostNameSchema,
  address: HostAddressSchema,
  /** Path of a private key file on this computer; null: the agent, then the usual files in ~/.ssh. */
  identityFile: z.string().nullable(),
  privilege: PrivilegeSchema,
  /**
   * The pinned host key. Null for this computer, and for a host taken over from ~/.ssh/config until its key was seen
   * and confirmed: nothing logs in there before.
   */
  hostKey: FingerprintSchema.nullable(),
  /** A host inside this application, for practice; never mixed with real ones. */
  practice: z.boolean(),
  /** The host of the book through which this one is reached (ssh's ProxyJump); that one may have a jump itself. */
  jump: HostNameSchema.nullable().default(null),
  /** Socket or pipe of another SSH agent than the usual one (ssh's IdentityAgent). */
  agent: PathSchema.nullable().default(null),
  /** The name under which ~/.ssh/config has this host, if it came from there; the system's own ssh is called with it. */
  sshAlias: SshAliasSchema.nullable().default(null),
  /**
   * `system`: the computer's own ssh carries everything (ProxyCommand, GSSAPI, certificates, security keys). `auto`: it does
   * where Sluice's own SSH cannot.
   */
  carrier: z.enum(['auto', 'system']).default('auto'),
  timing: HostTimingSchema.default(usualTiming),
  notes: z.string().max(4000).default(''),
  colour: HostColourSchema.nullable().default(null),
  lastCheck: LastCheckSchema.nullable().default(null),
});
export type Host = z.infer<typeof HostSchema>;
/** A host with what came later left out. */
export type HostParts = z.input<typeof HostSchema>;

/** The name under which this computer stands in requests. */
export const THIS_COMPUTER = 'this-computer';

export const thisComputer: Host = HostSchema.parse({
  name: THIS_COMPUTER,
  address: { kind: 'local' },
  identityFile: null,
  privilege: 'auto',
  hostKey: null,
  practice: false,
} satisfies HostParts);

/** True if both lead to the same account of the same server. Names of hosts have no case. */
export const isSameAddress = (a: HostAddress, b: HostAddress): boolean =>
  a.kind === 'ssh' &&
  b.kind === 'ssh' &&
  a.user === b.user &&
  a.host.toLowerCase() === b.host.toLowerCase() &&
  a.port === b.port;

/** `root@nas2:22`, or “this computer”. */
export function describeAddress(address: HostAddress): string {
  if (address.kind === 'local') return 'this computer';
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return `${address.user}@${host}:${address.port}`;
}
