/** The relay on its own with real ZFS: whatever ends it, the receiver ends too, and keeps what it has. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Endpoint, type Meter, type StreamOutcome, streamSucceeded } from '../../electron/transfer/job.ts';
import { startRelay } from '../../electron/transfer/relay.ts';
import type { StreamHandle } from '../../electron/transfer/stream-handle.ts';
import { wireCommand } from '../../shared/zfs/wire.ts';
import { contentOf, guidOf, property, writeRandom } from './compare.ts';
import { connectLab, type LabHost } from './lab.ts';
import type { Link } from './link.ts';

const MEGABYTE = 1024 ** 2;
const SNAPSHOT = 'relaysrc/data@one';
const COPY = 'relaydst/copy';
const send = ['zfs', 'send', SNAPSHOT];

let alpha: LabHost;
let beta: LabHost;
let links: { alpha: Link; beta: Link };

beforeAll(async () => {
  const lab = connectLab();
  alpha = lab.host('alpha');
  beta = lab.host('beta');
  await alpha.pool('relaysrc', { sizeMb: 256 });
  await alpha.run('zfs create relaysrc/data');
  await writeRandom(alpha, '/relaysrc/data/random', 40);
  await alpha.run(['zfs', 'snapshot', SNAPSHOT]);
});
beforeEach(async () => {
  await beta.pool('relaydst', { sizeMb: 256 });
  links = { alpha: await alpha.link(), beta: await beta.link() };
});
afterEach(async () => {
  await Promise.all([links.alpha.close(), links.beta.close()]);
});
afterAll(async () => {
  await alpha.run('zpool destroy relaysrc');
  await beta.run('zpool destroy relaydst');
});

/** A silent line is given up after 15 s instead of a minute. */
const timing = { connectSeconds: null, keepAliveSeconds: 5, keepAliveMisses: 3 };

const endpoint = (host: LabHost, link: Link, isImpatient: boolean): Endpoint => ({
  kind: 'ssh',
  target: {
    user: 'root',
    host: '127.0.0.1',
    port: link.port,
    identityFile: host.identityFile,
    hostKey: host.hostKeyFingerprint,
    hostName: host.name,
    ...(isImpatient ? { timing } : {}),
  },
});

/** Starts a relay; `act` is called once, when that many bytes are through. */
function relay(
  source: readonly string[],
  destination: readonly string[],
  after = Number.POSITIVE_INFINITY,
  act: (relay: StreamHandle) => void = () => undefined,
  isImpatient = false,
): Promise<StreamOutcome> {
  let acted = false;
  const started = startRelay(
    {
      source: { endpoint: endpoint(alpha, links.alpha, isImpatient), command: wireCommand(source) },
      destination: { endpoint: endpoint(beta, links.beta, isImpatient), command: wireCommand(destination) },
      limit: null,
    },
    {
      onMeter: (meter: Meter) => {
        if (acted || meter.bytes < after) return;
        acted = true;
        act(started);
      },
    },
  );
  return started.done;
}

/** Bytes are counted when they leave here; what a slow guest has taken by then is some megabytes less. */
const LATE_ENOUGH = 15 * MEGABYTE;
const receive = ['zfs', 'receive', '-s', '-u', COPY];

async function noReceiver(): Promise<void> {
  await expect
    .poll(async () => (await beta.run('pgrep -f "[z]fs receive" || true')).stdout, { timeout: 60_000, interval: 500 })
    .toBe('');
}

async function goesOnFromToken(): Promise<void> {
  await noReceiver();
  const token = await property(beta, 'receive_resume_token', COPY);
  expect(token.length).toBeGreaterThan(20);
  const end = await relay(['zfs', 'send', '-t', token], receive);
  expect(streamSucceeded(end)).toBe(true);
  expect(end.bytes).toBeLessThan(40 * MEGABYTE);
  await expectEqual();
}

async function expectEqual(): Promise<void> {
  expect(await guidOf(beta, `${COPY}@one`)).toBe(await guidOf(alpha, SNAPSHOT));
  expect(await contentOf(beta, COPY, 'one')).toBe(await contentOf(alpha, 'relaysrc/data', 'one'));
}

test('a stream arrives', async () => {
  const end = await relay(send, receive);
  expect(streamSucceeded(end)).toBe(true);
  expect(end.bytes).toBeGreaterThan(40 * MEGABYTE);
  await expectEqual();
});

test('the source’s line is cut: the receiver is ended, keeps its state, and goes on from it', async () => {
  const end = await relay(send, receive, LATE_ENOUGH, () => links.alpha.cut());
  expect(end).toMatchObject({ failedFirst: 'source', fault: { code: 'connection-lost', kind: 'passing' } });
  await goesOnFromToken();
});

test('the destination’s line is cut: so does it then', async () => {
  const end = await relay(send, receive, LATE_ENOUGH, () => links.beta.cut());
  expect(end).toMatchObject({ failedFirst: 'destination', fault: { code: 'connection-lost', kind: 'passing' } });
  await goesOnFromToken();
});

test('zfs send is killed on the source: so does it then', async () => {
  const kill = () => void alpha.run('pkill -KILL -x -f "zfs send relaysrc/data@one"');
  const end = await relay(send, receive, LATE_ENOUGH, kill);
  expect(end).toMatchObject({ failedFirst: 'source', fault: null, source: { status: 137 } });
  await goesOnFromToken();
});

test('cancelling: so does it then', async () => {
  const end = await relay(send, receive, LATE_ENOUGH, (started) => started.cancel());
  expect(end).toMatchObject({ cancelled: true, failedFirst: null });
  await goesOnFromToken();
});

test('a line that only goes silent is given up by itself', { timeout: 300_000 }, async () => {
  const end = await relay(send, receive, LATE_ENOUGH, () => links.alpha.freeze(), true);
  expect(end).toMatchObject({ failedFirst: 'source', fault: { code: 'connection-lost', kind: 'passing' } });
  links.alpha.thaw();
  await goesOnFromToken();
});

test('a receiver that refuses says why, and the sender’s broken pipe is not the cause', async () => {
  await beta.run(['zfs', 'create', COPY]);
  const end = await relay(send, receive);
  expect(end).toMatchObject({ failedFirst: 'destination', fault: null, destination: { status: 1 } });
  expect(end.destination?.stderr).toContain("cannot receive new filesystem stream: destination 'relaydst/copy' exists");
});
