/** What ssh_config(5) says about one host, as far as Sluice can use it or has to speak of it. */

export interface ResolvedHost {
  readonly alias: string;
  readonly hostName: string;
  readonly user: string;
  readonly port: number;
  /** Without those that ssh tries by default. */
  readonly identityFiles: readonly string[];
  /** null: the usual one; 'none' switches it off. */
  readonly identityAgent: string | null;
  /** Hops, nearest first, as written: `user@host:port` or an alias. */
  readonly proxyJump: readonly string[];
  readonly proxyCommand: string | null;
  readonly connectTimeout: number | null;
  readonly serverAliveInterval: number | null;
  readonly serverAliveCountMax: number | null;
  readonly gssapi: boolean;
  readonly certificateFiles: readonly string[];
  readonly hostKeyAlias: string | null;
  readonly forwardAgent: boolean;
  readonly remoteCommand: string | null;
}

const DEFAULT_IDENTITY = /(^|[/\\])\.ssh[/\\]id_(rsa|dsa|ecdsa|ecdsa_sk|ed25519|ed25519_sk|xmss)$/;

const numberOf = (text: string | undefined, from: number, to: number): number | null => {
  const value = Number(text);
  return text !== undefined && Number.isInteger(value) && value >= from && value <= to ? value : null;
};

/** A word of ssh_config that means “not set”. */
const given = (text: string | undefined): string | null =>
  text === undefined || text === '' || text.toLowerCase() === 'none' ? null : text;

/**
 * @param values keywords in lower case with all their values, as `ssh -G` prints them
 * @param localUser who ssh logs in as without `User`
 */
export function describeResolved(
  alias: string,
  values: ReadonlyMap<string, readonly string[]>,
  localUser: string,
): ResolvedHost {
  const first = (keyword: string) => values.get(keyword)?.[0];
  const identities = (values.get('identityfile') ?? []).flatMap((file) => given(file) ?? []);
  const agent = first('identityagent');
  return {
    alias,
    hostName: given(first('hostname')) ?? alias,
    user: given(first('user')) ?? localUser,
    port: numberOf(first('port'), 1, 65535) ?? 22,
    identityFiles: identities.every((file) => DEFAULT_IDENTITY.test(file)) ? [] : identities,
    identityAgent: agent === undefined || agent === 'SSH_AUTH_SOCK' ? null : agent,
    proxyJump: (given(first('proxyjump')) ?? '')
      .split(',')
      .map((hop) => hop.trim())
      .filter((hop) => hop !== ''),
    proxyCommand: given(first('proxycommand')),
    connectTimeout: numberOf(first('connecttimeout'), 1, 3600),
    serverAliveInterval: numberOf(first('serveraliveinterval'), 1, 3600),
    serverAliveCountMax: numberOf(first('serveralivecountmax'), 1, 100),
    gssapi: first('gssapiauthentication')?.toLowerCase() === 'yes',
    certificateFiles: (values.get('certificatefile') ?? []).flatMap((file) => given(file) ?? []),
    hostKeyAlias: given(first('hostkeyalias')),
    forwardAgent: first('forwardagent')?.toLowerCase() === 'yes',
    remoteCommand: given(first('remotecommand')),
  };
}

/** Lines `keyword value` of `ssh -G`. */
export function readDump(text: string): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const line of text.split(/\r?\n/)) {
    const space = line.indexOf(' ');
    if (space <= 0) continue;
    const keyword = line.slice(0, space).toLowerCase();
    const value = line.slice(space + 1).trim();
    const present = values.get(keyword);
    if (present === undefined) values.set(keyword, [value]);
    else present.push(value);
  }
  return values;
}
