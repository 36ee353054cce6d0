import { createHash, randomFillSync } from 'node:crypto';
import { createReadStream, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { wireCommand } from '../../shared/zfs/wire.ts';
import { Link } from '../../test/lab/link.ts';
import { type Sshd, sshdUnavailableReason, startSshd } from '../../test/sshd/sshd.ts';
import { askNobody } from '../ssh/questions.ts';
import { lives, pidIn, running, until, written } from '../ssh/testing/processes.ts';
import { type Endpoint, type Meter, type RelayJob, streamSucceeded } from './job.ts';
import { startRelay } from './relay.ts';
import { prepareRelay } from './relay-thread.ts';

const MiB = 1024 * 1024;
const folder = mkdtempSync(path.join(tmpdir(), 'sluice-relay-'));
const original = path.join(folder, 'original');
const digests = { original: '' };
let number = 0;

const file = (): string => {
  number += 1;
  return path.join(folder, `file-${number}`);
};
const sh = (script: string, ...values: string[]) => wireCommand(['sh', '-c', script, 'sh', ...values]);

async function digest(name: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(name), hash);
  return hash.digest('hex');
}

/** Starts a relay and notes all it tells. */
function start(source: RelayJob['source'], destination: RelayJob['destination'], limit: number | null = null) {
  const meters: Meter[] = [];
  const relay = startRelay({ source, destination, limit }, { onMeter: (meter) => meters.push(meter) });
  return { relay, meters, bytes: () => meters.at(-1)?.bytes ?? 0 };
}

beforeAll(async () => {
  const block = Buffer.alloc(64 * MiB);
  for (let part = 0; part < 4; part += 1) writeFileSync(original, randomFillSync(block), { flag: 'a' });
  digests.original = await digest(original);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const noSshd = sshdUnavailableReason();
if (process.platform === 'win32') console.warn('The relay is not tested with commands of this computer: no /bin/sh.');
if (noSshd !== null) console.warn(`The relay is not tested over SSH: ${noSshd}.`);

describe.skipIf(process.platform === 'win32').each([
  { kind: 'local' as const, skip: false },
  { kind: 'ssh' as const, skip: noSshd !== null },
])('$kind', { timeout: 60_000 }, ({ kind, skip }) => {
  let sshd: Sshd | null = null;
  let endpoint: Endpoint = { kind: 'local' };

  beforeAll(async () => {
    if (kind === 'local' || skip) return;
    sshd = await startSshd();
    endpoint = { kind: 'ssh', target: sshd.target() };
  });
  afterAll(() => sshd?.stop());

  const at = (command: RelayJob['source']['command']): RelayJob['source'] => ({ endpoint, command });
  const given = (name: string, run: () => Promise<void>) => test.skipIf(skip)(name, run);

  given('256 MiB arrive exactly', async () => {
    const copy = file();
    const { relay, meters } = start(at(wireCommand(['cat', original])), at(sh('cat > "$1"', copy)));
    const end = await relay.done;
    expect(end).toMatchObject({ bytes: 256 * MiB, fault: null, source: { status: 0 }, destination: { status: 0 } });
    expect(streamSucceeded(end)).toBe(true);
    expect(await digest(copy)).toBe(digests.original);
    expect(meters.at(-1)).toMatchObject({ phase: 'finishing', bytes: 256 * MiB });
    expect(meters.map((meter) => meter.bytes)).toEqual(meters.map((meter) => meter.bytes).sort((a, b) => a - b));
  });

  given('streams that follow each other share their connections', async () => {
    const logins = () => sshd?.log().match(/Accepted publickey/g)?.length ?? 0;
    const before = logins();
    for (let stream = 0; stream < 3; stream += 1) {
      const copy = file();
      const { relay, bytes } = start(at(sh('echo "$1"', `stream ${stream}`)), at(sh('cat > "$1"', copy)));
      expect(streamSucceeded(await relay.done)).toBe(true);
      expect(readFileSync(copy, 'utf8')).toBe(`stream ${stream}\n`);
      expect(bytes()).toBe(9);
    }
    expect(logins() - before).toBeLessThanOrEqual(2);
  });

  given('a stream that was prepared takes the connections that were made for it', async () => {
    const logins = () => sshd?.log().match(/Accepted publickey/g)?.length ?? 0;
    const ends = { source: at(wireCommand(['true'])).endpoint, destination: at(wireCommand(['true'])).endpoint };
    const before = logins();
    prepareRelay(ends, askNobody);
    prepareRelay(ends, askNobody);
    const { relay } = start(at(sh('echo prepared')), at(sh('cat >/dev/null')));
    expect(streamSucceeded(await relay.done)).toBe(true);
    expect(logins() - before).toBeLessThanOrEqual(2);
  });

  given('nothing at all arrives exactly', async () => {
    const copy = file();
    const { relay } = start(at(wireCommand(['true'])), at(sh('cat > "$1"', copy)));
    expect(streamSucceeded(await relay.done)).toBe(true);
    expect(readFileSync(copy).length).toBe(0);
  });

  given('a destination that refuses at once is the cause, with its own words', async () => {
    const { relay } = start(
      at(wireCommand(['cat', original])),
      at(sh('echo "cannot receive new filesystem stream: destination exists" >&2; exit 1')),
    );
    const end = await relay.done;
    expect(end).toMatchObject({
      failedFirst: 'destination',
      fault: null,
      destination: { status: 1, stderr: 'cannot receive new filesystem stream: destination exists\n' },
    });
    expect(streamSucceeded(end)).toBe(false);
  });

  given('a destination that fails in the middle is the cause, and the source does not live on', async () => {
    const pid = file();
    const { relay } = start(
      at(sh('echo $$ > "$1"; exec cat /dev/zero', pid)),
      at(sh('head -c 1000000 > /dev/null; echo "out of space" >&2; exit 2')),
    );
    const end = await relay.done;
    expect(end).toMatchObject({ failedFirst: 'destination', destination: { status: 2, stderr: 'out of space\n' } });
    await until(() => !lives(pidIn(pid)));
  });

  given('a destination that ends early with status 0 has not succeeded', async () => {
    const { relay } = start(at(wireCommand(['cat', '/dev/zero'])), at(sh('head -c 1000000 > /dev/null')));
    const end = await relay.done;
    expect(end).toMatchObject({ failedFirst: 'destination', fault: { code: 'destination-ended-early' } });
  });

  given('a destination that does not read to the end, but needs nothing more, has succeeded', async () => {
    const { relay } = start(
      at(sh('head -c 100000 "$1"; sleep 1', original)),
      at(sh('head -c 100000 > /dev/null; exit 0')),
    );
    expect(streamSucceeded(await relay.done)).toBe(true);
  });

  given('a source that fails late: the destination never believes that this was all', async () => {
    const pid = file();
    const believed = file();
    const { relay } = start(
      at(sh('head -c 3000000 "$1"; echo "Input/output error" >&2; exit 3', original)),
      at(sh('echo $$ > "$1"; cat > /dev/null; echo believed > "$2"', pid, believed)),
    );
    const end = await relay.done;
    expect(end).toMatchObject({
      failedFirst: 'source',
      fault: null,
      source: { status: 3, stderr: 'Input/output error\n' },
    });
    await until(() => !lives(pidIn(pid)));
    expect(existsSync(believed)).toBe(false);
  });

  given('cancelling ends both commands', async () => {
    const pids = [file(), file()] as const;
    const { relay, bytes } = start(
      at(sh('echo $$ > "$1"; exec cat /dev/zero', pids[0])),
      at(sh('echo $$ > "$1"; exec cat > /dev/null', pids[1])),
    );
    await until(() => bytes() > 0 && pids.every(written));
    relay.cancel();
    const end = await relay.done;
    expect(end).toMatchObject({ cancelled: true, failedFirst: null, fault: { code: 'cancelled' } });
    await until(() => pids.every((pid) => !lives(pidIn(pid))));
  });

  given('cancelling ends commands that are silent and read nothing', async () => {
    const pids = [file(), file()] as const;
    const { relay } = start(
      at(sh('echo $$ > "$1"; exec sleep 1000', pids[0])),
      at(sh('echo $$ > "$1"; exec sleep 1000', pids[1])),
    );
    await until(() => pids.every(written));
    relay.cancel();
    await relay.done;
    await until(() => pids.every((pid) => !lives(pidIn(pid))));
  });

  given('a limit can be lifted while it runs', async () => {
    // At this limit the rest would take a day.
    const { relay, bytes } = start(at(wireCommand(['cat', original])), at(sh('cat > /dev/null')), 3000);
    await until(() => bytes() > 0);
    expect(bytes()).toBeLessThan(100_000);
    relay.setLimit(null);
    expect(streamSucceeded(await relay.done)).toBe(true);
  });

  given('a pause holds the bytes back, going on brings them all', async () => {
    const copy = file();
    const { relay, meters, bytes } = start(at(wireCommand(['cat', original])), at(sh('cat > "$1"', copy)), 20 * MiB);
    await until(() => bytes() > 0);
    relay.pause();
    relay.setLimit(null);
    // What the destination's channel had in hand goes out still; then nothing moves, for as long as one likes to look.
    await until(() => meters.length > 8 && new Set(meters.slice(-8).map((meter) => meter.bytes)).size === 1);
    expect(bytes()).toBeLessThan(256 * MiB);
    relay.goOn();
    expect(streamSucceeded(await relay.done)).toBe(true);
    expect(await digest(copy)).toBe(digests.original);
  });

  given('floods of stderr at both ends stop nothing', async () => {
    const flood = 'yes "cannot read: Input/output error" | head -c 8000000 >&2';
    const { relay } = start(
      at(sh(`${flood}; head -c 5000000 "$1"; echo last words >&2`, original)),
      at(sh(`${flood}; cat > /dev/null; echo good bye >&2`)),
    );
    const end = await relay.done;
    expect(streamSucceeded(end)).toBe(true);
    expect(end.bytes).toBe(5_000_000);
    expect(end.source?.stderr.endsWith('last words\n')).toBe(true);
    expect(end.destination?.stderr.endsWith('good bye\n')).toBe(true);
  });

  given('what the destination prints stops nothing', async () => {
    const { relay } = start(at(wireCommand(['true'])), at(sh('yes | head -c 8000000; cat')));
    expect(streamSucceeded(await relay.done)).toBe(true);
  });

  given('a main process that exits leaves no command behind', async () => {
    const pids = [file(), file()] as const;
    const job: RelayJob = {
      source: at(sh('echo $$ > "$1"; exec cat /dev/zero', pids[0])),
      destination: at(sh('echo $$ > "$1"; exec cat > /dev/null', pids[1])),
      limit: 10 * MiB,
    };
    const { execFile } = await import('node:child_process');
    // More than a channel's window went through, so both commands have begun and left their pids.
    const script = `
      import { startRelay } from ${JSON.stringify(path.join(import.meta.dirname, 'relay.ts'))};
      startRelay(${JSON.stringify(job)}, { onMeter: (meter) => { if (meter.bytes > ${4 * MiB}) process.exit(7); } });
    `;
    const status = await new Promise((resolve) => {
      execFile(process.execPath, ['--input-type=module', '-e', script], (error) => resolve(error?.code));
    });
    expect(status).toBe(7);
    await until(() => pids.every((pid) => !lives(pidIn(pid))));
  });
});

test.skipIf(noSshd !== null)(
  'every byte is right through re-keys, changing limits, pauses and a slow reader',
  {
    timeout: 120_000,
  },
  async () => {
    const sshd = await startSshd({ config: ['RekeyLimit 1M'] });
    const copy = file();
    const endpoint: Endpoint = { kind: 'ssh', target: sshd.target() };
    const slowly = 'for n in 1 2 3 4; do head -c 9000000; sleep 0.3; done; cat';
    const { relay, bytes } = start(
      { endpoint, command: wireCommand(['head', '-c', String(96 * MiB), original]) },
      { endpoint, command: sh(`{ ${slowly}; } > "$1"`, copy) },
      7 * MiB + 1,
    );
    for (const limit of [null, 100_003, 40 * MiB, null, 30 * MiB + 7]) {
      const seen = bytes();
      await until(() => bytes() > seen);
      relay.pause();
      relay.setLimit(limit);
      relay.goOn();
    }
    relay.setLimit(null);
    const end = await relay.done;
    expect(streamSucceeded(end)).toBe(true);
    expect(await digest(copy)).toBe(
      createHash('sha256')
        .update(readFileSync(original).subarray(0, 96 * MiB))
        .digest('hex'),
    );
    await sshd.stop();
  },
);

describe.skipIf(noSshd !== null)('carried by the system’s own ssh', { timeout: 60_000 }, () => {
  let sshd: Sshd;
  let folders: string;
  beforeAll(async () => {
    sshd = await startSshd();
    folders = mkdtempSync(path.join(tmpdir(), 'relay-'));
    vi.stubEnv('TMPDIR', folders);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await sshd.stop();
    rmSync(folders, { recursive: true, force: true });
  });
  const at = (command: RelayJob['source']['command']): RelayJob['source'] => ({
    endpoint: { kind: 'ssh', target: sshd.target({ system: true }) },
    command,
  });
  const logins = () => running('ssh').filter((args) => args.includes(` -p ${sshd.port} `));
  const nothingIsLeft = () => until(() => logins().length === 0 && readdirSync(folders).length === 0);

  test('a destination that fails is the cause: the source that is ended for it was not lost', async () => {
    const { relay } = start(
      at(wireCommand(['cat', '/dev/zero'])),
      at(sh('head -c 1000000 > /dev/null; echo "out of space" >&2; exit 2')),
    );
    const end = await relay.done;
    expect(end).toMatchObject({
      failedFirst: 'destination',
      fault: null,
      source: { lost: null },
      destination: { status: 2, lost: null, stderr: 'out of space\n' },
    });
    await nothingIsLeft();
  });

  test('so it is for a source that fails', async () => {
    const { relay } = start(at(sh('echo "Input/output error" >&2; exit 3')), at(sh('cat > /dev/null; sleep 100')));
    const end = await relay.done;
    expect(end).toMatchObject({
      failedFirst: 'source',
      fault: null,
      source: { status: 3, lost: null },
      destination: { status: null, lost: null },
    });
    await nothingIsLeft();
  });

  test.each(['process.exit(7)', "process.kill(process.pid, 'SIGKILL')"])(
    'no ssh and no file of it outlives Sluice: %s',
    async (ending) => {
      const job: RelayJob = {
        source: at(wireCommand(['cat', '/dev/zero'])),
        destination: at(sh('cat > /dev/null')),
        limit: MiB,
      };
      const { execFile } = await import('node:child_process');
      const script = `
        import { startRelay } from ${JSON.stringify(path.join(import.meta.dirname, 'relay.ts'))};
        startRelay(${JSON.stringify(job)}, { onMeter: (meter) => { if (meter.bytes > ${MiB / 2}) ${ending}; } });
      `;
      const ended = new Promise((resolve) =>
        execFile(process.execPath, ['--input-type=module', '-e', script], resolve),
      );
      await until(() => logins().length >= 2);
      await ended;
      await nothingIsLeft();
    },
  );
});

describe.skipIf(noSshd !== null)('lines that break', { timeout: 60_000 }, () => {
  let sshd: Sshd;
  let link: Link;

  beforeAll(async () => {
    sshd = await startSshd();
    link = await Link.open(sshd.port);
  });
  afterAll(async () => {
    await link.close();
    await sshd.stop();
  });

  const direct = (): Endpoint => ({ kind: 'ssh', target: sshd.target() });
  const throughLink = (): Endpoint => ({ kind: 'ssh', target: sshd.target({ port: link.port }) });

  test('the source’s: reported as lost, and the destination does not believe that this was all', async () => {
    const pid = file();
    const believed = file();
    void link.cutAfter(20 * MiB);
    const { relay } = start(
      { endpoint: throughLink(), command: wireCommand(['cat', original]) },
      { endpoint: direct(), command: sh('echo $$ > "$1"; cat > /dev/null; echo yes > "$2"', pid, believed) },
    );
    const end = await relay.done;
    expect(end).toMatchObject({ failedFirst: 'source', fault: { kind: 'passing', code: 'connection-lost' } });
    expect(end.bytes).toBeLessThanOrEqual(20 * MiB);
    await until(() => !lives(pidIn(pid)));
    expect(existsSync(believed)).toBe(false);
  });

  test('the destination’s: reported as lost, and the source does not live on', async () => {
    const pid = file();
    void link.cutAfter(20 * MiB);
    const { relay } = start(
      { endpoint: direct(), command: sh('echo $$ > "$1"; exec cat /dev/zero', pid) },
      { endpoint: throughLink(), command: sh('cat > /dev/null') },
    );
    const end = await relay.done;
    expect(end).toMatchObject({ failedFirst: 'destination', fault: { kind: 'passing', code: 'connection-lost' } });
    await until(() => !lives(pidIn(pid)));
  });

  test('one that cannot be made starts nothing at the other end', async () => {
    link.refuse(true);
    const begun = file();
    const { relay } = start(
      { endpoint: throughLink(), command: wireCommand(['cat', original]) },
      { endpoint: direct(), command: sh('echo begun > "$1"', begun) },
    );
    const end = await relay.done;
    link.refuse(false);
    expect(end).toMatchObject({ failedFirst: 'source', fault: { kind: 'passing' }, source: null, destination: null });
    expect(existsSync(begun)).toBe(false);
  });
});
