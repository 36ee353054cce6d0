/** Hosts as they are met: logins by real passwords and questions, rights of every kind, and the doctor's fixes followed. */
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Engine } from '../../electron/engine.ts';
import { DESTINATION_NEEDS, SOURCE_NEEDS } from '../../electron/hosts/doctor/rights.ts';
import type { Prompt } from '../../shared/model/prompt.ts';
import { comparePermissions, parseAllow, permissionsOn } from '../../shared/zfs/allow.ts';
import { type AttendedEngine, lineOf, openAttendedEngine } from './attended-engine.ts';
import { connectLab, type Lab, type LabHost } from './lab.ts';
import { ACCOUNTS } from './types.ts';

// Emulated guests that others use, too, take their time for dozens of commands.
vi.setConfig({ testTimeout: 400_000, hookTimeout: 400_000 });

let lab: Lab;
let alpha: LabHost;
let beta: LabHost;
let stateDir: string;
let engine: Engine;
let asked: Prompt[];
let answer: (prompt: Prompt) => string[] | null;
let attended: AttendedEngine;

/** An account of the test's own on alpha, which sudo lets do anything for a password. */
const ADMIN = 'hosts-admin';

async function openEngine(): Promise<void> {
  attended = await openAttendedEngine(stateDir, (prompt) => answer(prompt));
  ({ engine, asked } = attended);
}

beforeAll(async () => {
  lab = connectLab();
  alpha = lab.host('alpha');
  beta = lab.host('beta');
  await alpha.pool('hosts', { sizeMb: 100 });
  await alpha.run('zfs create hosts/data; zfs create hosts/copies');
  await alpha.run(`id ${ADMIN} >/dev/null 2>&1 || useradd -m -s /bin/bash ${ADMIN}`);
  await alpha.run(`rm -rf ~${ADMIN}/.ssh /etc/sudoers.d/sluice-${ADMIN}`);
  await alpha.run(['chpasswd'], { input: `${ADMIN}:${alpha.password}\n` });
  await alpha.run(['tee', '/etc/sudoers.d/hosts-test'], { input: `${ADMIN} ALL=(ALL) ALL\n` });
});
beforeEach(async () => {
  // What answers here is the test, never an agent of whoever runs it.
  vi.stubEnv('SSH_AUTH_SOCK', '');
  stateDir = await mkdtemp(join(tmpdir(), 'sluice-hosts-'));
  vi.stubEnv('HOME', stateDir);
  answer = () => [alpha.password];
  await openEngine();
});
afterEach(async () => {
  await attended.close();
  await rm(stateDir, { recursive: true, force: true });
  vi.unstubAllEnvs();
});
afterAll(async () => {
  await alpha.run(`rm -f /etc/sudoers.d/hosts-test /etc/sudoers.d/sluice-${ADMIN}; userdel -r ${ADMIN}`, {
    allowFailure: true,
  });
  await alpha.run("sed -i '/ sluice-nas$/d' ~/.ssh/authorized_keys", { allowFailure: true });
  await alpha.run(`zfs unallow -u ${ADMIN} hosts; zpool destroy hosts`, { allowFailure: true });
});

function add(
  name: string,
  user: string,
  changes: { identityFile?: string | null; jump?: string; host?: LabHost } = {},
): void {
  const host = changes.host ?? alpha;
  engine.hosts.add({
    name,
    address: { kind: 'ssh', user, host: '127.0.0.1', port: host.port },
    identityFile: changes.identityFile === undefined ? host.identityFile : changes.identityFile,
    privilege: 'auto',
    jump: changes.jump ?? null,
    hostKey: host.hostKeyFingerprint,
  });
}

describe('logging in', () => {
  test('by password, once; a key is installed in its stead, kept for its owner only, and no secret is written anywhere', async () => {
    add('nas', 'root', { identityFile: null });
    const first = await engine.doctor.check('nas');
    expect(lineOf(first, 'login').state).toBe('ok');
    expect(asked.map(({ kind }) => kind)).toEqual(['password']);

    const [offered] = lineOf(first, 'login').fixes;
    expect(offered).toMatchObject({ id: 'install-key', canDo: true });
    const after = await engine.doctor.fix('nas', 'install-key');
    expect(lineOf(after, 'login').fixes).toEqual([]);
    const { identityFile } = engine.hosts.get('nas');
    expect((await stat(identityFile ?? '')).mode & 0o777).toBe(0o600);
    expect(offered?.command).toContain((await alpha.run('tail -n 1 ~/.ssh/authorized_keys')).stdout.trim());

    await attended.close();
    await openEngine();
    expect(lineOf(await engine.doctor.check('nas'), 'login').state).toBe('ok');
    expect(asked).toEqual([]);
    for (const file of await readdir(stateDir, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      const text = await readFile(join(file.parentPath, file.name), 'utf8');
      expect(text).not.toContain(alpha.password);
    }
  });

  test('with a wrong password is refused for good, after three tries', async () => {
    answer = () => ['wrong'];
    add('nas', ADMIN, { identityFile: null });
    const login = lineOf(await engine.doctor.check('nas'), 'login');
    expect(login).toMatchObject({ state: 'blocks', evidence: { failure: 'login-refused' } });
    expect(asked).toHaveLength(3);
    expect(JSON.stringify(login)).not.toContain('wrong');
  });
});

describe('the doctor', () => {
  test('finds a root host well, and says what it saw', async () => {
    add('nas', 'root');
    const report = await engine.doctor.check('nas');
    for (const code of [
      'resolve',
      'port',
      'banner',
      'host-key',
      'login',
      'shell',
      'zfs',
      'resume',
      'rights',
      'pool-hosts',
      'clock',
      'tools',
    ])
      expect([code, lineOf(report, code).state]).toEqual([code, 'ok']);
    expect(report.zfs?.dialect).toBe('openzfs');
    expect(engine.hosts.get('nas').lastCheck).toMatchObject({ at: report.at, zfs: expect.stringContaining('OpenZFS') });
  });

  test('finds what sudo -n lets through', async () => {
    add('nas', ACCOUNTS.sudoer);
    expect(lineOf(await engine.doctor.check('nas'), 'rights')).toMatchObject({
      state: 'ok',
      evidence: { elevation: ['sudo', '-n'] },
    });
  });

  test('names what a user without rights needs; each single permission that is missing; and the line makes it whole', async () => {
    const rights = async () => lineOf(await engine.doctor.check('nas'), 'rights');
    add('nas', ADMIN);
    await alpha.run(`zfs unallow -u ${ADMIN} hosts`, { allowFailure: true });
    const nothing = await rights();
    expect(nothing.state).toBe('blocks');
    expect(nothing.fixes.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['allow-source', 'allow-destination', 'sudoers']),
    );

    const commandOf = (id: string) =>
      nothing.fixes.find((fix) => fix.id === id)?.command.replace(/^sudo /, '') ?? 'false';
    await alpha.run(commandOf('allow-source'));
    await alpha.run(commandOf('allow-destination'));
    expect((await rights()).state).toBe('ok');

    const all = [...new Set([...SOURCE_NEEDS, ...DESTINATION_NEEDS])];
    for (const permission of all) {
      const lacking = await alpha.run(
        `zfs unallow -u ${ADMIN} ${permission} hosts && zfs allow hosts; zfs allow -u ${ADMIN} ${permission} hosts`,
      );
      const has = permissionsOn(parseAllow(lacking.stdout), 'hosts', { user: ADMIN, groups: [] });
      expect(comparePermissions(has, all, []).missing).toEqual([permission]);
    }
    // The same as the doctor tells it, one for each side.
    for (const permission of ['send', 'canmount']) {
      await alpha.run(['zfs', 'unallow', '-u', ADMIN, permission, 'hosts']);
      const lacking = await rights();
      expect([permission, lacking.state]).toEqual([permission, 'warns']);
      expect(lacking.detail).toContain(`lacking ${permission}`);
      const [fix] = lacking.fixes;
      expect(fix?.command).toMatch(new RegExp(`zfs allow -u ${ADMIN} ${permission} hosts$`));
      await alpha.run(fix?.command.replace(/^sudo /, '') ?? 'false');
    }
    expect((await rights()).state).toBe('ok');
  });

  test('writes a sudoers file with the user’s password, which then is enough', async () => {
    add('nas', ADMIN);
    await alpha.run(`zfs unallow -u ${ADMIN} hosts`, { allowFailure: true });
    const before = lineOf(await engine.doctor.check('nas'), 'rights');
    expect(before.state).toBe('blocks');
    expect(before.fixes.find(({ id }) => id === 'sudoers')).toMatchObject({ canDo: true, asksPassword: true });
    const tries = ['wrong', alpha.password];
    answer = () => [tries.shift() ?? ''];
    const after = lineOf(await engine.doctor.fix('nas', 'sudoers'), 'rights');
    expect(after).toMatchObject({ state: 'ok', evidence: { elevation: ['sudo', '-n'] } });
    expect(asked.map(({ kind, again }) => [kind, again])).toEqual([
      ['password', false],
      ['password', true],
    ]);
    expect((await alpha.run(`stat -c %a /etc/sudoers.d/sluice-${ADMIN}`)).stdout.trim()).toBe('440');
  });

  test('explains shells that do not run commands', async () => {
    await alpha.run(`usermod -s /usr/sbin/nologin ${ADMIN}`);
    try {
      add('nas', ADMIN);
      expect(lineOf(await engine.doctor.check('nas'), 'shell')).toMatchObject({ state: 'blocks' });
    } finally {
      await alpha.run(`usermod -s /bin/bash ${ADMIN}`);
    }
  });

  test('looks at zfs-fuse, and says that it cannot resume', async () => {
    add('old', 'root', { host: lab.host('fuse') });
    const report = await engine.doctor.check('old');
    expect(report.zfs?.dialect).toBe('legacy');
    expect(lineOf(report, 'resume').state).toBe('notes');
  });
});

describe('a jump through one guest to the other', () => {
  test('knows both keys, and refuses if either is another', async () => {
    add('edge', 'root');
    const { host, port } = alpha.guestAddressOf(beta);
    engine.hosts.add({
      name: 'inner',
      address: { kind: 'ssh', user: 'root', host, port },
      identityFile: beta.identityFile,
      privilege: 'auto',
      jump: 'edge',
      hostKey: beta.hostKeyFingerprint,
    });
    const report = await engine.doctor.check('inner');
    expect(lineOf(report, 'port').detail).toContain('through edge');
    expect(lineOf(report, 'zfs').state).toBe('ok');
    const seen = await engine.hosts.seeKey({ kind: 'ssh', user: 'root', host, port }, 'edge');
    expect(seen.fingerprint).toBe(beta.hostKeyFingerprint);

    engine.hosts.edit('inner', { hostKey: alpha.hostKeyFingerprint });
    expect(lineOf(await engine.doctor.check('inner'), 'host-key')).toMatchObject({ state: 'blocks' });
    expect(() => engine.hosts.remove('edge')).toThrow(/reached through it/);
  });

  test('can reach it directly, and says so', async () => {
    add('nas', 'root');
    const { host, port } = alpha.guestAddressOf(beta);
    engine.hosts.add({
      name: 'backup',
      address: { kind: 'ssh', user: 'root', host, port },
      identityFile: beta.identityFile,
      privilege: 'auto',
      hostKey: beta.hostKeyFingerprint,
    });
    expect(lineOf(await engine.doctor.check('nas'), 'route-backup')).toMatchObject({ state: 'ok' });
  });
});
