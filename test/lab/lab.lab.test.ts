import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connectLab, type Lab, type LabHost, type LabHostName, type LabUser } from './lab.ts';
import { execute } from './process.ts';

let lab: Lab;
let alpha: LabHost;
let beta: LabHost;
let fuse: LabHost;

beforeAll(() => {
  lab = connectLab();
  alpha = lab.host('alpha');
  beta = lab.host('beta');
  fuse = lab.host('fuse');
});

beforeEach(() => lab.reset());

const HOSTS: LabHostName[] = ['alpha', 'beta', 'fuse'];

/** A login on the port that products use, with OpenSSH's client: another way than the lab's own. */
async function login(host: LabHost, user: LabUser, command: string) {
  const { hostname, port, username } = new URL(host.url(user));
  const options = [
    'BatchMode=yes',
    'IdentitiesOnly=yes',
    'StrictHostKeyChecking=no',
    'UserKnownHostsFile=/dev/null',
    'LogLevel=ERROR',
  ];
  const argv = ['-F', '/dev/null', '-i', host.identityFile, ...options.flatMap((option) => ['-o', option])];
  return (await execute('ssh', [...argv, '-p', port, `${username}@${hostname}`, command])).stdout.trim();
}

/** The account's options for the guests' own ssh client. */
const SSH_BETWEEN = '-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -i /root/.ssh/lab';

/** Puts the run's private key where the guest's root can use it. */
async function giveIdentity(host: LabHost): Promise<void> {
  const { stdout } = await execute('cat', [host.identityFile]);
  await host.run('umask 077; mkdir -p /root/.ssh; cat > /root/.ssh/lab', { input: stdout });
}

describe.each(HOSTS)('%s', (name) => {
  test('answers on its own port under its own name, for every account', async () => {
    const host = lab.host(name);
    for (const user of ['root', 'sudoer', 'delegate', 'nobody'] as const) {
      const account = user === 'root' ? 'root' : `sluice-${user}`;
      expect(await login(host, user, 'hostname; id -un')).toBe(`${name}\n${account}`);
    }
  });

  test('shows the host key that was promised', async () => {
    const host = lab.host(name);
    const { stdout: keys } = await execute('ssh-keyscan', ['-p', String(host.port), '-t', 'ed25519', '127.0.0.1']);
    const { stdout } = await host.run(['ssh-keygen', '-l', '-f', '-'], { input: keys });
    expect(stdout.split(' ')[1]).toBe(host.hostKeyFingerprint);
  });

  test('makes a pool, makes it again empty, and a reset of the lab removes it', async () => {
    const host = lab.host(name);
    await host.pool('tank', { sizeMb: 100, properties: { compression: 'on' } });
    await host.run(['zfs', 'create', 'tank/old']);
    await host.pool('tank', { sizeMb: 100, properties: { compression: 'on' } });
    const list = await host.run(['zfs', 'list', '-H', '-o', 'name,compression']);
    expect(list.stdout).toBe('tank\ton\n');
    await lab.reset();
    expect((await host.run(['zpool', 'list', '-H'])).stdout).not.toContain('tank');
    expect((await host.run(['ls', host.poolDirectory])).stdout).toBe('');
  });

  test('the sudoer may run zfs and zpool through sudo, and nothing else', async () => {
    const host = lab.host(name);
    await host.pool('tank', { sizeMb: 100 });
    const zfs = await host.run(['sudo', '-n', 'zfs', 'create', 'tank/by-sudo'], { user: 'sudoer' });
    expect(zfs.status).toBe(0);
    const zpool = await host.run(['sudo', '-n', 'zpool', 'list', '-H', '-o', 'name'], { user: 'sudoer' });
    expect(zpool.stdout).toBe('tank\n');
    const other = await host.run(['sudo', '-n', 'id'], { user: 'sudoer', allowFailure: true });
    expect(other.status).not.toBe(0);
    expect(other.stderr).toContain('a password is required');
  });

  test.each(['delegate', 'nobody'] as const)('%s may do nothing by itself', async (user) => {
    const host = lab.host(name);
    await host.pool('tank', { sizeMb: 100 });
    const zfs = await host.run('PATH=$PATH:/sbin:/usr/sbin zfs create tank/mine', { user, allowFailure: true });
    expect(zfs.status).not.toBe(0);
    expect(zfs.stderr.toLowerCase()).toContain('permission denied');
    const sudo = await host.run(['sudo', '-n', 'zfs', 'list'], { user, allowFailure: true });
    expect(sudo.status).not.toBe(0);
  });

  test('a restarted sshd answers again; open sessions go on or end, as asked', async () => {
    const host = lab.host(name);
    const surviving = login(host, 'root', 'sleep 4; echo survived');
    const listener = (await host.run('cat /run/sshd_lab.pid')).stdout;
    await sleep(2000);
    await host.restartSshd();
    expect((await host.run('cat /run/sshd_lab.pid')).stdout).not.toBe(listener);
    expect(await surviving).toBe('survived');
    const ending = login(host, 'root', 'echo started > /run/lab/started; sleep 600');
    const ended = expect(ending).rejects.toThrow();
    await host.run('until [ -e /run/lab/started ]; do sleep 0.1; done; rm /run/lab/started');
    await host.restartSshd({ dropSessions: true });
    await ended;
    expect(await login(host, 'nobody', 'echo again')).toBe('again');
  });

  test('a power cut forgets what runs and keeps what was written', async () => {
    const host = lab.host(name);
    await host.pool('tank', { sizeMb: 100 });
    await host.run(['zfs', 'create', 'tank/kept']);
    await host.run('echo gone > /run/lab/before; sync');
    await host.reset();
    expect((await host.run(['zfs', 'list', '-H', '-o', 'name', 'tank/kept'])).stdout).toBe('tank/kept\n');
    expect((await host.run(['test', '-e', '/run/lab/before'], { allowFailure: true })).status).toBe(1);
    expect(await login(host, 'nobody', 'hostname')).toBe(name);
  });
});

describe('the OpenZFS guests', () => {
  test('run OpenZFS 2.3, in userland and kernel', async () => {
    for (const host of [alpha, beta]) {
      const { stdout } = await host.run(['zfs', 'version']);
      expect(stdout).toMatch(/^zfs-2\.3\.\S+\nzfs-kmod-2\.3\.\S+\n$/);
    }
  });

  test('honour rights given by zfs allow', async () => {
    await alpha.pool('tank', { sizeMb: 100 });
    await alpha.run(['zfs', 'allow', 'sluice-delegate', 'snapshot', 'tank']);
    await alpha.run(['zfs', 'snapshot', 'tank@mine'], { user: 'delegate' });
    const denied = await alpha.run(['zfs', 'destroy', 'tank@mine'], { user: 'delegate', allowFailure: true });
    expect(denied.stderr).toContain('permission denied');
  });

  test('link a volume below /dev/zvol', async () => {
    await alpha.pool('tank', { sizeMb: 100 });
    await alpha.run(['zfs', 'create', '-V', '10M', 'tank/volume']);
    const { stdout } = await alpha.run('udevadm settle; readlink -f /dev/zvol/tank/volume');
    expect(stdout).toMatch(/^\/dev\/zd\d+\n$/);
  });

  test('send and receive through a link, counted', async () => {
    const link = await beta.link();
    await alpha.pool('source', { sizeMb: 200 });
    await beta.pool('target', { sizeMb: 200 });
    await giveIdentity(alpha);
    await alpha.run('dd if=/dev/urandom of=/source/data bs=1M count=8 2>/dev/null; zfs snapshot source@one');
    const way = alpha.guestAddressOf(beta, link.port);
    await alpha.run(
      `zfs send source@one | ssh ${SSH_BETWEEN} -p ${way.port} root@${way.host} zfs receive -u target/copy`,
    );
    const guid = ['zfs', 'get', '-Hp', '-o', 'value', 'guid'];
    const sent = await alpha.run([...guid, 'source@one']);
    const received = await beta.run([...guid, 'target/copy@one']);
    expect(received.stdout).toBe(sent.stdout);
    expect(link.bytesToHost).toBeGreaterThan(8 * 1024 * 1024);
    expect(link.connectionsAccepted).toBe(1);
  });

  test('a link cut after some bytes leaves a resumable half, which completes over the same link', async () => {
    const link = await beta.link();
    await alpha.pool('source', { sizeMb: 200 });
    await beta.pool('target', { sizeMb: 200 });
    await giveIdentity(alpha);
    await alpha.run('dd if=/dev/urandom of=/source/data bs=1M count=16 2>/dev/null; zfs snapshot source@one');
    const way = alpha.guestAddressOf(beta, link.port);
    const receive = `ssh ${SSH_BETWEEN} -p ${way.port} root@${way.host} zfs receive -s -u target/copy`;
    const cut = link.cutAfter(8_000_000);
    const first = await alpha.run(`set -o pipefail; zfs send source@one | ${receive}`, { allowFailure: true });
    await cut;
    expect(first.status).not.toBe(0);
    expect(link.bytesToHost + link.bytesFromHost).toBe(8_000_000);

    // The receive ends some time after its connection, and only then its token is the last one: a stream that goes on from an
    // earlier place is refused with `kernel modules must be upgraded to receive this stream`.
    await beta.run('while pgrep -x zfs >/dev/null; do sleep 0.2; done');
    let token = '-';
    while (token === '-' || token === '') {
      const got = await beta.run(['zfs', 'get', '-H', '-o', 'value', 'receive_resume_token', 'target/copy'], {
        allowFailure: true,
      });
      token = got.stdout.trim();
      await sleep(200);
    }
    await alpha.run(`set -o pipefail; zfs send -t ${token} | ${receive}`);
    expect((await beta.run(['zfs', 'list', '-H', '-o', 'name', 'target/copy@one'])).stdout).toBe('target/copy@one\n');
  });

  test('netem delays, and a reset of the lab lifts it', async () => {
    await alpha.netem({ delayMs: 30, lossPercent: 1 });
    expect((await alpha.run(['tc', 'qdisc', 'show', 'dev', 'eth0'])).stdout).toContain('delay 30ms loss 1%');
    await lab.reset();
    expect((await alpha.run(['tc', 'qdisc', 'show', 'dev', 'eth0'])).stdout).not.toContain('netem');
  });

  test('let accounts in by password', async () => {
    const { port, username } = new URL(alpha.url('nobody'));
    const folder = await mkdtemp(join(tmpdir(), 'lab-askpass-'));
    const askpass = join(folder, 'askpass');
    await writeFile(askpass, '#!/bin/sh\nprintf "%s\\n" "$LAB_PASSWORD"\n', { mode: 0o700 });
    const options = [
      'PubkeyAuthentication=no',
      'StrictHostKeyChecking=no',
      'UserKnownHostsFile=/dev/null',
      'LogLevel=ERROR',
    ];
    const argv = [
      '-F',
      '/dev/null',
      ...options.flatMap((option) => ['-o', option]),
      '-p',
      port,
      `${username}@127.0.0.1`,
      'id -un',
    ];
    const env = { ...process.env, SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force', LAB_PASSWORD: alpha.password };
    expect((await execute('ssh', argv, { env })).stdout).toBe('sluice-nobody\n');
    await rm(folder, { recursive: true });
  });
});

describe('the zfs-fuse host', () => {
  test('runs zfs-fuse, whose zfs knows no version', async () => {
    const { status, stderr } = await fuse.run(['zfs', 'version'], { allowFailure: true });
    expect(status).toBe(2);
    expect(stderr).toContain("unrecognized command 'version'");
  });

  test('sends and receives on itself', async () => {
    await fuse.pool('source', { sizeMb: 200 });
    await fuse.pool('target', { sizeMb: 200 });
    await fuse.run('dd if=/dev/urandom of=/run/lab/mnt/source/data bs=1M count=8 2>/dev/null; zfs snapshot source@one');
    await fuse.run('zfs send source@one | zfs receive target/copy');
    await fuse.run(['cmp', '/run/lab/mnt/source/data', '/run/lab/mnt/target/copy/data']);
  });

  test('is out of sight for the rest of the machine, and takes its programs in', async () => {
    await fuse.pool('tank', { sizeMb: 100 });
    const mounts = (await execute('cat', ['/proc/self/mounts'])).stdout;
    expect(mounts).not.toContain('/run/lab');
    const [program = '', ...argv] = fuse.localCommand(['zfs', 'list', '-H', '-o', 'name']);
    expect((await execute(program, argv)).stdout).toBe('tank\n');
  });

  test('refuses what only guests can do', async () => {
    await expect(fuse.netem({ delayMs: 1 })).rejects.toThrow('OpenZFS guests');
    expect(() => alpha.localCommand(['true'])).toThrow('another machine');
  });
});
