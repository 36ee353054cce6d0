/** The thread that carries relays' bytes, one after the other, on two connections of its own. */
import { parentPort } from 'node:worker_threads';
import { askThroughMain } from './ask-main.ts';
import { Carry } from './carry.ts';
import { systemClock } from './clock.ts';
import { openEndpoint } from './endpoint.ts';
import type { RelayJob } from './job.ts';
import { LendShells } from './lend-shells.ts';
import { type FromWorker, TICK_MS, type ToWorker } from './messages.ts';

if (parentPort === null) throw new Error('relay-worker is a worker thread; relay.ts starts it.');
const main = parentPort;

const say = (message: FromWorker): void => main.postMessage(message);
const questions = askThroughMain((id, question) => say({ kind: 'ask', id, question }));
const shells = new LendShells((endpoint, signal) => openEndpoint(endpoint, signal, questions.ask));

function begin(job: RelayJob): Carry {
  const carry = new Carry(job, {
    clock: systemClock,
    open: (side, signal) => shells.lend(side, job[side].endpoint, signal),
  });
  const tick = (): void => say({ kind: 'tick', meter: carry.meter() });
  const ticking = setInterval(tick, TICK_MS);
  void carry.done.then((end) => {
    clearInterval(ticking);
    tick();
    say({ kind: 'end', end });
  });
  return carry;
}

let carry: Carry | null = null;

main.on('message', (message: ToWorker) => {
  switch (message.kind) {
    case 'limit':
      return carry?.setLimit(message.bytesPerSecond);
    case 'pause':
      return carry?.pause();
    case 'go-on':
      return carry?.goOn();
    case 'cancel':
      return carry?.cancel();
    case 'connect':
      for (const side of ['source', 'destination'] as const) shells.prepare(side, message.ends[side]);
      return;
    case 'job':
      carry = begin(message.job);
      return;
    case 'answer':
      return questions.answer(message.id, message.answers);
  }
});
