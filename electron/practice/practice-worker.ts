/** The thread of the practice hosts: their bytes never pass the thread that serves the window. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Breakage } from './breakage.ts';
import { type PracticeHost, type ServeOptions, servePractice } from './serve.ts';

export type FromPractice =
  | { readonly type: 'ready'; readonly hosts: readonly PracticeHost[] }
  /** Answers the request of that number: the host that was added, or null. */
  | { readonly type: 'did'; readonly request: number; readonly added: PracticeHost | null }
  | { readonly type: 'stopped' };

/** What the hosts can be asked to do; each is answered. */
export type Asked =
  | { readonly type: 'add-office' }
  | { readonly type: 'break'; readonly what: Breakage; readonly host: string }
  | { readonly type: 'reset' };

export type ToPractice = { readonly type: 'stop' } | (Asked & { readonly request: number });

const port = parentPort;
if (port === null) throw new Error('practice-worker runs as a worker thread only.');

const say = (message: FromPractice): void => port.postMessage(message);
const served = await servePractice(workerData as ServeOptions);
void served.fault.then((error) => {
  throw error;
});

async function act(asked: Asked): Promise<PracticeHost | null> {
  switch (asked.type) {
    case 'add-office':
      return await served.addOffice();
    case 'break':
      served.break(asked.what, asked.host);
      return null;
    case 'reset':
      served.reset();
      return null;
  }
}

port.on('message', (message: ToPractice) => {
  if (message.type !== 'stop') {
    void act(message).then((added) => say({ type: 'did', request: message.request, added }));
    return;
  }
  void served.stop().then(() => {
    say({ type: 'stopped' });
    port.close();
  });
});
say({ type: 'ready', hosts: served.hosts });
