/** What Sluice can show to log in: one private key file, or the keys of the SSH agent. */
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { AuthenticationType } from 'ssh2';
import ssh2 from 'ssh2';
import { SluiceError } from '../../shared/model/failure.ts';
import { messageOf } from './faults.ts';
import { fingerprintOf } from './host-key.ts';

export type Credentials =
  | { readonly kind: 'key'; readonly file: string; readonly key: ssh2.ParsedKey }
  | { readonly kind: 'agent'; readonly socket: string };

/** The agent's socket or pipe on this computer, or null where there is none. */
export function agentSocket(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string | null {
  const named = env.SSH_AUTH_SOCK;
  if (named !== undefined && named !== '') return named;
  // Windows' OpenSSH agent has this one name and sets no variable.
  return platform === 'win32' ? '\\\\.\\pipe\\openssh-ssh-agent' : null;
}

const expandHome = (path: string): string =>
  path === '~' || path.startsWith('~/') || path.startsWith('~\\') ? join(homedir(), path.slice(1)) : path;

async function readKeyFile(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new SluiceError(
      {
        code: missing ? 'key-not-found' : 'key-unreadable',
        message: missing ? `There is no key file ${file}.` : `The key file ${file} cannot be read.`,
        cause: messageOf(error),
        next: 'Choose another key file for this host, or the SSH agent.',
        evidence: { identityFile: file },
      },
      { cause: error },
    );
  }
}

/**
 * Reads the key file, or finds the agent. Nothing is sent anywhere.
 *
 * @param identityFile null: the agent
 * @throws SluiceError `key-not-found`, `key-unreadable`, `key-needs-passphrase`, `key-not-understood`,
 *   `key-is-public`, `no-agent`
 */
export async function readCredentials(
  identityFile: string | null,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Credentials> {
  if (identityFile === null) {
    const socket = agentSocket(env);
    if (socket !== null) return { kind: 'agent', socket };
    throw new SluiceError({
      code: 'no-agent',
      message: 'No SSH agent runs for this user, and no key file was chosen.',
      cause: 'SSH_AUTH_SOCK is not set.',
      next: 'Choose a key file for this host, or start Sluice where `ssh-add -l` lists your keys.',
    });
  }
  const file = expandHome(identityFile);
  const key = ssh2.utils.parseKey(await readKeyFile(file));
  const evidence = { identityFile: file };
  if (key instanceof Error) {
    // ssh2's words: "Encrypted private OpenSSH key detected, but no passphrase given" and alike for PEM and PPK.
    if (/no passphrase given/.test(key.message)) {
      throw new SluiceError({
        code: 'key-needs-passphrase',
        message: `The key file ${file} is protected by a passphrase.`,
        next: `Load it into the SSH agent with \`ssh-add ${file}\` and let this host use the agent.`,
        evidence,
      });
    }
    throw new SluiceError({
      code: 'key-not-understood',
      message: `The key file ${file} holds no private key that Sluice understands.`,
      cause: key.message,
      next: 'Choose an OpenSSH private key of the type ed25519, ECDSA or RSA, or use the SSH agent.',
      evidence,
    });
  }
  if (!key.isPrivateKey()) {
    throw new SluiceError({
      code: 'key-is-public',
      message: `The key file ${file} holds the public half of a key.`,
      next: 'Choose the private half: usually the file of the same name without “.pub”.',
      evidence,
    });
  }
  return { kind: 'key', file, key };
}

/** How a person recognises what was tried. Never holds anything secret. */
export function describeCredentials(credentials: Credentials): string {
  return credentials.kind === 'agent'
    ? `the keys of the SSH agent at ${credentials.socket}`
    : `the key ${credentials.file} (${credentials.key.type}, ${fingerprintOf(credentials.key.getPublicSSH())})`;
}

/**
 * ssh2's authentication handler for exactly one method. RSA keys sign with SHA-2 (ssh2 takes what the server's
 * `server-sig-algs` names).
 *
 * @param onRefused called with the methods that the host would take instead
 */
export function authHandler(
  user: string,
  credentials: Credentials,
  onRefused: (methods: readonly AuthenticationType[]) => void,
): ssh2.AuthHandlerMiddleware {
  let tried = false;
  return (methodsLeft, _partial, next) => {
    if (tried) {
      onRefused(methodsLeft);
      // Not in the types, but ssh2 ends the login when the handler returns false (client.js, doNextAuth).
      return false;
    }
    tried = true;
    next(
      credentials.kind === 'agent'
        ? { type: 'agent', username: user, agent: credentials.socket }
        : { type: 'publickey', username: user, key: credentials.key },
    );
  };
}
