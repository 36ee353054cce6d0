/**
 * The argument lists of the direct route: the source's own ssh carries the stream to the destination, let in by one fresh key
 * whose line in authorized_keys allows this one receive and nothing else.
 *
 * The key's private half never leaves Sluice: the source's ssh reaches it through agent forwarding. The destination's host key is
 * the pinned one, handed to that ssh without a file where it can (`KnownHostsCommand`, OpenSSH 8.5), else in a temporary one.
 */
import type { DatasetName } from '../model/names.ts';
import type { Command } from '../model/plan.ts';
import { wireStages } from '../zfs/wire.ts';

/** A host's public key as `ssh-keyscan` prints it. */
export interface PublicHostKey {
  /** `ssh-ed25519` */
  readonly type: string;
  /** base64 */
  readonly blob: string;
}

/** How the source's ssh reaches the destination. */
export interface DirectWay {
  readonly user: string;
  /** As the source sees it; without brackets. */
  readonly address: string;
  readonly port: number;
  readonly hostKey: PublicHostKey;
  /** True from OpenSSH 8.5 on. */
  readonly knownHostsCommand: boolean;
}

/** The pinned key is listed under this name, whatever the host's address. */
const ALIAS = 'sluice-destination';
/** What is asked for at the destination; the key's forced command runs instead. Were it not forced, nothing would run. */
const FORCED = 'forced-by-key';
/** AES-GCM first: OpenSSH's default, ChaCha20, is about half as fast on processors with AES instructions. All known since 6.5. */
const CIPHERS = 'aes128-gcm@openssh.com,aes256-gcm@openssh.com,aes128-ctr,aes256-ctr,chacha20-poly1305@openssh.com';

/** Makes the known_hosts file for an ssh that cannot be given the key otherwise, and removes it whatever happens to ssh. */
const WITH_KNOWN_HOSTS =
  'umask 077; k=$(mktemp) || exit; trap \'rm -f "$k"\' EXIT; trap "exit 143" HUP INT TERM; ' +
  'printf "%s\\n" "$1" >"$k" || exit; shift; ssh -o "UserKnownHostsFile=$k" "$@"';

const knownHostsLine = ({ hostKey }: DirectWay): string => `${ALIAS} ${hostKey.type} ${hostKey.blob}`;
const algorithms = (type: string): string => (type === 'ssh-rsa' ? 'rsa-sha2-512,rsa-sha2-256' : type);

/** The source's ssh: nothing of the user's configuration, no key but ours, no host but the pinned one, no question. */
export function directSsh(way: DirectWay): string[] {
  const settings = [
    'BatchMode=yes',
    'StrictHostKeyChecking=yes',
    'GlobalKnownHostsFile=/dev/null',
    `HostKeyAlias=${ALIAS}`,
    `HostKeyAlgorithms=${algorithms(way.hostKey.type)}`,
    'PreferredAuthentications=publickey',
    'IdentityFile=none',
    'ClearAllForwardings=yes',
    `Ciphers=${CIPHERS}`,
    'ConnectTimeout=20',
    'ServerAliveInterval=15',
    'ServerAliveCountMax=4',
    'LogLevel=ERROR',
  ];
  const options = ['-F', '/dev/null', '-T', ...settings.flatMap((setting) => ['-o', setting])];
  const where = ['-p', String(way.port), '-l', way.user, way.address, FORCED];
  if (way.knownHostsCommand) {
    const known = ['-o', 'UserKnownHostsFile=/dev/null', '-o', `KnownHostsCommand=/bin/echo ${knownHostsLine(way)}`];
    return ['ssh', ...options, ...known, ...where];
  }
  return ['sh', '-c', WITH_KNOWN_HOSTS, 'sh', knownHostsLine(way), ...options, ...where];
}

/** What marks our line in authorized_keys. The end mark, which no name can hold, tells `tank/a` from `tank/ab`. */
export const keyMark = (sourceHost: string, target: DatasetName): string => `sluice:from:${sourceHost}:${target};`;

/**
 * The options before the key: nothing but this one receive. In authorized_keys only `\"` is special inside the quotes.
 *
 * @param receive the receive, and before it what its stream is unpacked with
 * @throws RangeError for a command with a line break, which no line of the file can hold
 */
export function keyOptions(receive: readonly (readonly string[])[]): string {
  const wire = wireStages(receive);
  if (/[\r\n]/.test(wire)) throw new RangeError('A forced command is one line.');
  return `restrict,command="${wire.replaceAll('"', '\\"')}"`;
}

/** The line is one write, so that nothing else that appends can come between; a last line without its end is ended first. */
const AUTHORIZE =
  'umask 077; d=$HOME/.ssh; f=$d/authorized_keys; mkdir -p "$d" || exit; IFS= read -r key || exit; ' +
  '[ ! -s "$f" ] || [ -z "$(tail -c 1 "$f")" ] || echo >>"$f" || exit; ' +
  'printf "%s %s %s\\n" "$1" "$key" "$2" >>"$f"';

/** Puts a file without our lines in the place of the old one, which is whole at every instant. */
const REVOKE =
  'f=$HOME/.ssh/authorized_keys; [ -f "$f" ] || exit 0; grep -qF -- "$1" "$f" || exit 0; ' +
  't=$(mktemp "$f.XXXXXX") && cp -p "$f" "$t" || exit; grep -vF -- "$1" "$f" >"$t"; ' +
  '[ $? -le 1 ] || { rm -f "$t"; exit 1; }; ' +
  'if [ -L "$f" ]; then cat "$t" >"$f" && rm -f "$t"; elif [ -s "$t" ]; then mv -f "$t" "$f"; else rm -f "$f" "$t"; fi';

/** Lets the key in whose public half is given as a line on stdin (`ssh-ed25519 AAAA…`): it is made for the run. */
export const authorize = (host: string, receive: readonly (readonly string[])[], mark: string): Command => ({
  host,
  argv: ['sh', '-c', AUTHORIZE, 'sh', keyOptions(receive), mark],
});

/** Takes every line with the mark out again; harmless where there is none. */
export const revoke = (host: string, mark: string): Command => ({ host, argv: ['sh', '-c', REVOKE, 'sh', mark] });

/**
 * Types of host keys, in the order in which they are asked for: one connection each, most hosts pin the first, and OpenSSH 9.8 and
 * later shut out for a while who connects again and again without logging in (`PerSourcePenalties`).
 */
export const SCANNED_TYPES = ['ed25519', 'ecdsa,rsa'] as const;

/** Asks an address for its host keys; writes nothing and logs in nowhere. */
export const scanKeys = (address: string, port: number, types: (typeof SCANNED_TYPES)[number]): string[] => [
  'ssh-keyscan',
  '-T',
  '15',
  '-t',
  types,
  '-p',
  String(port),
  address,
];

/** Lines `[host]:port type base64`; comments begin with `#`. */
export function readScan(stdout: string): PublicHostKey[] {
  return stdout.split('\n').flatMap((line) => {
    const [name, type, blob] = line.trim().split(/\s+/);
    if (name === undefined || name.startsWith('#') || type === undefined || blob === undefined) return [];
    return /^[A-Za-z0-9+/]+=*$/.test(blob) && /^[a-z0-9@.-]+$/.test(type) ? [{ type, blob }] : [];
  });
}

/** True from OpenSSH 8.5 on; `ssh -V` prints `OpenSSH_10.0p2 Debian-7, OpenSSL …` on stderr. */
export function hasKnownHostsCommand(version: string): boolean {
  const [, major, minor] = /OpenSSH_(?:for_Windows_)?(\d+)\.(\d+)/.exec(version) ?? [];
  return Number(major) > 8 || (Number(major) === 8 && Number(minor) >= 5);
}
