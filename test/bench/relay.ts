import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { type Endpoint, type RelayJob, streamSucceeded } from '../../electron/transfer/job.ts';
import { followThread } from '../../electron/transfer/relay.ts';
import { RelayThread } from '../../electron/transfer/relay-thread.ts';
import { wireCommand } from '../../shared/zfs/wire.ts';
import type { Measured } from './contest.ts';
import type { BenchHost, Scenario } from './scenario.ts';

/** How often the main thread's delay and the process's memory are looked at, ms. */
const DELAY_EVERY = 10;
const MEMORY_EVERY = 50;

/** The thread as it is shipped; npm run bench builds it first where it is stale. */
const BUILT = new URL('../../dist/relay-worker.js', import.meta.url);

export interface RelayOptions {
  /** Over connections of the system's ssh. */
  readonly system?: boolean;
  /** Told this process's resident size, bytes, and how much of the stream is through, bytes. */
  readonly onMemory?: (rss: number, through: number) => void;
}

/**
 * The same commands carried by the relay, from start to end, with its ciphers.
 *
 * @throws Error with what was said if it did not succeed
 */
export async function runRelay(
  { source, destination, send, receive }: Scenario,
  { system = false, onMemory }: RelayOptions = {},
): Promise<Measured> {
  const delay = monitorEventLoopDelay({ resolution: DELAY_EVERY });
  let peakRss = process.memoryUsage.rss();
  let through = 0;
  const watching = setInterval(() => {
    const rss = process.memoryUsage.rss();
    peakRss = Math.max(peakRss, rss);
    onMemory?.(rss, through);
  }, MEMORY_EVERY);
  const cpu = process.cpuUsage();
  const began = performance.now();
  delay.enable();
  const job: RelayJob = {
    source: { endpoint: endpointOf(source, system), command: wireCommand(send) },
    destination: { endpoint: endpointOf(destination, system), command: wireCommand(receive) },
    limit: null,
  };
  const thread = new RelayThread(new Worker(BUILT, { execArgv: [] }));
  const relay = followThread(thread, {
    onMeter: ({ bytes }) => {
      through = bytes;
    },
  });
  thread.say({ kind: 'job', job });
  const end = await relay.done;
  const seconds = (performance.now() - began) / 1000;
  delay.disable();
  clearInterval(watching);
  if (!streamSucceeded(end)) throw new Error(`The relay did not succeed:\n${JSON.stringify(end, null, 2)}`);
  const spent = process.cpuUsage(cpu);
  return {
    seconds,
    cpuSeconds: (spent.user + spent.system) / 1e6,
    peakRss,
    // What is recorded is the time between two looks, lateness and the wanted time together.
    loopDelayP99: Math.max(0, delay.percentile(99) / 1e6 - DELAY_EVERY),
  };
}

const endpointOf = (host: BenchHost, system: boolean): Endpoint => ({
  kind: 'ssh',
  target: {
    user: host.user,
    host: '127.0.0.1',
    port: host.port,
    identityFile: host.identityFile,
    hostKey: host.hostKey,
    hostName: 'loopback',
    ...(system ? { system } : {}),
  },
});
