/** Hosts that are reached through others: every hop is known by its own key, and every way to fail has its own name. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { wireCommand } from '../../shared/zfs/wire.ts';
import { Link } from '../../test/lab/link.ts';
import { describeWithSshd } from '../../test/sshd/describe.ts';
import { failureOf, NOBODYS_KEY } from '../../test/sshd/failure-of.ts';
import { type Sshd, startSshd } from '../../test/sshd/sshd.ts';
import { startRelay } from '../transfer/relay.ts';
import { connectSsh, type SshTarget, seeHostKey } from './index.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describeWithSshd('a host behind others', () => {
  let edge: Sshd;
  let middle: Sshd;
  let inner: Sshd;
  let closedEdge: Sshd;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-jump-'));
    [edge, middle, inner, closedEdge] = await Promise.all([
      startSshd(),
      startSshd(),
      startSshd(),
      startSshd({ config: ['AllowTcpForwarding no'] }),
    ]);
  });
  afterAll(async () => {
    await Promise.all([edge, middle, inner, closedEdge].map((sshd) => sshd.stop()));
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => vi.unstubAllEnvs());

  const through = (...hops: SshTarget[]): SshTarget => {
    const [last, ...before] = hops.toReversed();
    if (last === undefined) throw new Error('no hops');
    return before.length === 0 ? last : { ...last, jump: through(...before.toReversed()) };
  };
  const named = (sshd: Sshd, hostName: string, changes: Partial<SshTarget> = {}) =>
    sshd.target({ hostName, ...changes });

  it('is reached through two hops, each with its own key, and gives its bytes back whole', async () => {
    const shell = await connectSsh(through(named(edge, 'edge'), named(middle, 'middle'), named(inner, 'inner')));
    const file = join(folder, 'data');
    const data = randomBytes(24 * 1024 * 1024);
    writeFileSync(file, data);
    const running = await shell.start(wireCommand(['cat', file]));
    const chunks: Buffer[] = [];
    for await (const chunk of running.stdout) chunks.push(chunk as Buffer);
    expect(await running.exit).toMatchObject({ status: 0, lost: null });
    expect(Buffer.concat(chunks).equals(data)).toBe(true);
    await shell.close();
    expect(inner.log()).toContain('Accepted publickey');
  });

  it('leaves no connection behind, neither when it is closed nor when the last hop refuses', async () => {
    const open = () =>
      edge.log().split('Accepted publickey').length -
      edge.log().split(/Disconnected from user|Connection closed by user/).length;
    const shell = await connectSsh(through(named(edge, 'edge'), named(inner, 'inner')));
    expect(open()).toBeGreaterThan(0);
    await shell.close();
    await failureOf(connectSsh(through(named(edge, 'edge'), named(inner, 'inner', { hostKey: NOBODYS_KEY }))));
    await vi.waitFor(() => expect(open()).toBe(0), { timeout: 20_000 });
  });

  it('is not reached if a hop shows another key: nothing gets past it', async () => {
    const accepted = () => inner.log().split('Connection from').length;
    const before = accepted();
    const target = through(named(edge, 'edge', { hostKey: NOBODYS_KEY }), named(inner, 'inner'));
    const failed = await failureOf(connectSsh(target));
    expect(failed).toMatchObject({ code: 'host-key-changed', evidence: { pinned: NOBODYS_KEY } });
    expect(failed.message).toContain('edge');
    expect(accepted()).toBe(before);
  });

  it('is refused if it shows another key itself', async () => {
    const target = through(named(edge, 'edge'), named(inner, 'inner', { hostKey: NOBODYS_KEY }));
    const failed = await failureOf(connectSsh(target));
    expect(failed.code).toBe('host-key-changed');
    expect(failed.message).toContain('inner');
  });

  it('shows its key without a login there', async () => {
    const seen = await seeHostKey(
      { host: '127.0.0.1', port: inner.port, user: 'nobody-logs-in' },
      { jump: named(edge, 'edge') },
    );
    expect(seen.fingerprint).toBe(inner.fingerprint('ed25519'));
  });

  it('is told from one that does not answer, and from a hop that lets nothing through', async () => {
    const silent = named(inner, 'inner', { port: 1 });
    expect(await failureOf(connectSsh(through(named(edge, 'edge'), silent)))).toMatchObject({
      code: 'connection-refused',
      kind: 'passing',
    });
    expect(
      await failureOf(connectSsh(through(closedEdge.target({ hostName: 'closed' }), named(inner, 'inner')))),
    ).toMatchObject({
      code: 'forwarding-refused',
      kind: 'permanent',
    });
  });

  it('is lost when a hop is lost', async () => {
    const link = await Link.open(edge.port);
    try {
      const shell = await connectSsh(through(named(edge, 'edge', { port: link.port }), named(inner, 'inner')));
      const running = await shell.start(wireCommand(['sleep', '60']));
      running.stdout.resume();
      link.cut();
      expect((await running.exit).lost?.code).toBe('connection-lost');
      expect((await shell.closed)?.code).toBe('connection-lost');
    } finally {
      await link.close();
    }
  });

  it('is reached by a relay in its own thread, with a passphrase that travels as an answer only', async () => {
    vi.stubEnv('SSH_AUTH_SOCK', '');
    const locked = join(folder, 'locked');
    execFileSync('cp', [inner.identityFile, locked]);
    execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'open sesame', '-f', locked]);
    const target = through(named(edge, 'edge'), named(inner, 'inner', { identityFile: locked }));
    const out = join(folder, 'out');
    const asked: string[] = [];
    const relay = startRelay(
      {
        source: { endpoint: { kind: 'ssh', target }, command: wireCommand(['seq', '1', '100000']) },
        destination: { endpoint: { kind: 'local' }, command: wireCommand(['tee', out]) },
        limit: null,
      },
      {
        onMeter: () => {},
        ask: async (question) => {
          asked.push(question.kind);
          return ['open sesame'];
        },
      },
    );
    const end = await relay.done;
    expect(end.fault).toBeNull();
    expect(end.source?.status).toBe(0);
    expect(asked).toEqual(['passphrase']);
  });
});
