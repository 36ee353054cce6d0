/** The options of `sluice hosts add` and `edit`, from words to what the host book takes. */
import type { HostChanges } from '../../../shared/api/hosts.ts';
import {
  FingerprintSchema,
  HostColourSchema,
  HostNameSchema,
  PrivilegeSchema,
  type SshAddress,
} from '../../../shared/model/host.ts';
import { parseSshUrl } from '../endpoint.ts';
import type { Words } from '../options.ts';
import { UsageError } from '../usage.ts';

interface Checker<T> {
  safeParse(
    value: unknown,
  ): { success: true; data: T } | { success: false; error: { issues: readonly { readonly message: string }[] } };
}

function read<T>(value: Words[string], schema: Checker<T>, otherwise: string): T | undefined {
  if (value === undefined) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UsageError(otherwise === '' ? (parsed.error.issues[0]?.message ?? 'That is not valid.') : otherwise);
}

/** @throws UsageError */
export function readName(text: string | undefined, what: string): string {
  if (text === undefined) throw new UsageError(what);
  return read(text, HostNameSchema, '') ?? text;
}

/** @throws UsageError */
export function readAddress(text: string): SshAddress {
  const parsed = parseSshUrl(text);
  if (!parsed.ok) throw new UsageError(parsed.error);
  if (parsed.value.rest !== null && parsed.value.rest !== '') {
    throw new UsageError('A host address contains no dataset.');
  }
  return parsed.value.address;
}

/** `none` takes back what was set. */
const orNull = <T>(value: Words[string], parsed: () => T | undefined): T | null | undefined =>
  value === 'none' ? null : parsed();

/** @throws UsageError */
export function readHostWords(words: Words): HostChanges {
  const { identity, privilege, jump, colour, carrier, notes, address } = words;
  const given: { [K in keyof HostChanges]: HostChanges[K] | undefined } = {
    address: typeof address === 'string' ? readAddress(address) : undefined,
    identityFile: orNull(identity, () => (typeof identity === 'string' ? identity : undefined)),
    privilege: read(privilege, PrivilegeSchema, '--privilege takes auto, none, sudo, doas or pfexec.'),
    hostKey: read(words['host-key'], FingerprintSchema, ''),
    jump: orNull(jump, () => read(jump, HostNameSchema, '')),
    colour: orNull(colour, () =>
      read(colour, HostColourSchema, `--colour takes none, ${HostColourSchema.options.join(', ')}.`),
    ),
    carrier: carrier === undefined ? undefined : carrierOf(carrier),
    notes: typeof notes === 'string' ? notes : undefined,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as HostChanges;
}

function carrierOf(word: Words[string]): 'auto' | 'system' {
  if (word === 'auto' || word === 'system') return word;
  throw new UsageError('--carrier takes auto or system.');
}
