/** Hosts that only the system's own ssh can log in to: the same Shell, the same pinned key, the same failures. */
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { wireCommand } from '../../../shared/zfs/wire.ts';
import { Link } from '../../../test/lab/link.ts';
import { describeWithSshd } from '../../../test/sshd/describe.ts';
import { failureOf, NOBODYS_KEY } from '../../../test/sshd/failure-of.ts';
import { makeKey } from '../../../test/sshd/keys.ts';
import { type Sshd, startSshd } from '../../../test/sshd/sshd.ts';
import { connectSsh, type SshTarget } from '../index.ts';
import { needsSystem } from './carrier.ts';
import { seeKeyBySystem } from './system-shell.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describeWithSshd('the system’s own ssh', () => {
  let sshd: Sshd;
  let folder: string;
  let config: string;
  const file = (name: string) => join(folder, name);
  const system = (changes: Partial<SshTarget> = {}): SshTarget => sshd.target({ system: true, ...changes });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-system-'));
    makeKey(file('ca'), 'ed25519');
    makeKey(file('certified'), 'ed25519');
    sshd = await startSshd({ config: [`TrustedUserCAKeys ${file('ca')}.pub`] });
    execFileSync('ssh-keygen', ['-q', '-s', file('ca'), '-I', 'test', '-n', sshd.user, `${file('certified')}.pub`]);
    config = file('config');
    writeFileSync(
      config,
      `Host behind\n  HostName 127.0.0.1\n  Port ${sshd.port}\n  User ${sshd.user}\n  IdentityFile ${sshd.identityFile}\n  IdentitiesOnly yes\n  ProxyCommand bash -c "exec 3<>/dev/tcp/127.0.0.1/${sshd.port}; cat <&3 & cat >&3"\n  RemoteCommand false\n`,
    );
  });
  afterAll(async () => {
    await sshd.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is chosen by itself for a key with a certificate, which ssh2 cannot show', async () => {
    const target = sshd.target({ identityFile: file('certified') });
    expect(await needsSystem(target)).toBe(true);
    expect(await needsSystem(sshd.target())).toBe(false);
    const shell = await connectSsh(target);
    expect(await shell.collect(wireCommand(['echo', 'in']))).toMatchObject({ status: 0, stdout: 'in\n' });
    await shell.close();
    expect(await shell.closed).toBeNull();
    expect(sshd.log()).toContain('ED25519-CERT');
  });

  it('is chosen for a certificate that only the agent has', async () => {
    const socket = file('agent');
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] });
    vi.stubEnv('HOME', folder);
    try {
      await once(agent.stdout, 'data');
      execFileSync('ssh-add', ['-q', file('certified')], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
      const shell = await connectSsh(sshd.target({ identityFile: null, agent: socket }));
      expect(await shell.collect(wireCommand(['echo', 'in']))).toMatchObject({ status: 0, stdout: 'in\n' });
      await shell.close();
    } finally {
      vi.unstubAllEnvs();
      agent.kill();
    }
  });

  it('is chosen for a security key', async () => {
    const blob = Buffer.concat([Buffer.from('openssh-key-v1\0'), Buffer.from('sk-ssh-ed25519@openssh.com')]).toString(
      'base64',
    );
    writeFileSync(file('sk'), `-----BEGIN OPENSSH PRIVATE KEY-----\n${blob}\n-----END OPENSSH PRIVATE KEY-----\n`);
    expect(await needsSystem(sshd.target({ identityFile: file('sk') }))).toBe(true);
  });

  it('goes the way that its configuration names, and runs our commands, not its own', async () => {
    const shell = await connectSsh(system({ alias: 'behind' }), { sshConfigFile: config });
    expect(await shell.collect(wireCommand(['sh', '-c', 'echo out; echo err >&2; exit 3']))).toMatchObject({
      status: 3,
      stdout: 'out\n',
      stderr: 'err\n',
      lost: null,
    });
    await shell.close();
  });

  it('carries bytes both ways, and twelve commands at once', async () => {
    const shell = await connectSsh(system());
    const data = randomBytes(8 * 1024 * 1024);
    const running = await shell.start(wireCommand(['cat']));
    running.stdin.end(data);
    const chunks: Buffer[] = [];
    for await (const chunk of running.stdout) chunks.push(chunk as Buffer);
    expect(await running.exit).toMatchObject({ status: 0, lost: null });
    expect(Buffer.concat(chunks).equals(data)).toBe(true);
    const many = await Promise.all(
      Array.from({ length: 12 }, (_, index) => shell.collect(wireCommand(['echo', String(index)]))),
    );
    expect(many.map(({ stdout }) => stdout.trim())).toEqual(Array.from({ length: 12 }, (_, index) => String(index)));
    await shell.close();
  });

  it('takes no key but the pinned one, whatever the user’s known_hosts say', async () => {
    const failed = await failureOf(connectSsh(system({ hostKey: NOBODYS_KEY })));
    expect(failed).toMatchObject({ code: 'host-key-changed', kind: 'permanent', evidence: { pinned: NOBODYS_KEY } });
    expect(JSON.stringify(failed.evidence)).toContain(sshd.fingerprint('ed25519'));
  });

  it('shows a key without logging in', async () => {
    const seen = await seeKeyBySystem(system({ user: 'nobody-logs-in' }));
    expect(seen).toMatchObject({ type: 'ssh-ed25519', fingerprint: sshd.fingerprint('ed25519') });
  });

  it('tells a refused login from a port where nobody listens and a name that nobody knows', async () => {
    makeKey(file('unknown'), 'ed25519');
    expect(await failureOf(connectSsh(system({ identityFile: file('unknown') })))).toMatchObject({
      code: 'login-refused',
      kind: 'permanent',
    });
    expect(await failureOf(connectSsh(system({ port: 1 })))).toMatchObject({
      code: 'connection-refused',
      kind: 'passing',
    });
    expect(await failureOf(connectSsh(system({ host: 'host.invalid' })))).toMatchObject({ code: 'host-not-found' });
  });

  it('is lost with the line, and says so of what was under way', async () => {
    const link = await Link.open(sshd.port);
    try {
      const shell = await connectSsh(system({ port: link.port }));
      const running = await shell.start(wireCommand(['sleep', '60']));
      running.stdout.resume();
      link.cut();
      expect((await running.exit).lost?.code).toBe('connection-lost');
      expect((await shell.closed)?.code).toBe('connection-lost');
      expect((await failureOf(shell.start(wireCommand(['true'])))).code).toBe('connection-lost');
    } finally {
      await link.close();
    }
  });

  it('ends the command at the host when it is ended here, and leaves no files behind', async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('slc-'));
    const shell = await connectSsh(system());
    const mark = file('alive');
    const pids: number[] = [];
    const running = await shell.start(wireCommand(['sh', '-c', `echo $$ > ${mark}; exec sleep 300`]), {
      onPid: (pid) => pids.push(pid),
    });
    running.stdout.resume();
    await vi.waitFor(() => expect(pids).toHaveLength(1), { timeout: 20_000 });
    running.kill();
    await running.exit;
    await vi.waitFor(() => expect(() => process.kill(pids[0] ?? 0, 0)).toThrow(), { timeout: 20_000 });
    await shell.close();
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('slc-') && !before.includes(name))).toEqual([]);
  });

  it('is not sent through hosts of the book, which it knows nothing of', async () => {
    expect(await failureOf(connectSsh(system({ jump: sshd.target() })))).toMatchObject({ code: 'system-ssh-jump' });
  });
});
