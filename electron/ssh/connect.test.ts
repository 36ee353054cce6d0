/** Reaching a host, knowing it again and logging in: every way in which it can go wrong has a name of its own. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { wireCommand } from '../../shared/zfs/wire.ts';
import { describeWithSshd } from '../../test/sshd/describe.ts';
import { failureOf, NOBODYS_KEY } from '../../test/sshd/failure-of.ts';
import { fingerprint, type KeyType, makeKey, publicKey } from '../../test/sshd/keys.ts';
import { type Sshd, startSshd } from '../../test/sshd/sshd.ts';
import { makeKey as practiceKey } from '../practice/ssh/keys.ts';
import { CIPHERS, KEX } from './algorithms.ts';
import { type ConnectOptions, connectSsh, type SshTarget, seeHostKey } from './index.ts';

// Real processes on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Connects, runs one command and closes. */
async function works(target: SshTarget, options: ConnectOptions = {}): Promise<void> {
  const shell = await connectSsh(target, options);
  expect(await shell.collect(wireCommand(['echo', 'in']))).toMatchObject({ status: 0, stdout: 'in\n' });
  await shell.close();
}

describeWithSshd('the key of a host', () => {
  let sshd: Sshd;
  beforeAll(async () => {
    sshd = await startSshd();
  });
  afterAll(() => sshd.stop());
  const address = (port: number) => ({ host: '127.0.0.1', port, user: 'nobody-logs-in' });

  it('is seen without logging in, ed25519 first, as ssh-keygen prints it', async () => {
    expect(await seeHostKey(address(sshd.port))).toMatchObject({
      type: 'ssh-ed25519',
      fingerprint: sshd.fingerprint('ed25519'),
    });
    expect(sshd.log()).not.toContain('nobody-logs-in');
  });

  it.each<[KeyType, string]>([
    ['ecdsa', 'ecdsa-sha2-nistp256'],
    ['rsa', 'ssh-rsa'],
  ])('is of type %s where the host has only that', async (type, name) => {
    const other = await startSshd({ hostKeys: [type] });
    try {
      expect(await seeHostKey(address(other.port))).toMatchObject({ type: name, fingerprint: other.fingerprint(type) });
      await works(other.target());
    } finally {
      await other.stop();
    }
  });

  it.each<[KeyType]>([['ed25519'], ['ecdsa'], ['rsa']])(
    'may be pinned by its %s fingerprint, whatever the host shows first',
    async (type) => {
      await works(sshd.target({ hostKey: sshd.fingerprint(type) }));
    },
  );

  it('has not changed when the host gets a key of another type later', async () => {
    const before = await startSshd({ hostKeys: ['rsa'] });
    const seen = await seeHostKey(address(before.port));
    const after = await startSshd({ hostKeys: ['ed25519', 'rsa'], keysFrom: before });
    try {
      expect((await seeHostKey(address(after.port))).type).toBe('ssh-ed25519');
      await works(after.target({ hostKey: seen.fingerprint }));
    } finally {
      await after.stop();
      await before.stop();
    }
  });

  it('has changed: the connection is refused for good, with what was pinned and what was shown, before any login', async () => {
    const accepted = sshd.log().split('Accepted').length;
    const refused = await failureOf(connectSsh(sshd.target({ hostKey: NOBODYS_KEY })));
    expect(refused).toMatchObject({
      code: 'host-key-changed',
      kind: 'permanent',
      evidence: {
        pinned: NOBODYS_KEY,
        shown: [
          { type: 'ssh-ed25519', fingerprint: sshd.fingerprint('ed25519') },
          { type: 'ecdsa-sha2-nistp256', fingerprint: sshd.fingerprint('ecdsa') },
          { type: 'ssh-rsa', fingerprint: sshd.fingerprint('rsa') },
        ],
      },
    });
    expect(refused.message).toContain('loopback');
    expect(sshd.log().split('Accepted').length).toBe(accepted);
  });

  it('has changed also on a host with one key', async () => {
    const other = await startSshd({ hostKeys: ['ed25519'] });
    try {
      expect(await failureOf(connectSsh(other.target({ hostKey: NOBODYS_KEY })))).toMatchObject({
        code: 'host-key-changed',
        evidence: { hostName: 'loopback', shown: [{ type: 'ssh-ed25519' }] },
      });
    } finally {
      await other.stop();
    }
  });
});

describeWithSshd('logging in', () => {
  let sshd: Sshd;
  let folder: string;
  const file = (name: string) => join(folder, name);
  const authorise = (name: string) =>
    appendFileSync(join(sshd.folder, 'authorized_keys'), `${publicKey(file(name))}\n`);
  const refusedFor = (identityFile: string | null) => failureOf(connectSsh(sshd.target({ identityFile })));

  beforeAll(async () => {
    sshd = await startSshd();
    folder = mkdtempSync(join(tmpdir(), 'sluice-keys-'));
    makeKey(file('unknown'), 'ed25519');
  });
  afterAll(async () => {
    await sshd.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => vi.unstubAllEnvs());

  it.each<[KeyType]>([['ed25519'], ['ecdsa'], ['rsa']])('works with a key file of type %s', async (type) => {
    makeKey(file(`login-${type}`), type);
    authorise(`login-${type}`);
    await works(sshd.target({ identityFile: file(`login-${type}`) }));
  });

  it.each(CIPHERS.map((cipher) => [cipher]))('works with only %s', async (cipher) => {
    await works(sshd.target(), { ciphers: [cipher] });
  });

  it('finds a key file by its path from the home folder', async () => {
    vi.stubEnv('HOME', sshd.folder);
    await works(sshd.target({ identityFile: '~/login' }));
  });

  it('is refused for good with a key that the host does not know, naming what was tried and what would do', async () => {
    expect(await refusedFor(file('unknown'))).toMatchObject({
      code: 'login-refused',
      kind: 'permanent',
      evidence: {
        tried: [`the key ${file('unknown')} (ssh-ed25519, ${fingerprint(file('unknown'))})`],
        methods: ['publickey'],
      },
    });
  });

  it('is refused for a user that the host does not have', async () => {
    expect(await failureOf(connectSsh(sshd.target({ user: 'sluice-no-such-user' })))).toMatchObject({
      code: 'login-refused',
      kind: 'permanent',
    });
  });

  it.each([
    ['OpenSSH', []],
    ['PEM', ['-m', 'PEM']],
  ])('asks for the agent where a key file in %s format has a passphrase', async (format, extra) => {
    const name = file(`locked-${format}`);
    execFileSync('ssh-keygen', ['-q', '-t', 'rsa', '-b', '2048', ...extra, '-N', 'secret words', '-f', name]);
    const refused = await refusedFor(name);
    expect(refused).toMatchObject({ code: 'key-needs-passphrase', kind: 'permanent' });
    expect(refused.next).toContain(`ssh-add ${name}`);
  });

  it('names what is wrong with a key file', async () => {
    writeFileSync(file('nonsense'), 'not a key\n');
    expect((await refusedFor(file('nonsense'))).code).toBe('key-not-understood');
    expect((await refusedFor(file('none'))).code).toBe('key-not-found');
    expect((await refusedFor(folder)).code).toBe('key-unreadable');
    expect((await refusedFor(file('unknown.pub'))).code).toBe('key-is-public');
  });

  it('says that there is no agent where none is', async () => {
    vi.stubEnv('SSH_AUTH_SOCK', '');
    expect((await refusedFor(null)).code).toBe('no-agent');
  });

  describe('by an agent', () => {
    let agent: ChildProcess;
    const socket = () => file('agent');
    beforeAll(async () => {
      agent = spawn('ssh-agent', ['-D', '-a', socket()], { stdio: ['ignore', 'pipe', 'inherit'] });
      if (agent.stdout !== null) await once(agent.stdout, 'data');
    });
    afterAll(async () => {
      agent.kill('SIGTERM');
      await once(agent, 'exit');
    });
    const add = (name: string) =>
      execFileSync('ssh-add', ['-q', name], { env: { ...process.env, SSH_AUTH_SOCK: socket() } });

    it('is refused while the agent has no key, and works once it has (RSA signs with SHA-2)', async () => {
      vi.stubEnv('SSH_AUTH_SOCK', socket());
      const refused = await refusedFor(null);
      expect(refused).toMatchObject({ code: 'login-refused', kind: 'permanent' });
      expect(refused.evidence.tried).toEqual([`the keys of the SSH agent at ${socket()}`]);
      add(file('unknown'));
      makeKey(file('agent-rsa'), 'rsa');
      authorise('agent-rsa');
      add(file('agent-rsa'));
      await works(sshd.target({ identityFile: null }));
    });

    it('tells an agent that does not answer from a host that refuses', async () => {
      vi.stubEnv('SSH_AUTH_SOCK', file('nobody-listens'));
      expect((await refusedFor(null)).cause).toBe('Failed to connect to agent');
    });
  });
});

describe('an address where something else goes wrong', () => {
  const servers: Server[] = [];
  const sockets: Socket[] = [];
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
    for (const server of servers.splice(0)) server.close();
  });

  const at = (port: number): SshTarget => ({
    user: 'u',
    host: '127.0.0.1',
    port,
    identityFile: keyFile,
    hostKey: NOBODYS_KEY,
    hostName: 'odd',
  });
  let folder: string;
  let keyFile: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-odd-'));
    keyFile = join(folder, 'key');
    writeFileSync(keyFile, practiceKey('a user').private);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function listen(onConnection: (socket: Socket) => void): Promise<number> {
    const server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => {});
      onConnection(socket);
    });
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }
  const attempt = async (onConnection: (socket: Socket) => void, options: ConnectOptions = {}) =>
    failureOf(connectSsh(at(await listen(onConnection)), { timeouts: { handshakeMs: 300 }, ...options }));

  it('nobody listens', async () => {
    const port = await listen(() => {});
    const [server] = servers.splice(0);
    server?.close();
    const refused = await failureOf(connectSsh(at(port)));
    expect(refused).toMatchObject({ code: 'connection-refused', kind: 'passing', evidence: { port } });
  });

  it('the name does not exist', async () => {
    const target = { ...at(22), host: 'no-such-host.invalid' };
    expect(await failureOf(connectSsh(target))).toMatchObject({ code: 'host-not-found', kind: 'passing' });
  });

  it('the port is silent', async () => {
    expect(await attempt(() => {})).toMatchObject({ code: 'no-banner', kind: 'passing' });
  });

  it('the port hangs up without a word', async () => {
    expect(await attempt((socket) => socket.end())).toMatchObject({ code: 'no-banner', kind: 'passing' });
  });

  it('a web server answers', async () => {
    const failed = await attempt((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect(failed).toMatchObject({ code: 'not-ssh', kind: 'permanent' });
    expect(failed.cause).toContain('HTTP/1.1 400');
  });

  it('something chats on that is not SSH', async () => {
    expect(await attempt((socket) => socket.write('220 mail.example.org ESMTP\r\n'))).toMatchObject({
      code: 'not-ssh',
      kind: 'permanent',
    });
  });

  it('the server turns everybody away for a while', async () => {
    expect(await attempt((socket) => socket.end('Exceeded MaxStartups\r\n'))).toMatchObject({
      code: 'not-ssh',
      kind: 'passing',
    });
  });

  it('the server says its banner and no more', async () => {
    expect(await attempt((socket) => socket.write('SSH-2.0-OpenSSH_9.9\r\n'))).toMatchObject({
      code: 'handshake-failed',
      kind: 'passing',
    });
  });

  it('the server hangs up in the handshake', async () => {
    expect(await attempt((socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n'))).toMatchObject({
      code: 'handshake-failed',
      kind: 'passing',
    });
  });

  it('the server is cancelled on', async () => {
    const controller = new AbortController();
    const failed = attempt(() => controller.abort(), { signal: controller.signal, timeouts: {} });
    expect((await failed).code).toBe('cancelled');
    expect((await failureOf(connectSsh(at(1), { signal: controller.signal }))).code).toBe('cancelled');
  });

  it('the server never decides about the login', async () => {
    const hostKey = practiceKey('a host');
    const server = new ssh2.Server({ hostKeys: [hostKey.private] }, (client) => {
      client.on('authentication', () => {});
      client.on('error', () => {});
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { fingerprint: shown } = await seeHostKey({ host: '127.0.0.1', port, user: 'u' });
    const failed = await failureOf(connectSsh({ ...at(port), hostKey: shown }, { timeouts: { loginMs: 300 } }));
    expect(failed).toMatchObject({ code: 'login-timeout', kind: 'passing' });
    server.close();
  });
});

describeWithSshd('a host that hangs after the login', () => {
  it('is told by its own name, whether no command begins or one does not end', async () => {
    const hostKey = practiceKey('a host');
    // Answers everything but the wish for a session.
    const server = new ssh2.Server({ hostKeys: [hostKey.private] }, (client) => {
      client.on('authentication', (context) => context.accept());
      client.on('session', () => {});
      client.on('error', () => {});
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { fingerprint: shown } = await seeHostKey({ host: '127.0.0.1', port, user: 'u' });
    const sshd = await startSshd({ config: ['ForceCommand sleep 600'] });
    try {
      const mute = await connectSsh(sshd.target({ port, hostKey: shown }), { timeouts: { startMs: 300 } });
      const failed = await failureOf(mute.collect(wireCommand(['true'])));
      expect(failed).toMatchObject({ code: 'command-not-started', kind: 'passing', evidence: { port } });
      await mute.close();
      const slow = await connectSsh(sshd.target());
      const late = await failureOf(slow.collect(wireCommand(['true']), { timeoutMs: 500 }));
      expect(late).toMatchObject({ code: 'timeout', kind: 'passing' });
      await slow.close();
    } finally {
      await sshd.stop();
      server.close();
    }
  });
});

describeWithSshd('a server with other algorithms', () => {
  it('is a matter of its configuration, not of trying again', async () => {
    const sshd = await startSshd({ config: ['KexAlgorithms diffie-hellman-group16-sha512'] });
    try {
      const failed = await failureOf(connectSsh(sshd.target()));
      expect(failed).toMatchObject({ code: 'handshake-failed', kind: 'permanent' });
      expect(failed.cause).toContain('no matching key exchange algorithm');
    } finally {
      await sshd.stop();
    }
  });

  it.each(KEX.filter((kex) => !kex.endsWith('@libssh.org')).map((kex) => [kex]))(
    'is reached with only %s',
    async (kex) => {
      const sshd = await startSshd({ hostKeys: ['ed25519'], config: [`KexAlgorithms ${kex}`] });
      try {
        await works(sshd.target());
      } finally {
        await sshd.stop();
      }
    },
  );
});
