/** Whether Sluice's own SSH can log in to a host, or the system's ssh is needed. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { agentSocket, expandHome } from '../credentials.ts';
import type { SshTarget } from '../target.ts';

/** The public half is unencrypted in an OpenSSH private key; that of a security key names its type there. */
const SECURITY_KEY = /sk-(ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com/;

async function isSecurityKey(file: string): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END/.exec(text)?.[1];
  return body !== undefined && SECURITY_KEY.test(Buffer.from(body, 'base64').toString('latin1'));
}

/** True for what ssh2 cannot do: certificates (`KEY-cert.pub`), security keys, and what the host's configuration asks for. */
export async function needsSystem(target: Pick<SshTarget, 'system' | 'identityFile'>): Promise<boolean> {
  if (target.system === true) return true;
  if (target.identityFile === null) return false;
  const file = expandHome(target.identityFile);
  return existsSync(`${file}-cert.pub`) || (await isSecurityKey(file));
}

const ASK_TIMEOUT = 5_000;
/** `sk-ssh-ed25519@openssh.com AAAA…`, `ssh-ed25519-cert-v01@openssh.com AAAA…` */
const ONLY_SYSTEM = /^(sk-|\S+-cert-v01@openssh\.com )/m;

/**
 * True if the agent has certificates or security keys, which ssh2 leaves out: what it refused may be let in by the system's ssh.
 * False also where there is no OpenSSH to ask with.
 */
export async function agentNeedsSystem(target: SshTarget): Promise<boolean> {
  const socket = target.agent === undefined ? agentSocket() : expandHome(target.agent);
  if (target.identityFile !== null || socket === null) return false;
  try {
    const env = { ...process.env, SSH_AUTH_SOCK: socket };
    const { stdout } = await promisify(execFile)('ssh-add', ['-L'], { env, timeout: ASK_TIMEOUT });
    return ONLY_SYSTEM.test(stdout);
  } catch {
    return false;
  }
}
