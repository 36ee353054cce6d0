import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { type Endpoint, type RelayJob, relaySucceeded } from '../../electron/transfer/job.ts';
import { followWorker } from '../../electron/transfer/relay.ts';
import { wireCommand } from '../../shared/zfs/wire.ts';
import type { BenchHost, Scenario } from './scenario.ts';

/** How often the main thread's delay and the process's memory are looked at, ms. */
const DELAY_EVERY = 10;
const MEMORY_EVERY = 50;

/** The thread as it is shipped; npm run bench builds it first where it is stale. */
const BUILT = new URL('../../dist/relay-worker.js', import.meta.url);

export interface RelayRun {
  readonly seconds: number;
  readonly bytes: number;
  /** User and system time of this process, main thread and relay's thread together. */
  readonly cpuSeconds: number;
  /** The largest resident size of this process that was seen, bytes. */
  readonly peakRss: number;
  /** By how much the main thread's event loop was late, 99th percentile, ms. */
  readonly loopDelayP99: number;
}

/**
 * The same commands carried by the relay, from start to end, with its ciphers.
 *
 * @throws Error with what was said if it did not succeed
 */
export async function runRelay({ source, destination, send, receive }: Scenario): Promise<RelayRun> {
  const delay = monitorEventLoopDelay({ resolution: DELAY_EVERY });
  let peakRss = process.memoryUsage.rss();
  const watching = setInterval(() => {
    peakRss = Math.max(peakRss, process.memoryUsage.rss());
  }, MEMORY_EVERY);
  const cpu = process.cpuUsage();
  const began = performance.now();
  delay.enable();
  const job: RelayJob = {
    source: { endpoint: endpointOf(source), command: wireCommand(send) },
    destination: { endpoint: endpointOf(destination), command: wireCommand(receive) },
    limit: null,
  };
  const relay = followWorker(new Worker(BUILT, { workerData: job, execArgv: [] }), { onMeter: () => undefined });
  const end = await relay.done;
  const seconds = (performance.now() - began) / 1000;
  delay.disable();
  clearInterval(watching);
  if (!relaySucceeded(end)) throw new Error(`The relay did not succeed:\n${JSON.stringify(end, null, 2)}`);
  const { user, system } = process.cpuUsage(cpu);
  return {
    seconds,
    bytes: end.bytes,
    cpuSeconds: (user + system) / 1e6,
    peakRss,
    // What is recorded is the time between two looks, lateness and the wanted time together.
    loopDelayP99: Math.max(0, delay.percentile(99) / 1e6 - DELAY_EVERY),
  };
}

const endpointOf = (host: BenchHost): Endpoint => ({
  kind: 'ssh',
  target: {
    user: host.user,
    host: '127.0.0.1',
    port: host.port,
    identityFile: host.identityFile,
    hostKey: host.hostKey,
    hostName: 'loopback',
  },
});
