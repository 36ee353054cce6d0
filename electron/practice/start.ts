/** Starts the practice hosts in a thread of their own (DESIGN 7). */
import { SluiceError } from '../../shared/model/failure.ts';
import { type Host, HostSchema } from '../../shared/model/host.ts';
import { startThread } from '../thread.ts';
import type { Breakage } from './breakage.ts';
import type { Asked, FromPractice, ToPractice } from './practice-worker.ts';
import type { PracticeHost, ServeOptions } from './serve.ts';
import type { PracticeDialect } from './zfs/dialect.ts';

export interface PracticeOptions {
  /** Folder in which the identity file is kept. Default: a temporary one, removed at the end. */
  readonly stateDir?: string;
  /** Bytes per second of every `zfs send`; null: as fast as it goes. Default 60 MB/s, so that one can watch. */
  readonly rate?: number | null;
  /** Which ZFS each host pretends to have, by the host's name; OpenZFS 2.3 unless told. */
  readonly dialects?: Readonly<Record<string, PracticeDialect>>;
}

export interface Practice {
  readonly hosts: readonly PracticeHost[];
  /** The hosts as entries of the host book: pinned, marked as practice. */
  toHosts(): Host[];
  /** Starts the third host, `office`; there is one at most. */
  addOffice(): Promise<Host>;
  /** @throws SluiceError `host-unknown` */
  break(what: Breakage, host: string): Promise<void>;
  /** Puts all hosts back as they were at the start; connections end. */
  reset(): Promise<void>;
  /** Ends all connections. */
  stop(): Promise<void>;
}

const DEFAULT_RATE = 60_000_000;

const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? './practice-worker.ts' : './practice-worker.js',
  import.meta.url,
);

/** As an entry of the host book. */
export const asHost = (host: PracticeHost): Host =>
  HostSchema.parse({
    name: host.name,
    address: { kind: 'ssh', user: host.user, host: host.address, port: host.port },
    identityFile: host.identityFile,
    privilege: 'auto',
    hostKey: host.fingerprint,
    practice: true,
  });

function notStarted(cause: string): SluiceError {
  return new SluiceError({
    code: 'practice-not-started',
    message: 'The practice hosts could not be started.',
    cause,
    next: 'Please report this with the log; real hosts are not affected.',
  });
}

/** @throws SluiceError `practice-not-started` */
export async function startPractice(options: PracticeOptions = {}): Promise<Practice> {
  const serveOptions: ServeOptions = {
    stateDir: options.stateDir ?? null,
    rate: options.rate === undefined ? DEFAULT_RATE : options.rate,
    dialects: options.dialects ?? {},
  };
  const worker = startThread(workerFile, {
    workerData: serveOptions,
    name: 'practice',
    // Packets die young: collected often they cost 90 MB at full speed, by default 150.
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
  });
  const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const hosts = await new Promise<readonly PracticeHost[]>((resolve, reject) => {
    worker.once('error', (error) => reject(notStarted(error instanceof Error ? error.message : String(error))));
    worker.once('exit', (code) => reject(notStarted(`Its thread ended with ${code}.`)));
    worker.on('message', (message: FromPractice) => {
      if (message.type === 'ready') resolve(message.hosts);
    });
  });
  // After a crash the connections are gone, which is what every user of them sees and reports.
  worker.on('error', () => {});
  const known = [...hosts];
  const waiting = new Map<number, (added: PracticeHost | null) => void>();
  worker.on('message', (message: FromPractice) => {
    if (message.type !== 'did') return;
    waiting.get(message.request)?.(message.added);
    waiting.delete(message.request);
  });
  let requests = 0;
  const ask = (asked: Asked): Promise<PracticeHost | null> => {
    requests += 1;
    const request = requests;
    const answer = new Promise<PracticeHost | null>((resolve) => waiting.set(request, resolve));
    worker.postMessage({ ...asked, request } satisfies ToPractice);
    return Promise.race([answer, gone.then(() => Promise.reject(notStarted('Its thread has ended.')))]);
  };
  return {
    hosts: known,
    toHosts: () => known.map(asHost),
    async addOffice() {
      const added = await ask({ type: 'add-office' });
      if (added === null) throw notStarted('The third host did not answer.');
      if (!known.some(({ name }) => name === added.name)) known.push(added);
      return asHost(added);
    },
    async break(what, host) {
      if (!known.some(({ name }) => name === host)) {
        throw new SluiceError({
          code: 'host-unknown',
          message: `There is no practice host ${host}.`,
          next: `The practice hosts are ${known.map(({ name }) => name).join(', ')}.`,
        });
      }
      await ask({ type: 'break', what, host });
    },
    async reset() {
      await ask({ type: 'reset' });
    },
    async stop() {
      worker.postMessage({ type: 'stop' } satisfies ToPractice);
      await gone;
    },
  };
}
