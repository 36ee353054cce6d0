import { connect } from 'node:net';
import { createInterface } from 'node:readline';

interface QmpMessage {
  QMP?: object;
  return?: object;
  event?: string;
  error?: { desc: string };
}

const ANSWER_TIMEOUT_MS = 10_000;

/**
 * Cuts the power of a running guest and switches it on again, through QEMU's machine protocol: JSON lines on a unix socket, a
 * greeting first, then answers to commands with events between them.
 *
 * QEMU runs with -no-reboot, so that a guest whose kernel panics ends instead of coming back as if nothing had been. That
 * holds for resets from outside too, and for the second one that SeaBIOS makes of ours; so it is lifted until the boot is done.
 * @param booted called when QEMU has said RESET (from then on nothing of the old guest answers); resolves when the guest is up.
 * @throws Error with QEMU's words, or when it does not answer.
 */
export async function powerCycle(qmpSocket: string, booted: () => Promise<void>): Promise<void> {
  const socket = connect(qmpSocket);
  socket.setTimeout(ANSWER_TIMEOUT_MS, () => socket.destroy(new Error('QEMU did not answer')));
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  const failure = new Promise<never>((_resolve, reject) => socket.once('error', reject));
  failure.catch(() => undefined);
  let resetSeen = false;

  const next = async (): Promise<QmpMessage> => {
    const line = await Promise.race([lines.next(), failure]);
    if (line.done) throw new Error('QEMU closed its control socket');
    const message: QmpMessage = JSON.parse(line.value);
    if (message.error) throw new Error(`QEMU: ${message.error.desc}`);
    if (message.event === 'RESET') resetSeen = true;
    return message;
  };
  const execute = async (command: string, parameters: object = {}): Promise<void> => {
    socket.write(`${JSON.stringify({ execute: command, arguments: parameters })}\n`);
    while (!(await next()).return);
  };

  try {
    await execute('qmp_capabilities');
    await execute('set-action', { reboot: 'reset' });
    await execute('system_reset');
    while (!resetSeen) await next();
    socket.setTimeout(0);
    await booted();
    socket.setTimeout(ANSWER_TIMEOUT_MS);
    await execute('set-action', { reboot: 'shutdown' });
  } finally {
    socket.destroy();
  }
}
