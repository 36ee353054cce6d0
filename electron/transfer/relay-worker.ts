/** The thread that carries one relay's bytes, on two connections of its own (DESIGN 2, rule 10). */
import { parentPort, workerData } from 'node:worker_threads';
import { askThroughMain } from './ask-main.ts';
import { Carry } from './carry.ts';
import { systemClock } from './clock.ts';
import { openEndpoint } from './endpoint.ts';
import type { RelayJob } from './job.ts';
import { LineBatch } from './lines.ts';
import { type FromWorker, TICK_MS, type ToWorker } from './messages.ts';

if (parentPort === null) throw new Error('relay-worker is a worker thread; relay.ts starts it.');
const main = parentPort;

const job = workerData as RelayJob;
const say = (message: FromWorker): void => main.postMessage(message);
const batch = new LineBatch();
const questions = askThroughMain((id, question) => say({ kind: 'ask', id, question }));
const carry = new Carry(job, {
  clock: systemClock,
  open: (side, signal) => openEndpoint(job[side].endpoint, signal, questions.ask),
  onStderr: (side, line) => batch.add(`${side}-stderr`, line),
  onStdout: (line) => batch.add('destination-stdout', line),
});

const tick = (): void => say({ kind: 'tick', meter: carry.meter(), lines: batch.take() });

const ticking = setInterval(tick, TICK_MS);

main.on('message', (message: ToWorker) => {
  switch (message.kind) {
    case 'limit':
      return carry.setLimit(message.bytesPerSecond);
    case 'pause':
      return carry.pause();
    case 'go-on':
      return carry.goOn();
    case 'cancel':
      return carry.cancel();
    case 'answer':
      return questions.answer(message.id, message.answers);
  }
});

void carry.done.then((end) => {
  clearInterval(ticking);
  tick();
  say({ kind: 'end', end });
});
