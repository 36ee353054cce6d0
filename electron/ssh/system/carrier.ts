/** Whether Sluice's own SSH can log in to a host, or the system's ssh is needed. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expandHome } from '../credentials.ts';
import type { SshTarget } from '../target.ts';

/** The public half stands unencrypted in an OpenSSH private key; that of a security key names its type there. */
const SECURITY_KEY = /sk-(ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com/;

async function isSecurityKey(file: string): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END/.exec(text)?.[1];
  return body !== undefined && SECURITY_KEY.test(Buffer.from(body, 'base64').toString('latin1'));
}

/** True for what ssh2 cannot do: certificates (`KEY-cert.pub`), security keys, and what the host's configuration asks for. */
export async function needsSystem(target: SshTarget): Promise<boolean> {
  if (target.system === true) return true;
  if (target.identityFile === null) return false;
  const file = expandHome(target.identityFile);
  return existsSync(`${file}-cert.pub`) || (await isSecurityKey(file));
}
