/** Logins as servers really ask for them: PAM with several questions, a key and then questions, passwords that have expired. */
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Prompt } from '../../shared/model/prompt.ts';
import { type AttendedEngine, lineOf, openAttendedEngine } from './attended-engine.ts';
import { connectLab, type LabHost } from './lab.ts';
import { ACCOUNTS } from './types.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const USER = ACCOUNTS.nobody;
const TOKEN = Buffer.from('3132333435363738393031323334353637383930', 'hex');
const FOLDER = '/run/lab/logins';

/** RFC 4226, as a person's device shows it: each code is good once. */
function code(counter: number): string {
  const moving = Buffer.alloc(8);
  moving.writeBigUInt64BE(BigInt(counter));
  const digest = createHmac('sha1', TOKEN).update(moving).digest();
  const at = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

let host: LabHost;
let port: number;
let stateDir: string;
let attended: AttendedEngine;
let answer: (prompt: Prompt) => readonly string[] | null;
let counter = 0;

/** The machine's own sshd with PAM, inside the zfs-fuse host; its PAM service is laid over the machine's there and nowhere else. */
async function serve(settings: readonly string[]): Promise<void> {
  const config = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `PidFile ${FOLDER}/pid`,
    'HostKey /run/lab/ssh_host_ed25519_key',
    'AuthorizedKeysFile /run/lab/authorized_keys',
    'StrictModes no',
    'UsePAM yes',
    'UseDNS no',
    'LogLevel VERBOSE',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication yes',
    ...settings,
  ];
  await host.run(['tee', `${FOLDER}/config`], { input: `${config.join('\n')}\n` });
  await host.run(`/usr/sbin/sshd -f ${FOLDER}/config -E ${FOLDER}/log`);
}

beforeAll(async () => {
  host = connectLab().host('fuse');
  const free = createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  ({ port } = free.address() as AddressInfo);
  free.close();
  await once(free, 'close');
  await host.run(`mkdir -p ${FOLDER}; umask 077; printf 'HOTP ${USER} - ${TOKEN.toString('hex')}\\n' >${FOLDER}/oath`);
  const stack = [
    'auth required pam_unix.so',
    `auth required pam_oath.so usersfile=${FOLDER}/oath window=20 digits=6`,
    'account required pam_unix.so',
    'session required pam_permit.so',
    'password required pam_unix.so',
  ];
  await host.run(['tee', `${FOLDER}/pam`], { input: `${stack.join('\n')}\n` });
  await host.run(`mount --bind ${FOLDER}/pam /etc/pam.d/sshd`);
});
afterAll(async () => {
  await host.run(`umount /etc/pam.d/sshd; rm -rf ${FOLDER}`, { allowFailure: true });
});
beforeEach(async () => {
  vi.stubEnv('SSH_AUTH_SOCK', '');
  stateDir = await mkdtemp(join(tmpdir(), 'sluice-logins-'));
  vi.stubEnv('HOME', stateDir);
  answer = (prompt) =>
    prompt.fields.map(({ label }) => (label.startsWith('One-time password') ? code(counter++) : host.password));
  attended = await openAttendedEngine(stateDir, (prompt) => answer(prompt));
});
afterEach(async () => {
  await attended.close();
  await rm(stateDir, { recursive: true, force: true });
  vi.unstubAllEnvs();
  await host.run(`[ ! -e ${FOLDER}/pid ] || kill $(cat ${FOLDER}/pid); while [ -e ${FOLDER}/pid ]; do sleep 0.1; done`);
});

async function login(identityFile: string | null) {
  const { engine } = attended;
  engine.hosts.add({
    name: 'gate',
    address: { kind: 'ssh', user: USER, host: '127.0.0.1', port },
    identityFile,
    privilege: 'none',
    jump: null,
    hostKey: host.hostKeyFingerprint,
  });
  return lineOf(await engine.doctor.check('gate'), 'login');
}
const labels = () => attended.asked.map(({ fields }) => fields.map(({ label }) => label));
const OATH = [`One-time password (OATH) for \`${USER}':`];

describe('a server that asks by PAM', () => {
  test('for a password and then a code is answered question by question', async () => {
    await serve([]);
    expect(await login(null)).toMatchObject({ state: 'ok' });
    expect(labels()).toEqual([['Password:'], OATH]);
  });

  test('for a key and then both is given all three', async () => {
    await serve(['AuthenticationMethods publickey,keyboard-interactive']);
    expect(await login(host.identityFile)).toMatchObject({ state: 'ok' });
    expect(labels()).toEqual([['Password:'], OATH]);
    const log = (await host.run(`cat ${FOLDER}/log`)).stdout;
    expect(log).toContain(`Partial publickey for ${USER}`);
    expect(log).toContain(`Accepted keyboard-interactive/pam for ${USER}`);
  });

  test('and gets a wrong code refuses, after three tries, without a word of them in the report', async () => {
    await serve([]);
    answer = (prompt) => prompt.fields.map(({ label }) => (label.startsWith('One') ? '000000' : host.password));
    const refused = await login(null);
    expect(refused).toMatchObject({ state: 'blocks', evidence: { failure: 'login-refused' } });
    expect(JSON.stringify(refused)).not.toContain(host.password);
    expect(labels().filter(([label]) => label?.startsWith('One'))).toHaveLength(3);
  });

  test('and gets no answer refuses at once', async () => {
    await serve([]);
    answer = ({ fields }) => (fields[0]?.label.startsWith('One') ? null : [host.password]);
    expect(await login(null)).toMatchObject({ state: 'blocks' });
    expect(labels()).toEqual([['Password:'], OATH]);
  });
});

test('a password that has expired is changed on the way in', async () => {
  const alpha = connectLab().host('alpha');
  const inner = { port: 2200, config: '/run/lab/expired-config', pid: '/run/lab/expired-pid' };
  const config = [
    `Port ${inner.port}`,
    `PidFile ${inner.pid}`,
    'HostKey /run/lab/ssh_host_ed25519_key',
    'UsePAM yes',
    'UseDNS no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication yes',
  ];
  await alpha.run(['tee', inner.config], { input: `${config.join('\n')}\n` });
  await alpha.run(`/usr/sbin/sshd -f ${inner.config}; chage -d 0 ${USER}`);
  answer = (prompt) =>
    prompt.fields.map(({ label }) => (/new password/i.test(label) ? 'Quite-4nother-1' : alpha.password));
  const { engine, asked } = attended;
  const common = { privilege: 'none', hostKey: alpha.hostKeyFingerprint } as const;
  try {
    engine.hosts.add({
      ...common,
      name: 'edge',
      address: { kind: 'ssh', user: 'root', host: '127.0.0.1', port: alpha.port },
      identityFile: alpha.identityFile,
      jump: null,
    });
    engine.hosts.add({
      ...common,
      name: 'gate',
      address: { kind: 'ssh', user: USER, host: '127.0.0.1', port: inner.port },
      identityFile: null,
      jump: 'edge',
    });
    expect(lineOf(await engine.doctor.check('gate'), 'login')).toMatchObject({ state: 'ok' });
    // “Current password:” is answered with what was typed a moment before.
    expect(asked.flatMap(({ fields }) => fields.map(({ label }) => label))).toEqual([
      'Password:',
      'New password:',
      'Retype new password:',
    ]);
  } finally {
    await alpha.run(['chpasswd'], { input: `${USER}:${alpha.password}\n` });
    await alpha.run(`kill $(cat ${inner.pid}); rm -f ${inner.config}`);
  }
});
