/** The thread of the practice hosts: their bytes never pass the thread that serves the window. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Breakage, PracticeDialect } from '../../shared/model/practice.ts';
import { type PracticeHost, type ServeOptions, servePractice } from './serve.ts';

export type FromPractice =
  | { readonly type: 'ready'; readonly hosts: readonly PracticeHost[] }
  /** Answers the request of that number. */
  | { readonly type: 'did'; readonly request: number; readonly answer: Answers[keyof Answers] }
  /** The request of that number could not be carried out; the hosts are as they were or half changed, and go on. */
  | { readonly type: 'failed'; readonly request: number; readonly cause: string }
  | { readonly type: 'stopped' };

/** What the hosts can be asked to do; each is answered. */
export type Asked =
  | { readonly type: 'add-office' }
  | { readonly type: 'break'; readonly what: Breakage; readonly host: string }
  | { readonly type: 'set-dialect'; readonly host: string; readonly dialect: PracticeDialect }
  | { readonly type: 'reset' };

/** What each is answered with. */
export interface Answers {
  'add-office': PracticeHost;
  /** What was touched. */
  break: readonly string[];
  'set-dialect': null;
  reset: null;
}

export type ToPractice = { readonly type: 'stop' } | (Asked & { readonly request: number });

const port = parentPort;
if (port === null) throw new Error('practice-worker runs as a worker thread only.');

const say = (message: FromPractice): void => port.postMessage(message);
const served = await servePractice(workerData as ServeOptions);
void served.fault.then((error) => {
  throw error;
});

async function act(asked: Asked): Promise<Answers[keyof Answers]> {
  switch (asked.type) {
    case 'add-office':
      return await served.addOffice();
    case 'break':
      return served.break(asked.what, asked.host);
    case 'set-dialect':
      served.setDialect(asked.host, asked.dialect);
      return null;
    case 'reset':
      served.reset();
      return null;
  }
}

port.on('message', (message: ToPractice) => {
  if (message.type !== 'stop') {
    const { request } = message;
    act(message).then(
      (answer) => say({ type: 'did', request, answer }),
      (error: unknown) =>
        say({ type: 'failed', request, cause: error instanceof Error ? error.message : String(error) }),
    );
    return;
  }
  void served.stop().then(() => {
    say({ type: 'stopped' });
    port.close();
  });
});
say({ type: 'ready', hosts: served.hosts });
