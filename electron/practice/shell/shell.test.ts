import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quote, readBatch, splitFrame, wireBatch, wireCommand, wireEnd } from '../../../shared/zfs/wire.ts';
import { BrokenPipe, collectingSink, emptySource, type Source } from '../io.ts';
import { addPool } from '../model/datasets.ts';
import { run, testSystem } from '../testing/host.ts';
import { runCommandLine } from './login.ts';
import { ROOT } from './process.ts';

const system = testSystem('shell');
addPool(system.machine, 'tank', 1024 ** 3);

describe('the shell of a practice host', () => {
  it('hands on any argument that Sluice quotes, unchanged', async () => {
    const argument = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'));
    await fc.assert(
      fc.asyncProperty(argument, async (text) => {
        const { stdout, status } = await run(system, `/bin/sh -c ${quote(`printf %s ${quote(text)}`)}`);
        expect([stdout, status]).toEqual([text, 0]);
      }),
    );
  });

  it('runs a command in its frame: pid and status are lines of stderr', async () => {
    const { stdout, stderr, status } = await run(
      system,
      wireCommand(['zfs', 'get', '-H', '-o', 'value', 'type', 'tank']),
    );
    const frames = stderr
      .trim()
      .split('\n')
      .map((line) => splitFrame(line).frame);
    expect(stdout).toBe('filesystem\n');
    expect(frames).toEqual([
      { kind: 'pid', value: expect.any(Number) },
      { kind: 'status', value: 0 },
    ]);
    expect(status).toBe(0);
  });

  it('ends quietly when nobody reads what the shell itself writes', async () => {
    const gone = { write: () => Promise.reject(new BrokenPipe()) };
    const { ending } = runCommandLine(
      system,
      'echo lost; echo more',
      { stdin: emptySource, stdout: gone, stderr: gone },
      ROOT,
    );
    expect(await ending).toEqual({ status: 141 });
  });

  it('runs a batch, each command with outputs and status of its own', async () => {
    const commands = [
      ['uname', '-srv'],
      ['id', '-u'],
      ['zfs', 'list', 'nope'],
      ['no-such-tool'],
      ['sudo', '-n', 'zfs', 'version'],
    ];
    const { stdout, stderr } = await run(system, wireBatch(commands));
    expect(readBatch(commands.length, stdout, stderr)).toEqual(
      [
        { stdout: expect.stringMatching(/^Linux 6\.12\./), stderr: '', status: 0 },
        { stdout: '0\n', stderr: '', status: 0 },
        { stdout: '', stderr: "cannot open 'nope': dataset does not exist\n", status: 1 },
        { stdout: '', stderr: 'sh: 1: no-such-tool: not found\n', status: 127 },
        { stdout: 'zfs-2.3.9-0+deb13u1\nzfs-kmod-2.3.9-0+deb13u1\n', stderr: '', status: 0 },
      ].map((part) => ({ ...part })),
    );
  });

  it.each([
    ['true && echo yes || echo no', 'yes\n', 0],
    ['false && echo yes || echo no', 'no\n', 0],
    ['false; echo $?', '1\n', 0],
    ['a="x  y"; echo $a "$a"', 'x y x  y\n', 0],
    ["echo 'a'\\''b' \"c\\\"d\"", 'a\'b c"d\n', 0],
    ['echo one | cat | cat', 'one\n', 0],
    ['{ echo in; exit 3; echo never; }; echo neither', 'in\n', 3],
    ['echo gone >/dev/null; echo here 2>&1', 'here\n', 0],
    ['command -v zfs; command -v kill; command -v mbuffer', '/usr/sbin/zfs\nkill\n', 127],
    ['exec sh -c "echo in; exit 3"; echo never', 'in\n', 3],
    ['echo a # comment', 'a\n', 0],
  ])('understands %s', async (text, stdout, status) => {
    expect(await run(system, text)).toMatchObject({ stdout, status });
  });

  it.each([
    ["echo 'open", 'sh: 1: Syntax error: Unterminated quoted string\n'],
    ['echo $(id)', 'sh: 1: Syntax error: command substitution is not part of this shell\n'],
    ['echo a &', 'sh: 1: Syntax error: "&" unexpected\n'],
    ['; echo', 'sh: 1: Syntax error: ";" unexpected\n'],
    ['echo a > file', 'sh: 1: cannot create file: Read-only file system\n'],
    ['cat < file', 'sh: 1: cannot open file: No such file\n'],
  ])('refuses %s', async (text, stderr) => {
    expect(await run(system, text)).toMatchObject({ stdout: '', stderr, status: 2 });
  });

  it('ends a command by the group that its frame reported', async () => {
    const waiting: Source = { read: () => new Promise(() => {}) };
    const stderr = collectingSink();
    const running = runCommandLine(system, wireCommand(['zfs', 'receive', '-s', 'tank/x']), {
      stdin: waiting,
      stdout: collectingSink(),
      stderr,
    });
    await new Promise((resolve) => setImmediate(resolve));
    const pid = splitFrame(stderr.text().trim()).frame?.value ?? 0;
    expect((await run(system, 'ps -eo pgid,args')).stdout).toContain(`${pid} zfs receive -s tank/x\n`);
    expect((await run(system, wireEnd(pid))).status).toBe(0);
    expect(await running.ending).toEqual({ signal: 'TERM' });
    expect((await run(system, 'ps -eo args')).stdout).not.toContain('zfs receive');
  });
});
