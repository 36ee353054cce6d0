import { type ChildProcessWithoutNullStreams, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  quote,
  readBatch,
  readBatchMark,
  readWatch,
  showCommand,
  splitFrame,
  type WireText,
  wireBatch,
  wireCommand,
  wireContinue,
  wireEnd,
  wireEndOrphan,
  wirePipe,
  wireStages,
  wireSuspend,
} from './wire.ts';

/** A shell gets the text as its command line, as sshd hands it to a login shell. */
function sh(text: string, input: string | Buffer = '') {
  const { stdout, stderr, status } = spawnSync('/bin/sh', ['-c', text], { input });
  return { stdout: stdout.toString(), stderr: stderr.toString(), status };
}

const nasty = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'a \'"\\\n\t\r$`!#&;|<>(){}[]*?~=%^-'), maxLength: 16 }),
  fc.string({ unit: 'binary', maxLength: 8 }).filter((text) => !text.includes('\0')),
);

describe('quoting', () => {
  it.each([
    ['', "''"],
    ['tank/home@a', 'tank/home@a'],
    ['S/ lead', "'S/ lead'"],
    ["it's", "'it'\\''s'"],
    ['-o', '-o'],
    ['readonly=on', 'readonly=on'],
    ['#b', "'#b'"],
    ['tank#b', 'tank#b'],
    ['~', "'~'"],
    ['a\nb', "'a\nb'"],
    ['$(id)', "'$(id)'"],
    ['ü', "'ü'"],
  ])('%j becomes %s', (argument, quoted) => {
    expect(quote(argument)).toBe(quoted);
  });

  it.skipIf(process.platform === 'win32')(
    'a real shell reads every list of arguments back as it was',
    { timeout: 60_000 },
    () => {
      fc.assert(
        fc.property(fc.array(nasty, { minLength: 1, maxLength: 12 }), (given) => {
          const read = sh(showCommand(['printf', '%s\\0', ...given]))
            .stdout.split('\0')
            .slice(0, -1);
          expect(read).toEqual(given);
        }),
        { numRuns: 150 },
      );
    },
  );

  it.skipIf(process.platform === 'win32')('also through the two shells of a frame', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.array(nasty, { minLength: 1, maxLength: 12 }), (given) => {
        const { stdout, stderr } = sh(wireCommand(['printf', '%s\\0', ...given]));
        expect(stdout.split('\0').slice(0, -1)).toEqual(given);
        expect(stderr).toMatch(/^sluice-pid:\d+\nsluice-status:0\n$/);
      }),
      { numRuns: 100 },
    );
  });
});

/** Login shells that are read differently from /bin/sh; Debian's csh is bsd-csh, macOS's is tcsh. */
const OTHER_SHELLS = ['bsd-csh', 'tcsh', 'fish', 'zsh', 'ksh', 'mksh', 'bash'].flatMap((name) => {
  const found = ['/bin', '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'].map((folder) => `${folder}/${name}`);
  return found.find((file) => existsSync(file)) ?? [];
});
const LOGIN_SHELLS = [
  ...['sh', 'dash', 'busybox', 'csh'].map((name) => `/bin/${name}`).filter(existsSync),
  ...OTHER_SHELLS,
];
const absent = ['tcsh', 'fish'].filter((name) => !OTHER_SHELLS.some((file) => file.endsWith(`/${name}`)));
if (absent.length > 0) console.warn(`Wire texts are not tried with ${absent.join(' and ')}: not installed here.`);

describe.skipIf(OTHER_SHELLS.length === 0)('a framed command', () => {
  it.each(OTHER_SHELLS)('comes whole through the login shell %s', { timeout: 120_000 }, (shell) => {
    const home = mkdtempSync(join(tmpdir(), 'sluice-shell-'));
    const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home };
    try {
      fc.assert(
        fc.property(
          fc.array(
            nasty.map((text) => text.replaceAll('\n', ' ')),
            { minLength: 1, maxLength: 6 },
          ),
          (given) => {
            const text = wireCommand(['sh', '-c', `printf '%s\\0' "$@"`, 'sh', ...given]);
            const { stdout, stderr } = spawnSync(shell, ['-c', text], { env });
            expect(stdout.toString().split('\0').slice(0, -1)).toEqual(given);
            expect(stderr.toString()).toMatch(/^sluice-pid:\d+\nsluice-status:0\n$/);
          },
        ),
        { numRuns: 60 },
      );
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });
});

describe.skipIf(process.platform === 'win32')('a framed command', () => {
  it.each(LOGIN_SHELLS)(
    'leads the process group that the login shell %s was started in',
    { timeout: 60_000 },
    (shell) => {
      const home = mkdtempSync(join(tmpdir(), 'sluice-shell-'));
      const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home };
      const busybox = shell.endsWith('/busybox') ? ['sh'] : [];
      const { pid, stderr } = spawnSync(shell, [...busybox, '-c', wireCommand(['true'])], { env });
      rmSync(home, { recursive: true, force: true });
      expect(stderr.toString()).toBe(`sluice-pid:${pid}\nsluice-status:0\n`);
    },
  );

  it('has its own stdin and stdout, byte for byte', () => {
    const bytes = Buffer.from(Array.from({ length: 4096 }, (_, at) => at % 256));
    const { stdout } = spawnSync('/bin/sh', ['-c', wireCommand(['cat'])], { input: bytes });
    expect(stdout.equals(bytes)).toBe(true);
  });

  it.each([
    [['true'], 0],
    [['false'], 1],
    [['sh', '-c', 'exit 255'], 255],
    [['sh', '-c', 'kill -9 $$'], 137],
    [['sluice-has-no-such-command'], 127],
  ])('%j: the trailer tells status %i', (argv, status) => {
    const lines = sh(wireCommand(argv)).stderr.trimEnd().split('\n');
    expect(splitFrame(lines.at(-1) ?? '').frame).toEqual({ kind: 'status', value: status });
  });

  it('speaks C and finds what is in the folders of system programs', () => {
    const { stdout } = sh(`LC_ALL=de_DE.UTF-8 ${wireCommand(['sh', '-c', 'echo "$LC_ALL $PATH"'])}`);
    expect(stdout).toMatch(/^C /);
    expect(stdout).toContain(':/usr/sbin:/sbin:');
  });
});

describe('a batch', () => {
  const batch = (...commands: string[][]) => {
    const { stdout, stderr } = sh(wireBatch(commands));
    return readBatch(commands.length, stdout, stderr);
  };
  const script = (text: string) => ['sh', '-c', text];

  it.skipIf(process.platform === 'win32')(
    'keeps outputs apart, also empty ones and those without a last newline',
    () => {
      expect(
        batch(
          script('printf a'),
          ['true'],
          script('echo b; echo; echo c'),
          script('printf "\\n\\n"'),
          script('printf oops >&2; exit 2'),
          script('echo out; echo error >&2; exit 1'),
          ['sluice-has-no-such-command'],
        ),
      ).toEqual([
        { stdout: 'a', stderr: '', status: 0 },
        { stdout: '', stderr: '', status: 0 },
        { stdout: 'b\n\nc\n', stderr: '', status: 0 },
        { stdout: '\n\n', stderr: '', status: 0 },
        { stdout: '', stderr: 'oops', status: 2 },
        { stdout: 'out\n', stderr: 'error\n', status: 1 },
        { stdout: '', stderr: expect.stringContaining('sluice-has-no-such-command: '), status: 127 },
      ]);
    },
  );

  it.skipIf(process.platform === 'win32')('whatever they print', { timeout: 60_000 }, () => {
    const output = fc.string({ unit: fc.constantFrom(...'ab \n\t01'), maxLength: 8 });
    fc.assert(
      fc.property(
        fc.array(fc.record({ stdout: output, stderr: output, status: fc.nat(255) }), { maxLength: 5 }),
        (all) => {
          const commands = all.map((one) => [
            'sh',
            '-c',
            'printf %s "$1"; printf %s "$2" >&2; exit "$3"',
            'sh',
            one.stdout,
            one.stderr,
            String(one.status),
          ]);
          expect(batch(...commands)).toEqual(all);
        },
      ),
      { numRuns: 60 },
    );
  });

  it.skipIf(process.platform === 'win32')('gives no command the next one’s text to read', () => {
    expect(batch(['cat'], script('echo b'))).toEqual([
      { stdout: '', stderr: '', status: 0 },
      { stdout: 'b\n', stderr: '', status: 0 },
    ]);
  });

  it.each([
    ['', [null, null]],
    ['half a li', [null, null]],
    ['a\n\n\u001e0 12', [null, null]],
    ['a\n\n\u001e0 127\n', [{ stdout: 'a\n', stderr: '', status: 127 }, null]],
    ['a\n\n\u001e0 0\nb\n\n\u001e1', [{ stdout: 'a\n', stderr: '', status: 0 }, null]],
  ])('cut off at %j: what was not seen to end is null', (stdout, parts) => {
    expect(readBatch(2, stdout, '')).toEqual(parts);
  });

  it.each([
    ['\u001e0 0', { index: 0, status: 0 }],
    ['\u001e12 127', { index: 12, status: 127 }],
    ['\u001e', null],
    ['\u001e1', null],
    ['\u001e 1', null],
    ['\u001ea b', null],
    ['0 0', null],
    [' \u001e0 0', null],
  ])('the mark in %j', (line, mark) => {
    expect(readBatchMark(line)).toEqual(mark);
  });
});

it('no wire text is anything but exec /bin/sh with one quoted argument', () => {
  const texts: WireText[] = [wireCommand(['zfs', 'list', "a'b"]), wireBatch([['a'], ['b', '$(c)']]), wireEnd(4711)];
  for (const text of texts) expect(text).toMatch(/^exec \/bin\/sh -c '(?:[^'\\!]|'\\['\\!]')*'$/);
});

describe('the frame’s lines', () => {
  it.each([
    ['sluice-pid:4711', '', { kind: 'pid', value: 4711 }],
    ['sluice-status:0', '', { kind: 'status', value: 0 }],
    ['sluice-status:255\r', '', { kind: 'status', value: 255 }],
    ['cannot receive: sluice-status:1', 'cannot receive: ', { kind: 'status', value: 1 }],
    ['sluice-pid:1 sluice-status:2', 'sluice-pid:1 ', { kind: 'status', value: 2 }],
  ])('in %j', (line, own, frame) => {
    expect(splitFrame(line)).toEqual({ own, frame });
  });

  it.each(['', 'sluice-status:', 'sluice-status:x', 'sluice-status:1 or so', 'sluice-other:1'])(
    'are not in %j',
    (line) => {
      expect(splitFrame(line)).toEqual({ own: line, frame: null });
    },
  );
});

describe('ending a command', () => {
  it('names only the pid that was reported', () => {
    expect(wireEnd(4711).match(/\d{2,}/g)).toEqual(Array(6).fill('4711'));
  });

  // `kill -- -1` ends everything, `kill -- -0` the own group.
  it.each([0, 1, -5, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60])('refuses %d', (pid) => {
    expect(() => wireEnd(pid)).toThrow(RangeError);
    expect(() => wireSuspend(pid, 4711)).toThrow(RangeError);
    expect(() => wireSuspend(4711, pid)).toThrow(RangeError);
    expect(() => wireContinue(pid)).toThrow(RangeError);
  });

  it.skipIf(process.platform === 'win32')('that is over cannot be stopped, and the status says so', () => {
    const { pid } = spawnSync('true');
    expect(sh(wireSuspend(pid, pid)).status).not.toBe(0);
    expect(sh(wireContinue(pid)).status).not.toBe(0);
  });
});

/** What is /bin/sh somewhere; how it is started: as sshd and Sluice do, or by a server without a session for each (dropbear). */
const FRAME_SHELLS = ['/bin/sh', '/bin/bash', '/bin/ksh', '/bin/mksh'].filter((file) => existsSync(file));
const PIPES = FRAME_SHELLS.flatMap((shell) => [
  { shell, detached: true },
  { shell, detached: false },
]);

describe.skipIf(process.platform === 'win32').each(PIPES)('a pipe (%j)', ({ shell, detached }) => {
  let folder: string;
  let child: ChildProcessWithoutNullStreams;
  let pid: number;
  let watch: number;
  let exit: Promise<unknown>;
  const send = ['sh', '-c', 'while :; do echo x; sleep 0.01; done'];
  const arrived = () => statSync(join(folder, 'arrived')).size;
  /** The pipe's own processes: zombies are none. */
  const members = () => {
    const all = execFileSync('ps', ['-A', '-o', 'pid=,stat=,args='], { encoding: 'utf8' }).split('\n');
    return all.filter((line) => line.includes(folder) && !/^ *\d+ +Z/.test(line));
  };
  const until = (holds: () => boolean) => expect.poll(holds, { timeout: 20_000 }).toBe(true);

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-pipe-'));
    writeFileSync(join(folder, 'arrived'), '');
    const text = wirePipe([send, ['cat'], ['sh', '-c', 'cat >>"$1"', 'sh', join(folder, 'arrived')]]);
    child = spawn(shell, ['-c', text.replace('/bin/sh', shell)], { detached });
    child.stdout.resume();
    exit = new Promise((resolve) => child.once('exit', (...how) => resolve(how)));
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += String(chunk);
    });
    await until(() => stderr.split('\n').length > 2 && arrived() > 10);
    const [first = '', second = ''] = stderr.split('\n');
    pid = splitFrame(first).frame?.value ?? 0;
    watch = readWatch(second) ?? 0;
  });
  afterEach(() => {
    child.kill('SIGKILL');
    if (detached) spawnSync('kill', ['-s', 'KILL', '--', `-${child.pid}`]);
    rmSync(folder, { recursive: true, force: true });
  });

  async function stop(): Promise<void> {
    expect(sh(wireSuspend(pid, watch)).status).toBe(0);
    const before = arrived();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(arrived()).toBe(before);
  }

  it('stands still until it is continued', { timeout: 60_000 }, async () => {
    await stop();
    const before = arrived();
    expect(sh(wireContinue(pid)).status).toBe(0);
    await until(() => arrived() > before + 10);
    expect(sh(wireEnd(pid)).status).toBe(0);
    await exit;
  });

  it('is ended by the loss of its line, also while it stands still', { timeout: 60_000 }, async () => {
    await stop();
    for (const stream of child.stdio) stream?.destroy();
    await exit;
    await until(() => members().length === 0);
  });

  it.each([
    ['wireEnd', () => wireEnd(pid)],
    ['wireEndOrphan', () => wireEndOrphan(pid, send)],
  ])('is ended by %s, also while it and what watches it stand still', { timeout: 60_000 }, async (_, end) => {
    await stop();
    process.kill(watch, 'SIGSTOP');
    expect(sh(end()).status).toBe(0);
    await exit;
    process.kill(watch, 'SIGCONT');
    child.stdin.destroy();
    await until(() => members().length === 0);
  });

  it('that is over leaves nothing behind', { timeout: 60_000 }, async () => {
    process.kill(Number(execFileSync('pgrep', ['-f', `^cat$`, '-P', String(pid)], { encoding: 'utf8' })), 'SIGTERM');
    await exit;
    await until(() => members().length === 0);
  });
});

describe.skipIf(process.platform === 'win32')('commands in a pipe', () => {
  const script = (text: string) => ['sh', '-c', text];
  const run = (...commands: string[][]) => sh(wireStages(commands), 'input');
  const status = (...commands: string[][]) => /sluice-status:(\d+)/.exec(run(...commands).stderr)?.[1];

  it('the first reads, the last writes, and all are told as one', () => {
    const { stdout, stderr } = run(['cat'], script('tr a-z A-Z'), script('cat; echo said >&2'));
    expect(stdout).toBe('INPUT');
    expect(stderr).toMatch(/^sluice-pid:\d+\nsaid\nsluice-status:0\n$/);
  });

  it('a single command is a command', () => {
    expect(wireStages([['cat']])).toBe(wireCommand(['cat']));
    expect(() => wireStages([])).toThrow(RangeError);
  });

  it.each([
    ['the first', '3', [script('exit 3'), ['cat'], ['cat']]],
    ['the one between', '4', [['cat'], script('cat; exit 4'), ['cat']]],
    ['the last', '5', [['cat'], ['cat'], script('cat >/dev/null; exit 5')]],
    ['none: the last was content with less', '0', [script('trap "" PIPE; exec 2>&-; yes || exit 141'), ['true']]],
    ['the last, by a signal', '141', [['cat'], script('cat >/dev/null; kill -s PIPE $$')]],
  ])('fails with %s', (_, code, commands) => {
    expect(status(...commands)).toBe(code);
  });
});
