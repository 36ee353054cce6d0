import { statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { inflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HostSchema } from '../../shared/model/host.ts';
import { decodeResumeToken } from '../../shared/zfs/token.ts';
import { wireCommand, wireEnd } from '../../shared/zfs/wire.ts';
import { connectSsh, type Exit, type Shell, targetOf } from '../ssh/index.ts';
import { startPractice } from './index.ts';
import { makeKey } from './ssh/keys.ts';
import { type Bench, startBench } from './testing/shells.ts';

let bench: Bench;
let laptop: Shell;
let backupbox: Shell;

beforeEach(async () => {
  bench = await startBench();
  laptop = await bench.connect('laptop');
  backupbox = await bench.connect('backupbox');
});
afterEach(() => bench.stop());

/** Sluice's own reader of tokens, which was made for real ones. */
const readToken = (token: string) => decodeResumeToken(token, (data) => inflateSync(data));

const zfs = (shell: Shell, ...argv: string[]) => shell.collect(wireCommand(['zfs', ...argv]));

async function column(shell: Shell, property: string, name: string): Promise<string> {
  return (await zfs(shell, 'get', '-Hp', '-o', 'value', property, name)).stdout.trim();
}

/** Pipes a send into a receive over two channels; `through` may cut or damage what passes. */
async function transfer(
  send: readonly string[],
  receive: readonly string[],
  through?: Transform,
): Promise<[Exit, Exit]> {
  const receiving = await backupbox.start(wireCommand(['zfs', 'receive', ...receive]));
  const sending = await laptop.start(wireCommand(['zfs', 'send', ...send]));
  receiving.stdout.resume();
  const steps = through === undefined ? [sending.stdout] : [sending.stdout, through];
  // What a broken pipe means is told by the statuses.
  await pipeline([...steps, receiving.stdin]).catch(() => {});
  if (through !== undefined) sending.kill();
  sending.stdout.resume();
  return Promise.all([sending.exit, receiving.exit]);
}

/** Lets so many bytes pass and ends. */
function cutAfter(bytes: number): Transform {
  let left = bytes;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (left > 0) this.push(chunk.subarray(0, left));
      left -= chunk.length;
      if (left <= 0) this.push(null);
      done();
    },
  });
}

/** Changes one bit of the byte at that place. */
function flip(place: number): Transform {
  let at = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const hit = place - at;
      at += chunk.length;
      if (hit < 0 || hit >= chunk.length) return done(null, chunk);
      const damaged = Buffer.from(chunk);
      damaged[hit] = (damaged[hit] ?? 0) ^ 1;
      done(null, damaged);
    },
  });
}

describe('a practice host', () => {
  it('is a host of the book: pinned, on loopback, marked, with a key file that others cannot read', () => {
    for (const name of ['laptop', 'backupbox']) {
      const host = HostSchema.parse(bench.host(name));
      expect(host).toMatchObject({ name, practice: true, address: { kind: 'ssh', user: 'root', host: '127.0.0.1' } });
      if (process.platform !== 'win32') expect(statSync(host.identityFile ?? '').mode & 0o777).toBe(0o600);
    }
  });

  it('lets nobody in with another key', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-other-key-'));
    const file = join(folder, 'id');
    await writeFile(file, makeKey('stranger').private, { mode: 0o600 });
    const target = targetOf({ ...bench.host('laptop'), identityFile: file });
    if (target === null) throw new Error('no target');
    await expect(connectSsh(target)).rejects.toMatchObject({ failure: { code: 'login-refused' } });
    await rm(folder, { recursive: true });
  });

  it('keeps the ZFS tools from a login without the sbin folders, as Debian does', async () => {
    const { stdout, stderr, status } = await laptop.collect('zfs list' as Parameters<Shell['collect']>[0]);
    expect({ stdout, stderr, status }).toEqual({ stdout: '', stderr: 'sh: 1: zfs: not found\n', status: 127 });
    expect((await zfs(laptop, 'version')).stdout).toBe('zfs-2.3.9-0+deb13u1\nzfs-kmod-2.3.9-0+deb13u1\n');
  });
});

describe('replication between the practice hosts', { timeout: 60_000 }, () => {
  it('carries a full stream, byte for byte the same snapshot', async () => {
    const [sent, received] = await transfer(['tank/home@auto-008'], ['-s', '-u', 'backup/laptop/copy']);
    expect([sent.status, received.status, received.stderr]).toEqual([0, 0, '']);
    for (const property of ['guid', 'creation', 'referenced', 'logicalreferenced']) {
      const there = await column(backupbox, property, 'backup/laptop/copy@auto-008');
      expect([property, there]).toEqual([property, await column(laptop, property, 'tank/home@auto-008')]);
    }
    expect(await column(backupbox, 'written', 'backup/laptop/copy')).toBe('0');
    expect(await column(backupbox, 'mounted', 'backup/laptop/copy')).toBe('no');
  });

  it('carries every snapshot since the common one', async () => {
    const argv = ['-I', 'tank/projects@auto-004', 'tank/projects@auto-008'];
    const [sent, received] = await transfer(argv, ['-s', '-u', 'backup/laptop/projects']);
    expect([sent.status, received.status]).toEqual([0, 0]);
    const guids = async (shell: Shell, dataset: string) =>
      (await zfs(shell, 'list', '-Hp', '-t', 'snapshot', '-o', 'guid', dataset)).stdout;
    expect(await guids(backupbox, 'backup/laptop/projects')).toBe(await guids(laptop, 'tank/projects'));
  });

  it('refuses an increment where the copy was written to, and takes it after a rollback', async () => {
    const argv = ['-i', '@auto-004', 'tank/home@auto-008'];
    const [, refused] = await transfer(argv, ['-s', '-u', 'backup/laptop/home']);
    expect([refused.status, refused.stderr]).toEqual([
      1,
      'cannot receive incremental stream: destination backup/laptop/home has been modified\nsince most recent snapshot\n',
    ]);
    await zfs(backupbox, 'rollback', '-r', 'backup/laptop/home@auto-004');
    const [, taken] = await transfer(argv, ['-s', '-u', 'backup/laptop/home']);
    expect([taken.status, taken.stderr]).toEqual([0, '']);
  });

  it('goes on by its token after the stream was cut', async () => {
    const target = 'backup/laptop/copy';
    const [, cut] = await transfer(['tank/home@auto-004'], ['-s', '-u', target], cutAfter(20_000_000));
    expect(cut.status).toBe(1);
    expect(cut.stderr).toMatch(/^cannot receive new filesystem stream: checksum mismatch or incomplete stream\.\n/);
    const token = await column(backupbox, 'receive_resume_token', target);
    const read = readToken(token);
    const toGuid = await column(laptop, 'guid', 'tank/home@auto-004');
    expect(read).toMatchObject({
      ok: true,
      value: { toName: 'tank/home@auto-004', toGuid, fromGuid: null, raw: false },
    });
    const kept = read.ok ? read.value.bytes : 0;
    expect(kept).toBeGreaterThan(19_000_000);
    expect(kept).toBeLessThanOrEqual(20_000_000);
    const [sent, resumed] = await transfer(['-t', token], ['-s', '-u', target]);
    expect([sent.status, resumed.status, resumed.stderr]).toEqual([0, 0, '']);
    expect(await column(backupbox, 'guid', `${target}@auto-004`)).toBe(toGuid);
    expect(await column(backupbox, 'referenced', target)).toBe(
      await column(laptop, 'referenced', 'tank/home@auto-004'),
    );
    expect(await column(backupbox, 'receive_resume_token', target)).toBe('-');
  });

  it('notices one flipped bit, keeps what was proved before it, and nothing without -s', async () => {
    const send = ['tank/home@auto-002'];
    const [, damaged] = await transfer(send, ['-u', 'backup/laptop/one'], flip(20_000_000));
    expect([damaged.status, damaged.stderr]).toEqual([1, 'cannot receive new filesystem stream: checksum mismatch\n']);
    expect((await zfs(backupbox, 'list', 'backup/laptop/one')).stderr).toBe(
      "cannot open 'backup/laptop/one': dataset does not exist\n",
    );
    const [, kept] = await transfer(send, ['-s', '-u', 'backup/laptop/two'], flip(20_000_000));
    expect(kept.stderr).toContain('Partially received snapshot is saved.\n');
    const read = readToken(await column(backupbox, 'receive_resume_token', 'backup/laptop/two'));
    expect(read.ok && read.value.bytes > 19_000_000 && read.value.bytes < 20_000_000).toBe(true);
  });

  it('keeps what came when the receiving process is ended, and the sender dies of a broken pipe', async () => {
    const receiving = await backupbox.start(wireCommand(['zfs', 'receive', '-s', '-u', 'backup/laptop/copy']));
    const pid = await new Promise<number>((resolve) => {
      const poll = setInterval(async () => {
        const found = /^(\d+) .*zfs receive/m.exec(
          (await backupbox.collect(wireCommand(['ps', '-eo', 'pgid,args']))).stdout,
        );
        if (found === null) return;
        clearInterval(poll);
        resolve(Number(found[1]));
      }, 20);
    });
    const sending = await laptop.start(wireCommand(['zfs', 'send', 'tank/home@auto-008']));
    let passed = 0;
    sending.stdout.on('data', (chunk: Buffer) => {
      passed += chunk.length;
      if (passed > 10_000_000 && passed - chunk.length <= 10_000_000) void backupbox.collect(wireEnd(pid));
    });
    receiving.stdout.resume();
    await pipeline(sending.stdout, receiving.stdin).catch(() => {});
    sending.stdout.destroy();
    const [received, sent] = await Promise.all([receiving.exit, sending.exit]);
    expect(received.status).not.toBe(0);
    expect(sent.status).not.toBe(0);
    expect(await column(backupbox, 'receive_resume_token', 'backup/laptop/copy')).toMatch(
      /^1-[0-9a-f]+-[0-9a-f]{2}-789c/,
    );
    expect((await backupbox.collect(wireCommand(['ps', '-eo', 'args']))).stdout).not.toContain('zfs receive');
  });

  it('tells the progress of a limited send once a second', async () => {
    const slow = await startBench(8_000_000);
    try {
      const shell = await slow.connect('laptop');
      const lines: string[] = [];
      const sending = await shell.start(wireCommand(['zfs', 'send', '-vP', 'tank/vm-disk@auto-003']), {
        onStderr: (line) => lines.push(line),
      });
      let bytes = 0;
      sending.stdout.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (lines.filter((line) => /^\d\d:\d\d:\d\d\t\d+\ttank\/vm-disk@auto-003$/.test(line)).length >= 2)
          sending.kill();
      });
      await sending.exit;
      expect(lines.slice(0, 2)).toEqual(['full\ttank/vm-disk@auto-003\t42043504', 'size\t42043504']);
      const rows = lines
        .filter((line) => line.split('\t').length === 3 && line.includes(':'))
        .map((line) => Number(line.split('\t')[1]));
      expect(rows.length).toBeGreaterThanOrEqual(2);
      expect(rows.every((row, index) => index === 0 || row > (rows[index - 1] ?? 0))).toBe(true);
      expect(bytes).toBeLessThan(42_043_504);
    } finally {
      await slow.stop();
    }
  });
});

describe('startPractice', { timeout: 60_000 }, () => {
  it('runs the hosts in a thread of their own, with one key for a state folder, the same identities each time', async () => {
    const stateDir = await mkdtemp(join(tmpdir(), 'sluice-practice-state-'));
    const seen: string[] = [];
    for (const _start of [1, 2]) {
      const practice = await startPractice({ stateDir, rate: null });
      const [first] = practice.toHosts();
      if (first === undefined) throw new Error('no practice host');
      expect(practice.toHosts().map((host) => host.name)).toEqual(['laptop', 'backupbox']);
      const target = targetOf(first);
      if (target === null) throw new Error('no target');
      const shell = await connectSsh(target);
      seen.push((await zfs(shell, 'list', '-Hp', '-t', 'snapshot', '-o', 'name,guid,createtxg')).stdout);
      await shell.close();
      await practice.stop();
      await expect(connectSsh(target)).rejects.toMatchObject({ failure: { code: 'connection-refused' } });
    }
    expect(seen[1]).toBe(seen[0]);
    await rm(stateDir, { recursive: true });
  });
});
