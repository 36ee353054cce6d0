/** What every Shell does, over SSH and on this computer alike. */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { wireCommand, wireEnd } from '../../shared/zfs/wire.ts';
import { describeWithSshd } from '../../test/sshd/describe.ts';
import { type Sshd, startSshd } from '../../test/sshd/sshd.ts';
import { connectSsh, localShell, type Shell } from './index.ts';
import { lives, until } from './testing/processes.ts';

// Real processes on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const MIB = 1024 * 1024;
const sh = (script: string) => wireCommand(['sh', '-c', script]);

function shellSuite(open: () => Promise<Shell>): void {
  let shell: Shell;
  let folder: string;
  beforeAll(async () => {
    shell = await open();
    folder = mkdtempSync(join(tmpdir(), 'sluice-shell-'));
  });
  afterAll(async () => {
    await shell.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('keeps stdout, stderr and status apart', async () => {
    const collected = await shell.collect(sh('echo out; echo err >&2; exit 3'));
    expect(collected).toEqual({ status: 3, signal: null, lost: null, stdout: 'out\n', stderr: 'err\n' });
  });

  it('tells a status of 255, which is also ssh’s word for a lost line, from a lost line', async () => {
    expect(await shell.collect(sh('exit 255'))).toMatchObject({ status: 255, lost: null });
  });

  it('reports the status of a command that a signal ended', async () => {
    expect(await shell.collect(sh('kill -9 $$'))).toMatchObject({ status: 137, lost: null });
  });

  it('takes the status from the trailer also when a message without an end of line stands before it', async () => {
    expect(await shell.collect(sh('printf broken >&2; exit 4'))).toMatchObject({ status: 4, stderr: 'broken' });
  });

  it('gives collected commands an empty input', async () => {
    expect(await shell.collect(wireCommand(['cat']))).toMatchObject({ status: 0, stdout: '' });
  });

  it('passes arguments on exactly', async () => {
    const awkward = ["it's", '$HOME', '`id`', 'a b', '\\', '"', 'ünï', '*', '', '-n', 'line\nbreak'];
    const collected = await shell.collect(wireCommand(['printf', '%s|', ...awkward]));
    expect(collected.stdout).toBe(`${awkward.join('|')}|`);
  });

  it('carries binary data exactly, both ways at once', async () => {
    const data = randomBytes(16 * MIB + 12_345);
    const command = await shell.start(wireCommand(['cat']));
    const back = createHash('sha256');
    await Promise.all([pipeline(Readable.from(chunksOf(data)), command.stdin), pipeline(command.stdout, back)]);
    expect(back.digest('hex')).toBe(createHash('sha256').update(data).digest('hex'));
    expect(await command.exit).toMatchObject({ status: 0, lost: null });
  });

  it('reads stderr always: 8 MiB of it that nobody asked for do not freeze stdout', async () => {
    const flood = `head -c ${8 * MIB} /dev/zero | tr '\\0' 'x' | fold -w 79 >&2; echo after`;
    const collected = await shell.collect(sh(flood));
    expect(collected).toMatchObject({ status: 0, stdout: 'after\n' });
    expect(collected.stderr.length).toBeGreaterThan(60 * 1024);
    expect(collected.stderr.length).toBeLessThanOrEqual(64 * 1024);
  });

  it('bounds a line of stderr that never ends, and finds the trailer behind it', async () => {
    const collected = await shell.collect(sh(`head -c ${4 * MIB} /dev/zero | tr '\\0' 'y' >&2; exit 9`));
    expect(collected.status).toBe(9);
    expect(collected.stderr.length).toBeLessThanOrEqual(64 * 1024);
    expect(collected.stderr).toMatch(/^y+$/);
  });

  it('hands out lines of stderr as they come, in order, without the frame’s', async () => {
    const seen: string[] = [];
    const command = await shell.start(
      sh('echo one >&2; echo two >&2; printf "bad \\377 byte\\n" >&2; printf end >&2'),
      {
        onStderr: (line) => seen.push(line),
      },
    );
    command.stdin.end();
    command.stdout.resume();
    await command.exit;
    expect(seen).toEqual(['one', 'two', 'bad \ufffd byte', 'end']);
  });

  it('lets an upload fail at once when the receiver dies early, whose own words say why', async () => {
    const command = await shell.start(sh('head -c 100000 >/dev/null; echo "cannot receive: no space" >&2; exit 1'));
    command.stdout.resume();
    await expect(pipeline(Readable.from(zeros(256 * MIB)), command.stdin)).rejects.toMatchObject({
      failure: { code: 'command-ended-early' },
    });
    expect(await command.exit).toMatchObject({ status: 1, lost: null, stderr: 'cannot receive: no space\n' });
  });

  it('never shows a command a clean end of input that was cut', async () => {
    const mark = join(folder, 'complete');
    const command = await shell.start(sh(`cat >/dev/null && touch ${mark}`));
    command.stdout.resume();
    const cut = async function* () {
      yield Buffer.alloc(MIB);
      throw new Error('the source failed');
    };
    await expect(pipeline(Readable.from(cut()), command.stdin)).rejects.toThrow('the source failed');
    expect((await command.exit).status).not.toBe(0);
    expect(existsSync(mark)).toBe(false);
  });

  it('ends a silent command and its children', async () => {
    const command = await shell.start(sh('sleep 1000 & echo $!; wait'));
    const [line] = await Promise.race([
      new Promise<string[]>((resolve) => command.stdout.once('data', (data) => resolve([String(data)]))),
      command.exit.then(() => ['']),
    ]);
    const pid = Number(line);
    expect(lives(pid)).toBe(true);
    command.kill();
    const exit = await command.exit;
    expect(exit.status).not.toBe(0);
    await until(() => !lives(pid));
  });

  it('ends a command whose time is over, and says so', async () => {
    const pidFile = join(folder, 'late');
    const late = shell.collect(sh(`echo $$ > ${pidFile}; exec sleep 1000`), { timeoutMs: 1500 });
    await expect(late).rejects.toMatchObject({ failure: { code: 'timeout', kind: 'passing' } });
    // On a machine so busy that it had not even begun there is nothing to see.
    await until(() => !existsSync(pidFile) || !lives(Number(readFileSync(pidFile, 'utf8'))));
  });

  it('ends a cancelled command, also one that was cancelled before it began', async () => {
    const mark = join(folder, 'cancelled');
    const controller = new AbortController();
    const command = shell.collect(sh(`touch ${mark}; sleep 1000`), { signal: controller.signal });
    await Promise.race([until(() => existsSync(mark)), command]);
    controller.abort();
    await expect(command).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    rmSync(mark);
    await expect(shell.collect(sh(`touch ${mark}`), { signal: controller.signal })).rejects.toMatchObject({
      failure: { code: 'cancelled' },
    });
    expect(existsSync(mark)).toBe(false);
  });

  it('ends a command that prints more than was asked for', async () => {
    const endless = shell.collect(sh('yes'), { maxBytes: MIB });
    await expect(endless).rejects.toMatchObject({ failure: { code: 'output-too-large' } });
  });

  it('yields lines, the last one without an end too, and returns the exit', async () => {
    const lines = shell.lines(sh('printf "one\\n\\ntwo äöü\\nlast"; echo why >&2; exit 5'));
    const seen: string[] = [];
    for (;;) {
      const next = await lines.next();
      if (next.done) {
        expect(next.value).toEqual({ status: 5, signal: null, lost: null, stderr: 'why\n' });
        break;
      }
      seen.push(next.value);
    }
    expect(seen).toEqual(['one', '', 'two äöü', 'last']);
  });

  it('yields many lines whole', async () => {
    let sum = 0;
    for await (const line of shell.lines(wireCommand(['seq', '200000']))) sum += Number(line);
    expect(sum).toBe((200_000 * 200_001) / 2);
  });

  it('ends a command whose lines nobody wants any more', async () => {
    const pidFile = join(folder, 'lines');
    for await (const line of shell.lines(sh(`echo $$ > ${pidFile}; echo first; exec sleep 1000`))) {
      expect(line).toBe('first');
      break;
    }
    await until(() => !lives(Number(readFileSync(pidFile, 'utf8'))));
  });

  it('runs many commands at once', async () => {
    const numbers = Array.from({ length: 30 }, (_, index) => index);
    const collected = await Promise.all(numbers.map((n) => shell.collect(wireCommand(['echo', String(n)]))));
    expect(collected.map(({ stdout }) => Number(stdout))).toEqual(numbers);
  });

  it('ends what is under way when it is closed, and starts nothing afterwards', async () => {
    const own = await open();
    const command = await own.start(sh('echo $$; exec sleep 1000'));
    const pid = Number(await new Promise((resolve) => command.stdout.once('data', resolve)));
    await own.close();
    expect((await command.exit).status).not.toBe(0);
    await until(() => !lives(pid));
    expect(await own.closed).toBeNull();
    const after = { failure: { code: 'connection-closed' } };
    await expect(own.start(wireCommand(['true']))).rejects.toMatchObject(after);
    await expect(own.collect(wireCommand(['true']))).rejects.toMatchObject(after);
    await own.close();
  });
}

function* chunksOf(data: Buffer): Generator<Buffer> {
  for (let from = 0; from < data.length; from += 65_536) yield data.subarray(from, from + 65_536);
}

function* zeros(bytes: number): Generator<Buffer> {
  const chunk = Buffer.alloc(65_536);
  for (let sent = 0; sent < bytes; sent += chunk.length) yield chunk;
}

describeWithSshd('a shell over SSH', () => {
  let sshd: Sshd;
  beforeAll(async () => {
    sshd = await startSshd();
  });
  afterAll(() => sshd.stop());
  shellSuite(() => connectSsh(sshd.target()));
});

describe.skipIf(process.platform === 'win32')('the shell of this computer', () => {
  shellSuite(async () => localShell());

  it('ends a command also where the login shell stays in front of it, so that its pid is no process group', async () => {
    const shell = localShell();
    // csh does so; here another sh does.
    const command = await shell.start(sh('sh -c "echo \\$\\$; sleep 1000 & echo \\$!; wait; :"; echo ended; :'));
    const pids: number[] = [];
    let rest = '';
    for await (const chunk of command.stdout) {
      rest += String(chunk);
      if (pids.length === 0 && rest.split('\n').length > 2) {
        pids.push(...rest.split('\n').slice(0, 2).map(Number));
        expect(pids.map(lives)).toEqual([true, true]);
        await shell.collect(wireEnd(pids[0] ?? 0));
      }
    }
    expect(rest).toContain('ended');
    await until(() => !pids.some(lives));
    await shell.close();
  });
});

describe('the shell of this computer under Windows', () => {
  it('says that there is no ZFS', async () => {
    const shell = localShell('win32');
    await expect(shell.start(wireCommand(['zfs', 'list']))).rejects.toMatchObject({
      failure: { code: 'no-local-zfs' },
    });
    await expect(shell.collect(wireCommand(['zfs']))).rejects.toMatchObject({ failure: { code: 'no-local-zfs' } });
  });
});
