/** Hosts that only the system's own ssh can log in to: the same Shell, the same pinned key, the same failures. */
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { wireCommand } from '../../../shared/zfs/wire.ts';
import { Link } from '../../../test/lab/link.ts';
import { describeWithSshd } from '../../../test/sshd/describe.ts';
import { failureOf, NOBODYS_KEY } from '../../../test/sshd/failure-of.ts';
import { makeKey } from '../../../test/sshd/keys.ts';
import { type Sshd, startSshd } from '../../../test/sshd/sshd.ts';
import { connectSsh, OneKeyAgent, type SshTarget } from '../index.ts';
import { lives, running, until } from '../testing/processes.ts';
import { needsSystem } from './carrier.ts';
import { seeKeyBySystem } from './system-shell.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describeWithSshd('the system’s own ssh', () => {
  let sshd: Sshd;
  let folder: string;
  let config: string;
  const file = (name: string) => join(folder, name);
  /** The ssh processes that stay for a host. */
  const mastersOf = (alias: string) => running('ssh').filter((args) => args.endsWith(` -- ${alias}`));
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

  describe('where the user’s own sessions are kept open (ControlPersist)', () => {
    let persisting: string;
    const alias = 'kept';
    const asUser = (...more: string[]) =>
      execFileSync('ssh', ['-F', persisting, ...more, alias, 'true'], { stdio: 'pipe', encoding: 'utf8' });

    beforeAll(() => {
      persisting = file('persisting');
      writeFileSync(
        persisting,
        `Host ${alias}\n  HostName 127.0.0.1\n  Port ${sshd.port}\n  User ${sshd.user}\n  IdentityFile ${sshd.identityFile}\n  IdentitiesOnly yes\nHost *\n  ControlMaster auto\n  ControlPath ${file('users-%r')}\n  ControlPersist 10m\n`,
      );
    });

    it('works, and ends when it is told to', async () => {
      const shell = await connectSsh(system({ alias }), { sshConfigFile: persisting });
      // An ssh in the background would have left the one that is watched by now.
      await new Promise((resolve) => setTimeout(resolve, 1000));
      expect(await shell.collect(wireCommand(['echo', 'in']))).toMatchObject({ status: 0, stdout: 'in\n' });
      expect(mastersOf(alias)).toHaveLength(1);
      await shell.close();
      expect(await shell.closed).toBeNull();
      expect(mastersOf(alias)).toEqual([]);
    });

    it('shows the host’s key, not nothing because a session is open', async () => {
      asUser('-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null');
      try {
        const seen = await seeKeyBySystem(system({ alias }), { configFile: persisting });
        expect(seen?.fingerprint).toBe(sshd.fingerprint('ed25519'));
      } finally {
        asUser('-O', 'exit');
      }
    });
  });

  it('is missed with a word of its own', async () => {
    const target = system();
    vi.stubEnv('PATH', folder);
    try {
      expect((await failureOf(connectSsh(target))).code).toBe('no-system-ssh');
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('looks at no key any more once nobody wants to know', async () => {
    const link = await Link.open(sshd.port);
    try {
      link.freeze();
      const stop = new AbortController();
      const looking = failureOf(seeKeyBySystem(system({ port: link.port }), { signal: stop.signal }));
      setTimeout(() => stop.abort(), 300);
      expect(await looking).toMatchObject({ code: 'cancelled' });
    } finally {
      await link.close();
    }
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
    // Ended from here is not lost, although ssh leaves with 255 in both cases.
    expect(await running.exit).toMatchObject({ status: null, signal: null, lost: null });
    await vi.waitFor(() => expect(() => process.kill(pids[0] ?? 0, 0)).toThrow(), { timeout: 20_000 });
    await shell.close();
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('slc-') && !before.includes(name))).toEqual([]);
  });

  it('ends a command that is ended before it has begun', async () => {
    const shell = await connectSsh(system());
    const pids: number[] = [];
    const running = await shell.start(wireCommand(['sleep', '300']), { onPid: (pid) => pids.push(pid) });
    running.kill();
    expect(await running.exit).toMatchObject({ status: null, lost: null });
    for (const pid of pids) await until(() => !lives(pid));
    await shell.close();
  });

  it('is not sent through hosts of the book, which it knows nothing of, but finds a way of its own', async () => {
    const jump = sshd.target();
    expect(await failureOf(connectSsh(system({ jump })))).toMatchObject({ code: 'system-ssh-jump' });
    const shell = await connectSsh(system({ jump, alias: 'behind' }), { sshConfigFile: config });
    expect(await shell.collect(wireCommand(['echo', 'in']))).toMatchObject({ stdout: 'in\n' });
    await shell.close();
  });

  it('says that it carries, and refuses to lend a key, which it would do silently', async () => {
    const shell = await connectSsh(system());
    expect(shell.bySystem).toBe(true);
    await shell.close();
    const forwardedAgent = new OneKeyAgent();
    expect(await failureOf(connectSsh(system(), { forwardedAgent }))).toMatchObject({ code: 'system-ssh-agent' });
  });
});
