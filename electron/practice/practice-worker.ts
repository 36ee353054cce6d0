/** The thread of the practice hosts: their bytes never pass the thread that serves the window. */
import { parentPort, workerData } from 'node:worker_threads';
import { type PracticeHost, type ServeOptions, servePractice } from './serve.ts';

export type FromPractice =
  | { readonly type: 'ready'; readonly hosts: readonly PracticeHost[] }
  | { readonly type: 'stopped' };

export type ToPractice = { readonly type: 'stop' };

const port = parentPort;
if (port === null) throw new Error('practice-worker runs as a worker thread only.');

const say = (message: FromPractice): void => port.postMessage(message);
const served = await servePractice(workerData as ServeOptions);
void served.fault.then((error) => {
  throw error;
});
port.once('message', (_message: ToPractice) => {
  void served.stop().then(() => {
    say({ type: 'stopped' });
    port.close();
  });
});
say({ type: 'ready', hosts: served.hosts });
