import { createHash, randomFillSync } from 'node:crypto';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Failure } from '../../shared/model/failure.ts';
import { type DirectWay, directSsh, keyOptions } from '../../shared/transfer/direct.ts';
import type { WireText } from '../../shared/zfs/wire.ts';
import { Link } from '../../test/lab/link.ts';
import { type Sshd, sshdUnavailableReason, startSshd } from '../../test/sshd/sshd.ts';
import { type Collected, connectSsh, localShell, OneKeyAgent, type Running } from '../ssh/index.ts';
import { isStopped, lives, pidIn, until, written } from '../ssh/testing/processes.ts';
import { streamSucceeded } from './job.ts';
import { type PipeJob, startPipe } from './pipe.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'sluice-pipe-'));
const original = path.join(folder, 'original');
let number = 0;
const file = (): string => {
  number += 1;
  return path.join(folder, `file-${number}`);
};
const sh = (script: string, ...values: string[]) => ['sh', '-c', script, 'sh', ...values];
const digest = (name: string) => createHash('sha256').update(readFileSync(name)).digest('hex');

function start(job: PipeJob) {
  const phases = new Set<string>();
  let bytes = 0;
  const pipe = startPipe(job, {
    onMeter: (meter) => {
      phases.add(meter.phase);
      bytes = meter.bytes;
    },
  });
  return { pipe, phases, bytes: () => bytes };
}

beforeAll(() => writeFileSync(original, randomFillSync(Buffer.alloc(8 * 1024 * 1024))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(process.platform === 'win32')('local', { timeout: 60_000 }, () => {
  const local = (...commands: string[][]): PipeJob => ({ commands, open: async () => localShell(), remote: false });

  test('every byte arrives; statuses and messages of both ends stay apart', async () => {
    const arrived = file();
    const { pipe } = start(
      local(sh('echo from the sender >&2; cat "$1"', original), ['cat'], sh('cat >"$1"; echo kept it >&2', arrived)),
    );
    const end = await pipe.done;
    expect(streamSucceeded(end)).toBe(true);
    expect(end).toMatchObject({
      source: { status: 0, stderr: 'from the sender\n' },
      destination: { status: 0, stderr: 'kept it\n' },
      failedFirst: null,
    });
    expect(digest(arrived)).toBe(digest(original));
  });

  test('what the sender says of its progress is counted and is no message', async () => {
    const script = 'printf "size\\t900\\n00:00:01\\t300\\ttank@a\\n00:00:02\\t700\\ttank@a\\n" >&2; echo odd >&2';
    const { pipe } = start(local(sh(script), sh('cat >/dev/null')));
    expect(await pipe.done).toMatchObject({ bytes: 900, source: { stderr: 'odd\n' } });
  });

  test('a sender that fails is the first cause, whatever the receiver says', async () => {
    const { pipe } = start(local(sh('printf "no such snapshot" >&2; exit 3'), sh('cat >/dev/null; exit 1')));
    expect(await pipe.done).toMatchObject({
      source: { status: 3, stderr: 'no such snapshot\n' },
      destination: { status: 1 },
      failedFirst: 'source',
    });
  });

  test('a receiver that leaves is the first cause', async () => {
    const { pipe } = start(local(['yes'], sh('echo no space >&2; exit 1')));
    expect(await pipe.done).toMatchObject({
      destination: { status: 1, stderr: 'no space\n' },
      failedFirst: 'destination',
      fault: null,
    });
  });

  test('cancelled, also while it is paused: nothing lives on', async () => {
    const [sender, receiver] = [file(), file()];
    const { pipe } = start(
      local(sh('echo $$ >"$1"; exec sleep 3600', sender), ['cat'], sh('echo $$ >"$1"; exec cat', receiver)),
    );
    await until(() => written(sender) && written(receiver));
    pipe.pause();
    pipe.cancel();
    expect(await pipe.done).toMatchObject({ cancelled: true, fault: { code: 'cancelled' } });
    await until(() => !lives(pidIn(sender)) && !lives(pidIn(receiver)));
  });

  test('paused, no byte moves until it goes on', async () => {
    const [arrived, over] = [file(), file()];
    const { pipe } = start(
      local(sh('while [ ! -e "$1" ]; do echo line; sleep 0.01; done', over), ['cat'], sh('cat >"$1"', arrived)),
    );
    const size = () => (existsSync(arrived) ? statSync(arrived).size : 0);
    const growsFor = async (ms: number) => {
      const before = size();
      await wait(ms);
      return size() > before;
    };
    await until(() => size() > 100);
    pipe.pause();
    // Until the stop has reached the processes some bytes may still come.
    await expect.poll(() => growsFor(300), { timeout: 10_000 }).toBe(false);
    // Five times as long as the meter takes to tell of bytes.
    expect(await growsFor(1000)).toBe(false);
    pipe.goOn();
    await expect.poll(() => growsFor(300), { timeout: 10_000 }).toBe(true);
    // Told faster than the host does it: what was wanted last holds.
    for (const _ of [1, 2, 3]) {
      pipe.pause();
      pipe.goOn();
    }
    await wait(300);
    await expect.poll(() => growsFor(300), { timeout: 10_000 }).toBe(true);
    writeFileSync(over, '');
    expect(streamSucceeded(await pipe.done)).toBe(true);
  });

  test('paused and lost with its line, nothing lives on', async () => {
    const [sender, receiver] = [file(), file()];
    const shell = localShell();
    const { promise, resolve } = Promise.withResolvers<Running>();
    const pipe = startPipe(
      {
        ...local(sh('echo $$ >"$1"; exec sleep 3600', sender), sh('echo $$ >"$1"; exec cat', receiver)),
        open: async () => ({
          closed: shell.closed,
          collect: (command, options) => shell.collect(command, options),
          lines: (command, options) => shell.lines(command, options),
          close: () => shell.close(),
          start: async (command, options) => {
            const running = await shell.start(command, options);
            resolve(running);
            return running;
          },
        }),
      },
      { onMeter: () => undefined },
    );
    const { stdin } = await promise;
    await until(() => written(sender) && written(receiver));
    pipe.pause();
    await until(() => isStopped(pidIn(sender)) && isStopped(pidIn(receiver)));
    stdin.end();
    await pipe.done;
    await until(() => !lives(pidIn(sender)) && !lives(pidIn(receiver)));
  });

  test('a pause that the host does not heed is said, and one that comes too late is not', async () => {
    const shell = localShell();
    const said: Failure[] = [];
    const refusing = async (command: WireText): Promise<Collected> => {
      expect(command).toContain('kill -s STOP');
      return { status: 1, signal: null, lost: null, stdout: '', stderr: 'sh: 1: kill: No such process\n\n' };
    };
    const begin = (...commands: string[][]) =>
      startPipe(
        {
          ...local(...commands),
          open: async () => ({
            closed: shell.closed,
            collect: refusing,
            lines: (command, options) => shell.lines(command, options),
            close: async () => undefined,
            start: (command, options) => shell.start(command, options),
          }),
        },
        { onMeter: () => undefined, onUnheeded: (why) => said.push(why) },
      );
    const over = begin(['sleep', '0.3'], ['cat']);
    over.pause();
    await over.done;
    await wait(100);
    expect(said).toEqual([]);
    const pipe = begin(['sleep', '3600'], ['cat']);
    pipe.pause();
    await until(() => said.length > 0);
    expect(said).toMatchObject([{ code: 'not-paused', cause: 'sh: 1: kill: No such process' }]);
    pipe.cancel();
    await pipe.done;
    await shell.close();
  });

  test('a limit cannot be changed, and that is said', async () => {
    const { pipe } = start(local(['true'], ['cat']));
    expect(() => pipe.setLimit(1000)).toThrow('cannot be changed');
    await pipe.done;
  });
});

const noSshd = sshdUnavailableReason();
if (noSshd !== null) console.warn(`The direct route is not tested over SSH: ${noSshd}.`);

describe.skipIf(noSshd !== null)('direct', { timeout: 60_000 }, () => {
  let source: Sshd;
  let destination: Sshd;
  let keys: string;
  let before: string;
  beforeAll(async () => {
    [source, destination] = await Promise.all([startSshd(), startSshd()]);
    keys = path.join(destination.folder, 'authorized_keys');
    before = readFileSync(keys, 'utf8');
  });
  beforeEach(() => writeFileSync(keys, before));
  afterAll(() => Promise.all([source?.stop(), destination?.stop()]));

  const way = (from: Sshd, changes: Partial<DirectWay> = {}): DirectWay => {
    const [type = '', blob = ''] = readFileSync(path.join(from.folder, 'host_ed25519.pub'), 'utf8').split(' ');
    return {
      user: destination.user,
      address: '127.0.0.1',
      port: destination.port,
      hostKey: { type, blob },
      knownHostsCommand: true,
      ...changes,
    };
  };
  function direct(
    send: string[],
    receive: string[],
    options: { way?: DirectWay; letIn?: boolean; port?: number } = {},
  ) {
    const agent = new OneKeyAgent();
    if (options.letIn !== false) appendFileSync(keys, `${keyOptions([receive])} ${agent.publicKey} test;\n`);
    return start({
      commands: [send, directSsh(options.way ?? way(destination))],
      open: (signal) =>
        connectSsh(source.target(options.port === undefined ? {} : { port: options.port }), {
          signal,
          forwardedAgent: agent,
        }),
      remote: true,
    });
  }

  test.each([true, false])('every byte arrives at what the key forces (KnownHostsCommand: %s)', async (command) => {
    const arrived = file();
    const { pipe, phases } = direct(
      sh('echo sending >&2; cat "$1"', original),
      sh('cat >"$1"; echo "it\'s \\"kept\\"" >&2', arrived),
      { way: way(destination, { knownHostsCommand: command }) },
    );
    const end = await pipe.done;
    expect(end).toMatchObject({
      source: { status: 0, stderr: 'sending\n' },
      destination: { status: 0, stderr: 'it\'s "kept"\n', lost: null },
      fault: null,
    });
    expect(digest(arrived)).toBe(digest(original));
    expect(phases.has('finishing')).toBe(true);
  });

  test('the receiver’s own status and words come through', async () => {
    const { pipe } = direct(['cat', original], sh('echo out of space >&2; cat >/dev/null; exit 9'));
    expect(await pipe.done).toMatchObject({
      destination: { status: 9, stderr: 'out of space\n', lost: null },
      failedFirst: 'destination',
    });
  });

  test('another host at that address is refused', async () => {
    const arrived = file();
    const { pipe } = direct(['cat', original], sh('cat >"$1"', arrived), { way: way(source) });
    expect(await pipe.done).toMatchObject({ destination: { lost: { code: 'direct-host-key', kind: 'permanent' } } });
    expect(existsSync(arrived)).toBe(false);
  });

  test('a send that complains of the line that went away is not what failed first', async () => {
    const send = sh('cat "$1"; echo "warning: cannot send tank@a: Broken pipe" >&2; exit 1', original);
    const { pipe } = direct(send, ['cat'], { letIn: false });
    expect(await pipe.done).toMatchObject({
      source: { status: 1 },
      destination: { status: null, lost: { code: 'direct-login-refused' } },
      failedFirst: 'destination',
    });
  });

  test('a key that is not let in is told apart, and no other key is tried', async () => {
    const { pipe } = direct(['cat', original], ['cat'], { letIn: false });
    expect(await pipe.done).toMatchObject({
      destination: { lost: { code: 'direct-login-refused', kind: 'permanent' } },
    });
  });

  test('a destination that does not answer is a passing fault', async () => {
    const nobody = await Link.open(destination.port);
    await nobody.close();
    const { pipe } = direct(['cat', original], ['cat'], { way: way(destination, { port: nobody.port }) });
    expect(await pipe.done).toMatchObject({ destination: { lost: { code: 'connection-lost', kind: 'passing' } } });
  });

  test('cancelled: nothing lives on at either host', async () => {
    const [sender, receiver] = [file(), file()];
    const { pipe } = direct(
      sh('echo $$ >"$1"; exec sleep 3600', sender),
      sh('echo $$ >"$1"; exec cat >/dev/null', receiver),
    );
    await until(() => written(sender) && written(receiver));
    pipe.cancel();
    expect(await pipe.done).toMatchObject({ cancelled: true });
    await until(() => !lives(pidIn(sender)) && !lives(pidIn(receiver)));
  });

  test.each([false, true])('when Sluice loses the source, it does not go on alone (paused: %s)', async (paused) => {
    const link = await Link.open(source.port);
    const [sender, receiver] = [file(), file()];
    const { pipe } = direct(
      sh('echo $$ >"$1"; exec sleep 3600', sender),
      sh('echo $$ >"$1"; exec cat >/dev/null', receiver),
      { port: link.port },
    );
    await until(() => written(sender) && written(receiver));
    if (paused) {
      pipe.pause();
      await until(() => isStopped(pidIn(sender)));
    }
    link.cut();
    expect(await pipe.done).toMatchObject({ source: { lost: { kind: 'passing' } } });
    await until(() => !lives(pidIn(sender)) && !lives(pidIn(receiver)));
    await link.close();
  });

  let ended: number[] = [];
  afterEach(() => {
    ended = [];
  });
  test('the receive’s pid is known here, so that it can be ended from here', async () => {
    const agent = new OneKeyAgent();
    const receive = sh('echo failed >&2; exit 4');
    appendFileSync(keys, `${keyOptions([receive])} ${agent.publicKey} test;\n`);
    const { pipe } = start({
      commands: [['true'], directSsh(way(destination))],
      open: (signal) => connectSsh(source.target(), { signal, forwardedAgent: agent }),
      remote: true,
      endReceive: async (pid) => {
        ended.push(pid);
      },
    });
    await pipe.done;
    expect(ended).toEqual([expect.any(Number)]);
  });
});
