import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { contentOf, guidOf } from './compare.ts';
import { connectLab, type Lab, type LabHost } from './lab.ts';
import { Sluice } from './sluice.ts';

const execute = promisify(execFile);

let lab: Lab;
let alpha: LabHost;
let beta: LabHost;
let sluice: Sluice;

beforeAll(async () => {
  lab = connectLab();
  alpha = lab.host('alpha');
  beta = lab.host('beta');
  await alpha.pool('badsrc', { sizeMb: 100 });
  await beta.pool('baddst', { sizeMb: 100 });
  await alpha.run('zfs create badsrc/data; echo x > /badsrc/data/x; zfs snapshot badsrc/data@one');
  await alpha.run(['zfs', 'create', 'badsrc/with space']);
  await alpha.run(['sh', '-c', 'echo spaced > "/badsrc/with space/file name"']);
  await alpha.run(['zfs', 'snapshot', 'badsrc/with space@a snap']);
});
beforeEach(async () => {
  sluice = await Sluice.create();
});
afterEach(() => sluice.dispose());
afterAll(async () => {
  await alpha.run('zpool destroy badsrc');
  await beta.run('zpool destroy baddst');
});

/** The error of a command that was run with --json. */
const errorOf = (stdout: string): unknown => JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}').error;

describe('hosts', () => {
  test('a name that is not in the book', async () => {
    const ended = await sluice.command('plan', 'nowhere:badsrc/data', 'beta:baddst/x', '--json');
    expect(ended.status).toBe(1);
    expect(errorOf(ended.stdout)).toMatchObject({ code: 'host-unknown' });
  });

  test('an address where nothing listens, and a name that does not resolve', async () => {
    await sluice.addHost(alpha, { name: 'silent', url: 'ssh://root@127.0.0.1:1' });
    await sluice.addHost(alpha, { name: 'unresolved', url: 'ssh://root@host.invalid' });
    expect(errorOf((await sluice.command('inventory', 'silent', '--json')).stdout)).toMatchObject({
      code: 'connection-refused',
    });
    expect(errorOf((await sluice.command('inventory', 'unresolved', '--json')).stdout)).toMatchObject({
      code: 'host-not-found',
    });
  });

  test('a changed host key is refused, both fingerprints shown, and nothing is sent', async () => {
    await sluice.addHost(alpha, { hostKey: beta.hostKeyFingerprint });
    const ended = await sluice.command('inventory', 'alpha', '--json');
    expect(ended.status).toBe(1);
    expect(errorOf(ended.stdout)).toMatchObject({ code: 'host-key-changed', kind: 'permanent' });
    expect(ended.stdout).toContain(alpha.hostKeyFingerprint);
    expect(ended.stdout).toContain(beta.hostKeyFingerprint);
  });

  test('a key that the host does not accept', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-wrong-key-'));
    await execute('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'wrong')]);
    await sluice.addHost(alpha, { identity: join(folder, 'wrong') });
    const ended = await sluice.command('inventory', 'alpha', '--json');
    await rm(folder, { recursive: true });
    expect(ended.status).toBe(1);
    expect(errorOf(ended.stdout)).toMatchObject({ code: 'login-refused', kind: 'permanent' });
  });

  test('without its key given and nobody to ask, a host is not added, and its key is shown', async () => {
    const ended = await sluice.command(
      'hosts',
      'add',
      'alpha',
      alpha.url(),
      '--identity',
      alpha.identityFile,
      '--json',
    );
    expect(ended.status).toBe(1);
    expect(errorOf(ended.stdout)).toMatchObject({
      code: 'host-key-not-confirmed',
      evidence: { fingerprint: alpha.hostKeyFingerprint },
    });
    expect((await sluice.command('hosts', 'list', '--json')).stdout).not.toContain('alpha');
  });

  test('a host without zfs', async () => {
    await sluice.addHost(alpha);
    await alpha.run('for f in zfs zpool; do mv $(command -v $f) /root/$f.away; done');
    try {
      const ended = await sluice.command('inventory', 'alpha', '--json');
      expect(ended.status).toBe(1);
      expect(errorOf(ended.stdout)).toMatchObject({ code: 'zfs-missing' });
    } finally {
      await alpha.run('for f in zfs zpool; do mv /root/$f.away /usr/sbin/$f; done');
    }
  });
});

describe('names', () => {
  beforeEach(async () => {
    await sluice.addHost(alpha);
    await sluice.addHost(beta);
  });

  test('a shell command in a dataset name is refused before anything is connected', async () => {
    for (const name of [
      'badsrc/data; touch /tmp/pwned',
      'badsrc/$(touch /tmp/pwned)',
      'badsrc/`touch /tmp/pwned`',
      "badsrc/'; touch /tmp/pwned; '",
      '-badsrc',
      'badsrc//data',
      'badsrc/data@one@two',
    ]) {
      const ended = await sluice.command('run', `alpha:${name}`, 'beta:baddst/x', '--yes', '--json');
      expect([name, ended.status]).toEqual([name, 64]);
      expect(errorOf(ended.stdout)).toMatchObject({ code: 'usage' });
    }
    expect((await alpha.run('ls /tmp/pwned', { allowFailure: true })).status).not.toBe(0);
    expect((await beta.run('ls /tmp/pwned', { allowFailure: true })).status).not.toBe(0);
  });

  test('names with spaces work', { timeout: 200_000 }, async () => {
    const run = await sluice.run('alpha:badsrc/with space@a snap', 'beta:baddst/my copy');
    expect(run).toMatchObject({ status: 0, finished: { status: 'done', receipt: { proved: true } } });
    expect(await guidOf(beta, 'baddst/my copy@a snap')).toBe(await guidOf(alpha, 'badsrc/with space@a snap'));
    expect(await contentOf(beta, 'baddst/my copy', 'a snap')).toBe(
      await contentOf(alpha, 'badsrc/with space', 'a snap'),
    );
  });

  test('what is not there is a finding, and exit 2', async () => {
    const code = async (...args: string[]) => {
      const { status, plan } = await sluice.plan(...args);
      return [status, plan.findings[0]?.code];
    };
    expect(await code('alpha:badsrc/nothing', 'beta:baddst/x')).toEqual([2, 'no-such-dataset']);
    expect(await code('alpha:badsrc/data@nope', 'beta:baddst/x')).toEqual([2, 'no-such-snapshot']);
    expect(await code('alpha:badsrc/data', 'beta:nopool/x')).toEqual([2, 'no-such-pool']);
    expect(await code('alpha:badsrc', 'beta:baddst/x')).toEqual([2, 'no-snapshots']);
  });

  test('a destination that exists is named, and a free name offered first', async () => {
    await beta.run(['zfs', 'create', 'baddst/taken']);
    const { status, plan } = await sluice.plan('alpha:badsrc/data', 'beta:baddst/taken');
    expect(status).toBe(2);
    expect(plan.findings[0]).toMatchObject({ code: 'destination-exists', severity: 'blocks' });
    expect(plan.findings[0]?.fixes[0]).toMatchObject({
      destructive: false,
      change: { destination: { dataset: 'baddst/taken-2' } },
    });
  });

  test('options that make no sense are usage errors', async () => {
    for (const option of [['--limit', 'fast'], ['--readonly', 'maybe'], ['--package', 'everything'], ['--unknown']]) {
      expect(await sluice.command('plan', 'alpha:badsrc/data', 'beta:baddst/x', ...option)).toMatchObject({
        status: 64,
      });
    }
  });
});

test('too little space is found before anything is sent', { timeout: 200_000 }, async () => {
  await sluice.addHost(alpha);
  await sluice.addHost(beta);
  await alpha.run('dd if=/dev/urandom of=/badsrc/data/big bs=1M count=20 && zfs snapshot badsrc/data@big');
  await beta.run(['zfs', 'create', '-o', 'quota=5M', 'baddst/small']);
  const { status, plan } = await sluice.plan('alpha:badsrc/data', 'beta:baddst/small/copy');
  expect(status).toBe(2);
  expect(plan.findings[0]).toMatchObject({ code: 'no-space', evidence: { measuredAt: 'baddst/small' } });
});
