/** Hosts of ~/.ssh/config as entries of the host book. */
import type { Importable } from '../../shared/api/hosts.ts';
import { SluiceError } from '../../shared/model/failure.ts';
import {
  type Host,
  HostNameSchema,
  type HostParts,
  HostSchema,
  isSameAddress,
  SshAddressSchema,
  SshAliasSchema,
} from '../../shared/model/host.ts';
import { type ConfigOptions, listSshConfig, resolveAlias } from '../ssh/config/resolve.ts';
import type { ResolvedHost } from '../ssh/config/resolved.ts';
import { needsSystem } from '../ssh/system/carrier.ts';

type Resolve = (alias: string) => Promise<ResolvedHost | null>;

/** What is said about a host whose configuration asks for more than Sluice's own SSH does. */
async function remarksOn(resolved: ResolvedHost): Promise<{ remarks: string[]; system: boolean }> {
  const remarks: string[] = [];
  const bySystem: string[] = [];
  const [used, ...others] = resolved.identityFiles;
  if (resolved.proxyCommand !== null) bySystem.push(`ProxyCommand ${resolved.proxyCommand}`);
  if (resolved.gssapi) bySystem.push('GSSAPIAuthentication');
  if (resolved.certificateFiles.length > 0) bySystem.push(`CertificateFile ${resolved.certificateFiles.join(', ')}`);
  // Found out here already: what is connected to with the system's ssh goes its way, not through hosts of the book.
  if (used !== undefined && (await needsSystem({ identityFile: used }))) bySystem.push(`IdentityFile ${used}`);
  if (bySystem.length > 0) {
    remarks.push(`Connected to through this computer's own ssh program, because of ${bySystem.join(' and ')}.`);
  }
  if (used !== undefined && others.length > 0 && bySystem.length === 0) {
    remarks.push(`Of several IdentityFile lines only ${used} is used.`);
  }
  if (resolved.identityAgent === 'none') remarks.push('IdentityAgent none is not honoured: the usual agent is asked.');
  if (resolved.hostKeyAlias !== null) {
    remarks.push(`HostKeyAlias ${resolved.hostKeyAlias} is not honoured: Sluice pins a key for each host.`);
  }
  if (resolved.remoteCommand !== null) remarks.push('RemoteCommand is not run: Sluice runs its own commands.');
  if (resolved.forwardAgent) remarks.push('ForwardAgent is not honoured: Sluice never lends your agent to a host.');
  return { remarks, system: bySystem.length > 0 };
}

const nameFrom = (alias: string): string => {
  const name = alias
    .replaceAll(/[^A-Za-z0-9._-]/g, '-')
    .replace(/^[._-]+/, '')
    .slice(0, 64);
  return HostNameSchema.safeParse(name).success ? name : 'host';
};

interface Entry {
  readonly parts: HostParts;
  readonly remarks: string[];
}

/** As an entry of the book, without jump and without a pinned key; a string says why it cannot be one. */
async function entryOf(resolved: ResolvedHost, name: string): Promise<Entry | string> {
  const address = SshAddressSchema.safeParse({
    kind: 'ssh',
    user: resolved.user,
    host: resolved.hostName,
    port: resolved.port,
  });
  if (!address.success) return `${resolved.alias}: ${address.error.issues.map((issue) => issue.message).join(' ')}`;
  const { remarks, system } = await remarksOn(resolved);
  const agent = resolved.identityAgent === 'none' ? null : resolved.identityAgent;
  const parts: HostParts = {
    name,
    address: address.data,
    identityFile: resolved.identityFiles[0] ?? null,
    privilege: 'auto',
    hostKey: null,
    practice: false,
    agent: agent !== null && !agent.startsWith('$') ? agent : null,
    sshAlias: resolved.alias,
    carrier: system ? 'system' : 'auto',
    timing: {
      connectSeconds: resolved.connectTimeout,
      keepAliveSeconds: resolved.serverAliveInterval,
      keepAliveMisses: resolved.serverAliveInterval === null ? null : resolved.serverAliveCountMax,
    },
  };
  const checked = HostSchema.safeParse(parts);
  if (checked.success) return { parts, remarks };
  return `${resolved.alias}: ${checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join(' ')}`;
}

export interface ImportableHosts {
  readonly file: string;
  readonly hosts: Importable[];
  readonly faults: string[];
}

/** @param book the hosts that are there already */
export async function importableHosts(book: readonly Host[], options: ConfigOptions = {}): Promise<ImportableHosts> {
  const listing = listSshConfig(options);
  const faults = [...listing.faults];
  const hosts: Importable[] = [];
  for (const alias of listing.aliases) {
    const resolved = await resolveAlias(alias, options);
    if (resolved === null) {
      faults.push(`ssh cannot tell what ${alias} is; \`ssh -G ${alias}\` says why.`);
      continue;
    }
    const entry = await entryOf(resolved, nameFrom(alias));
    if (typeof entry === 'string') {
      faults.push(entry);
      continue;
    }
    const { name, address, identityFile, carrier } = entry.parts;
    if (address.kind !== 'ssh') continue;
    hosts.push({
      alias,
      name,
      address,
      identityFile,
      jumps: carrier === 'system' ? [] : [...resolved.proxyJump],
      carrier: carrier ?? 'auto',
      remarks: entry.remarks,
      present: book.find((host) => host.sshAlias === alias || isSameAddress(host.address, address))?.name ?? null,
    });
  }
  return { file: listing.file, hosts, faults };
}

const HOP = /^(?:ssh:\/\/)?(?:(?<user>[^@/]+)@)?(?<host>\[[^\]]+\]|[^:/@]+)(?::(?<port>\d+))?\/?$/;

/** A hop of ProxyJump is an alias or an address; what it says of user and port goes before what the alias says. */
async function resolveHop(hop: string, resolve: Resolve): Promise<ResolvedHost | null> {
  const parts = HOP.exec(hop)?.groups;
  const alias = parts?.host?.replace(/^\[|\]$/g, '');
  if (parts === undefined || alias === undefined || !SshAliasSchema.safeParse(alias).success) return null;
  const resolved = await resolve(alias);
  if (resolved === null) return null;
  return {
    ...resolved,
    user: parts.user ?? resolved.user,
    port: parts.port === undefined ? resolved.port : Number(parts.port),
  };
}

const cannot = (alias: string, cause: string): SluiceError =>
  new SluiceError({
    code: 'import-failed',
    message: `${alias} cannot be imported from the ssh configuration.`,
    cause,
    next: `Look at what \`ssh -G ${alias}\` says, or add the host by its address.`,
    evidence: { alias },
  });

/** Hops of hops of hops: more is a circle. */
const LONGEST_WAY = 8;

/**
 * The entries that are missing for a host and the hosts that it jumps through, in the order in which they can be added.
 *
 * @param taken a free name is found for each hop beside these
 * @throws SluiceError `import-failed`
 */
export async function planImport(
  alias: string,
  name: string,
  book: readonly Host[],
  options: ConfigOptions = {},
): Promise<HostParts[]> {
  const resolve: Resolve = (one) => resolveAlias(one, options);
  const added: HostParts[] = [];
  const names = new Set(book.map((host) => host.name.toLowerCase()));
  names.add(name.toLowerCase());
  const freeName = (wanted: string): string => {
    for (let count = 1; ; count += 1) {
      const candidate = count === 1 ? wanted : `${wanted.slice(0, 60)}-${count}`;
      if (names.has(candidate.toLowerCase())) continue;
      names.add(candidate.toLowerCase());
      return candidate;
    }
  };

  /**
   * @param as null: the host is a hop, and one with its address in the book will do
   * @param through the hop before it; undefined: the way its own configuration names
   * @returns the entry's name in the book
   */
  const take = async (
    resolved: ResolvedHost,
    as: string | null,
    depth: number,
    through?: string | null,
  ): Promise<string> => {
    if (depth > LONGEST_WAY) throw cannot(alias, 'Its ProxyJump is circular.');
    const found = await entryOf(resolved, as ?? 'hop');
    if (typeof found === 'string') throw cannot(alias, found);
    const entry = found.parts;
    const present = [...book, ...added].find((host) => isSameAddress(host.address, entry.address));
    if (present !== undefined && as === null) return present.name;
    let jump = through ?? null;
    // The system's ssh finds its own way; several hops are each reached through the one before.
    for (const hop of through === undefined && entry.carrier !== 'system' ? resolved.proxyJump : []) {
      const next = await resolveHop(hop, resolve);
      if (next === null) throw cannot(alias, `The hop ${hop} of its ProxyJump cannot be understood.`);
      jump = await take(next, null, depth + 1, jump ?? undefined);
    }
    const name = as ?? freeName(nameFrom(resolved.alias));
    added.push({ ...entry, name, jump });
    return name;
  };

  const resolved = await resolve(alias);
  if (resolved === null) throw cannot(alias, 'ssh cannot tell what it is.');
  await take(resolved, name, 0);
  return added;
}
