/** The doctor on hosts that are not as they should be: login shells, a module that is not loaded, a closed device, doas. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type AttendedEngine, lineOf, openAttendedEngine } from './attended-engine.ts';
import { guidOf } from './compare.ts';
import { connectLab, type LabHost } from './lab.ts';
import { Sluice } from './sluice.ts';
import { ACCOUNTS } from './types.ts';

// Emulated guests that others use, too, take their time for dozens of commands.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

/** An account of the test's own on alpha, which sudo lets do anything for a password. */
const ADMIN = 'doctor-admin';

let alpha: LabHost;
let fuse: LabHost;
let stateDir: string;
let attended: AttendedEngine;

beforeAll(async () => {
  const lab = connectLab();
  alpha = lab.host('alpha');
  fuse = lab.host('fuse');
  await alpha.run(`id ${ADMIN} >/dev/null 2>&1 || useradd -m -s /bin/bash ${ADMIN}`);
  await alpha.run(['chpasswd'], { input: `${ADMIN}:${alpha.password}\n` });
  await alpha.run(['tee', '/etc/sudoers.d/doctor-test'], { input: `${ADMIN} ALL=(ALL) ALL\n` });
});
afterAll(async () => {
  await alpha.run(`rm -f /etc/sudoers.d/doctor-test /etc/doas.conf; userdel -r ${ADMIN}`, { allowFailure: true });
});
beforeEach(async () => {
  vi.stubEnv('SSH_AUTH_SOCK', '');
  stateDir = await mkdtemp(join(tmpdir(), 'sluice-doctor-'));
  attended = await openAttendedEngine(stateDir, () => [alpha.password]);
});
afterEach(async () => {
  await attended.close();
  await rm(stateDir, { recursive: true, force: true });
  vi.unstubAllEnvs();
});

function add(host: LabHost, user: string, identityFile: string | null = host.identityFile): void {
  attended.engine.hosts.add({
    name: 'nas',
    address: { kind: 'ssh', user, host: '127.0.0.1', port: host.port },
    identityFile,
    privilege: 'auto',
    hostKey: host.hostKeyFingerprint,
  });
}

describe.each([
  ['csh', '/bin/csh'],
  ['tcsh', '/usr/bin/tcsh'],
  ['fish', '/usr/bin/fish'],
])('a user of %s', (name, shell) => {
  /** The file is laid over the machine's, so it cannot be put in its place by renaming as usermod does. */
  const giveShell = (path: string) =>
    fuse.run(
      `sed '/^${ACCOUNTS.sudoer}:/s,:[^:]*$,:${path},' /etc/passwd >/run/lab/passwd.new && cat /run/lab/passwd.new >/etc/passwd`,
    );
  const pool = `doc${name}`;
  beforeAll(async () => {
    await fuse.pool(pool, { sizeMb: 100 });
    await giveShell(shell);
  });
  afterAll(async () => {
    await giveShell('/bin/bash');
    await fuse.run(`sed -i '/ sluice-nas$/d' ~${ACCOUNTS.sudoer}/.ssh/authorized_keys; zpool destroy ${pool}`, {
      allowFailure: true,
    });
  });

  test('is told so, installs a key, and replicates', async () => {
    add(fuse, ACCOUNTS.sudoer, null);
    const report = await attended.engine.doctor.check('nas');
    expect(lineOf(report, 'shell')).toMatchObject({
      state: 'ok',
      detail: expect.stringContaining('not a POSIX shell'),
    });
    expect(lineOf(report, 'rights')).toMatchObject({ state: 'ok', evidence: { elevation: ['sudo', '-n'] } });
    expect(lineOf(await attended.engine.doctor.fix('nas', 'install-key'), 'login')).toMatchObject({ fixes: [] });

    await fuse.run(`zfs create ${pool}/from && zfs snapshot ${pool}/from@a`);
    const sluice = await Sluice.create();
    try {
      await sluice.addHost(fuse, { user: 'sudoer' });
      const run = await sluice.run(`fuse:${pool}/from`, `fuse:${pool}/to`);
      expect(run).toMatchObject({ status: 0, finished: { status: 'done', receipt: { proved: true } } });
    } finally {
      await sluice.dispose();
    }
    expect(await guidOf(fuse, `${pool}/to@a`)).toBe(await guidOf(fuse, `${pool}/from@a`));
  });
});

test('a restricted shell is explained, and the fix makes it run', async () => {
  await alpha.run(`usermod -s /bin/rbash ${ADMIN}`);
  add(alpha, ADMIN);
  const found = lineOf(await attended.engine.doctor.check('nas'), 'shell');
  expect(found).toMatchObject({ state: 'blocks', detail: expect.stringContaining('restricted') });
  await alpha.run(found.fixes[0]?.command.replace(/^sudo /, '') ?? 'false');
  expect(lineOf(await attended.engine.doctor.check('nas'), 'shell').state).toBe('ok');
});

test('rights by doas are told verb by verb; its lines are enough', async () => {
  await alpha.run(['tee', '/etc/doas.conf'], {
    input: `permit nopass ${ADMIN} as root cmd zfs\n`,
  });
  add(alpha, ADMIN);
  const before = lineOf(await attended.engine.doctor.check('nas'), 'rights');
  expect(before).toMatchObject({ state: 'warns', evidence: { elevation: ['doas', '-n'] } });
  expect(before.evidence.refused).toEqual(['zpool list']);
  const rules = before.fixes.find(({ id }) => id === 'doas')?.command ?? '';
  await alpha.run(['tee', '/etc/doas.conf'], { input: `${rules}\n` });
  expect(lineOf(await attended.engine.doctor.check('nas'), 'rights')).toMatchObject({
    state: 'ok',
    evidence: { elevation: ['doas', '-n'] },
  });
  await alpha.run('rm /etc/doas.conf');
});

test('a module that is not loaded and a device that is closed are found, and each fix is followed to green', async () => {
  // All pools of the guest are out for a moment; what others keep on them comes back below.
  await alpha.run('zpool export -a && modprobe -r zfs');
  try {
    add(alpha, ADMIN);
    const unloaded = lineOf(await attended.engine.doctor.check('nas'), 'zfs-module');
    expect(unloaded).toMatchObject({
      state: 'blocks',
      fixes: [{ id: 'load-module', command: 'sudo modprobe zfs', canDo: true, asksPassword: true }],
    });
    await attended.engine.doctor.fix('nas', 'load-module');
    await alpha.run('chmod 600 /dev/zfs');
    const closed = lineOf(await attended.engine.doctor.check('nas'), 'zfs-device');
    expect(closed.fixes[0]).toMatchObject({ id: 'open-device', command: 'sudo chmod 0666 /dev/zfs', canDo: true });
    const open = await attended.engine.doctor.fix('nas', 'open-device');
    expect(lineOf(open, 'zfs')).toMatchObject({ state: 'ok', detail: expect.stringContaining('OpenZFS') });
    expect(attended.asked.map(({ instructions }) => instructions)).toEqual(['sudo modprobe zfs']);
  } finally {
    await alpha.run(`modprobe zfs; chmod 666 /dev/zfs; zpool import -d ${alpha.poolDirectory} -a`);
  }
});
