/** What Sluice can show to log in without asking the host anything: key files and the keys of an SSH agent. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { type FailureParts, SluiceError } from '../../shared/model/failure.ts';
import { messageOf } from './faults.ts';
import { fingerprintOf } from './host-key.ts';
import type { Ask } from './questions.ts';

/** One public key to log in with. */
export type KeyWay =
  | { readonly kind: 'key'; readonly file: string; readonly key: ssh2.ParsedKey }
  /** All keys of the agent, or only the one with this public half. */
  | { readonly kind: 'agent'; readonly socket: string; readonly only: Buffer | null };

export interface Credentials {
  /** In the order in which they are tried. */
  readonly ways: readonly KeyWay[];
  /** What to say if none of them was let in and nobody answered a question; null: what the host says. */
  readonly without: FailureParts | null;
}

/** Who logs in where, and who can be asked for a passphrase. */
export interface KeyQuestion {
  readonly identityFile: string | null;
  /** Another agent than the usual one. */
  readonly agent?: string | undefined;
  readonly hostName: string;
  /** `root@nas2:22` */
  readonly address: string;
}

/** The agent's socket or pipe on this computer, or null where there is none. */
export function agentSocket(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string | null {
  const named = env.SSH_AUTH_SOCK;
  if (named !== undefined && named !== '') return named;
  // Windows' OpenSSH agent has this one name and sets no variable.
  return platform === 'win32' ? '\\\\.\\pipe\\openssh-ssh-agent' : null;
}

const homeOf = (env: NodeJS.ProcessEnv): string => env.HOME || homedir();

export const expandHome = (path: string, env: NodeJS.ProcessEnv = process.env): string =>
  path === '~' || path.startsWith('~/') || path.startsWith('~\\') ? join(homeOf(env), path.slice(1)) : path;

/** ssh's own, without the types that Sluice's SSH cannot use. */
const USUAL_FILES = ['id_ed25519', 'id_ecdsa', 'id_rsa'];
const PASSPHRASE_TRIES = 3;

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

/** ssh2's words: "Encrypted private OpenSSH key detected, but no passphrase given" and alike for PEM and PPK. */
const isLocked = (key: ssh2.ParsedKey | Error): boolean =>
  key instanceof Error && /no passphrase given/.test(key.message);
/** "OpenSSH key integrity check failed -- bad passphrase?", "Malformed/Bad … passphrase" and alike. */
const isWrongPassphrase = (key: ssh2.ParsedKey | Error): boolean =>
  key instanceof Error && /bad passphrase|integrity check failed|bad decrypt/i.test(key.message);

/** Asks for the passphrase until it fits. @returns null if nobody gives one */
async function unlock(
  file: string,
  data: Buffer,
  question: KeyQuestion,
  ask: Ask,
  signal: AbortSignal,
): Promise<ssh2.ParsedKey | null> {
  for (let attempt = 1; attempt <= PASSPHRASE_TRIES; attempt += 1) {
    const answers = await ask(
      {
        host: question.hostName,
        address: question.address,
        kind: 'passphrase',
        title: `The key file ${file} is protected by a passphrase.`,
        instructions: '',
        fields: [{ label: `Passphrase of ${file}`, echo: false }],
        again: attempt > 1,
        secret: `passphrase:${file}`,
        key: null,
      },
      signal,
    );
    const passphrase = answers?.[0];
    if (passphrase === undefined) return null;
    const key = ssh2.utils.parseKey(data, passphrase);
    if (!(key instanceof Error)) return key;
    if (passphrase !== '' && !isWrongPassphrase(key) && !isLocked(key)) throw notUnderstood(file, key);
  }
  throw new SluiceError({
    code: 'passphrase-wrong',
    message: `The passphrase of the key file ${file} was wrong ${PASSPHRASE_TRIES} times.`,
    next: 'Try again, or choose another key.',
    evidence: { identityFile: file },
  });
}

const notUnderstood = (file: string, error: Error): SluiceError =>
  new SluiceError({
    code: 'key-not-understood',
    message: `The key file ${file} holds no private key that Sluice understands.`,
    cause: error.message,
    next: 'Choose an OpenSSH private key of the type ed25519, ECDSA or RSA, or use the SSH agent.',
    evidence: { identityFile: file },
  });

/** The public half beside a private key file, for finding it in the agent. */
async function publicHalf(file: string): Promise<Buffer | null> {
  const text = await readFile(`${file}.pub`, 'utf8').catch(() => null);
  const key = text === null ? null : ssh2.utils.parseKey(text);
  return key === null || key instanceof Error ? null : key.getPublicSSH();
}

async function chosenKey(
  question: KeyQuestion & { readonly identityFile: string },
  socket: string | null,
  ask: Ask,
  signal: AbortSignal,
  env: NodeJS.ProcessEnv,
): Promise<Credentials> {
  const file = expandHome(question.identityFile, env);
  const data = await readKeyFile(file);
  const key = ssh2.utils.parseKey(data);
  const evidence = { identityFile: file };
  if (isLocked(key)) {
    // The agent may have it unlocked already: then nobody needs to be asked.
    const half = socket === null ? null : await publicHalf(file);
    if (socket !== null && half !== null && (await agentHas(socket, half))) {
      return { ways: [{ kind: 'agent', socket, only: half }], without: null };
    }
    const unlocked = await unlock(file, data, question, ask, signal);
    if (unlocked !== null) return { ways: [{ kind: 'key', file, key: unlocked }], without: null };
    throw new SluiceError({
      code: 'key-needs-passphrase',
      message: `The key file ${file} is protected by a passphrase.`,
      next: `Load it into the SSH agent with \`ssh-add ${file}\` and let this host use the agent.`,
      evidence,
    });
  }
  if (key instanceof Error) throw notUnderstood(file, key);
  if (!key.isPrivateKey()) {
    throw new SluiceError({
      code: 'key-is-public',
      message: `The key file ${file} holds the public half of a key.`,
      next: 'Choose the private half: usually the file of the same name without “.pub”.',
      evidence,
    });
  }
  return { ways: [{ kind: 'key', file, key }], without: null };
}

/** Whether the agent answers and has this key. */
function agentHas(socket: string, publicKey: Buffer): Promise<boolean> {
  return new Promise((resolve) => {
    ssh2.createAgent(socket).getIdentities((error, keys) => {
      resolve(!error && (keys ?? []).some((key) => blobOf(key as ssh2.ParsedKey)?.equals(publicKey) === true));
    });
  });
}

export function blobOf(key: ssh2.ParsedKey | Buffer | string): Buffer | null {
  const parsed = typeof key === 'string' || Buffer.isBuffer(key) ? ssh2.utils.parseKey(key) : key;
  return parsed instanceof Error ? null : parsed.getPublicSSH();
}

/**
 * Reads the key file, asks for its passphrase, or finds the agent and the usual key files. Nothing is sent to the host.
 *
 * @throws SluiceError `key-not-found`, `key-unreadable`, `key-needs-passphrase`, `passphrase-wrong`, `key-not-understood`,
 *   `key-is-public`
 */
export async function readCredentials(
  question: KeyQuestion,
  ask: Ask,
  signal: AbortSignal,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Credentials> {
  const socket = question.agent === undefined ? agentSocket(env) : expandHome(question.agent, env);
  const { identityFile } = question;
  if (identityFile !== null) return await chosenKey({ ...question, identityFile }, socket, ask, signal, env);
  const ways: KeyWay[] = socket === null ? [] : [{ kind: 'agent', socket, only: null }];
  for (const name of USUAL_FILES) {
    const file = join(homeOf(env), '.ssh', name);
    const key = existsSync(file) ? ssh2.utils.parseKey(await readFile(file).catch(() => Buffer.alloc(0))) : null;
    // One that is protected is only used if the agent has it, or if it is chosen for the host.
    if (key !== null && !(key instanceof Error) && key.isPrivateKey()) ways.push({ kind: 'key', file, key });
  }
  if (ways.length > 0) return { ways, without: null };
  return {
    ways,
    without: {
      code: 'no-agent',
      message: 'No SSH agent runs for this user, and no key file was chosen.',
      cause: 'SSH_AUTH_SOCK is not set.',
      next: 'Choose a key file for this host, or start Sluice where `ssh-add -l` lists your keys.',
    },
  };
}

/** How a person recognises what was tried. Never holds anything secret. */
export function describeWay(way: KeyWay): string {
  if (way.kind === 'key') return `the key ${way.file} (${way.key.type}, ${fingerprintOf(way.key.getPublicSSH())})`;
  const which = way.only === null ? 'the keys' : `the key ${fingerprintOf(way.only)}`;
  return `${which} of the SSH agent at ${way.socket}`;
}
