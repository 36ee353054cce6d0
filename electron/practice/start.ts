/** Starts the practice hosts in a thread of their own. */
import { SluiceError } from '../../shared/model/failure.ts';
import { type Host, HostSchema } from '../../shared/model/host.ts';
import type { Breakage, PracticeDialect, PracticeDialects } from '../../shared/model/practice.ts';
import { startThread } from '../thread.ts';
import type { Answers, Asked, FromPractice, ToPractice } from './practice-worker.ts';
import type { PracticeHost, ServeOptions } from './serve.ts';

export interface PracticeOptions {
  /** Folder in which the identity file is kept. Default: a temporary one, removed at the end. */
  readonly stateDir?: string;
  /** Bytes per second of every `zfs send`; null: as fast as it goes. Default 60 MB/s, so that one can watch. */
  readonly rate?: number | null;
  readonly dialects?: PracticeDialects;
}

export interface Practice {
  readonly hosts: readonly PracticeHost[];
  /** The hosts as entries of the host book: pinned, marked as practice. */
  toHosts(): Host[];
  /** Starts the third host, `office`; there is one at most. */
  addOffice(): Promise<Host>;
  /**
   * @returns the pools that were filled or the datasets that were written to; of the others nothing
   * @throws SluiceError `host-unknown`
   */
  break(what: Breakage, host: string): Promise<readonly string[]>;
  /**
   * The host speaks as that ZFS from now on; connections to it end.
   * @throws SluiceError `host-unknown`
   */
  setDialect(host: string, dialect: PracticeDialect): Promise<void>;
  /** Puts all hosts back as they were at the start, dialects aside; connections end. */
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
    message: 'The practice hosts do not run.',
    cause,
    next: 'Please report this with the log; real hosts are not affected.',
  });
}

const notDone = (cause: string): SluiceError =>
  new SluiceError({
    code: 'practice-not-done',
    message: 'The practice host could not do that.',
    cause,
    next: 'Reset the practice hosts, then try it again.',
  });

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
  // After a crash the connections are gone, which is what every user of them sees; the practice page says why.
  let fault = 'Its thread has ended.';
  worker.on('error', (error) => {
    fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
  });
  const known = [...hosts];
  const waiting = new Map<number, PromiseWithResolvers<Answers[keyof Answers]>>();
  worker.on('message', (message: FromPractice) => {
    if (message.type !== 'did' && message.type !== 'failed') return;
    const asked = waiting.get(message.request);
    waiting.delete(message.request);
    if (message.type === 'did') asked?.resolve(message.answer);
    else asked?.reject(notDone(message.cause));
  });
  let requests = 0;
  const ask = <K extends keyof Answers>(asked: Extract<Asked, { readonly type: K }>): Promise<Answers[K]> => {
    requests += 1;
    const request = requests;
    const answer = Promise.withResolvers<Answers[keyof Answers]>();
    waiting.set(request, answer);
    const message: Asked & { readonly request: number } = { ...asked, request };
    worker.postMessage(message satisfies ToPractice);
    // The thread answers each as Answers says.
    return Promise.race([answer.promise as Promise<Answers[K]>, gone.then(() => Promise.reject(notStarted(fault)))]);
  };
  const checkKnown = (host: string): void => {
    if (known.some(({ name }) => name === host)) return;
    throw new SluiceError({
      code: 'host-unknown',
      message: `There is no practice host ${host}.`,
      next: `The practice hosts are ${known.map(({ name }) => name).join(', ')}.`,
    });
  };
  return {
    hosts: known,
    toHosts: () => known.map(asHost),
    async addOffice() {
      const added = await ask({ type: 'add-office' });
      if (!known.some(({ name }) => name === added.name)) known.push(added);
      return asHost(added);
    },
    async break(what, host) {
      checkKnown(host);
      return await ask({ type: 'break', what, host });
    },
    async setDialect(host, dialect) {
      checkKnown(host);
      await ask({ type: 'set-dialect', host, dialect });
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
