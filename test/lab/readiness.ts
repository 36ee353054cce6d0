import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until an SSH server answers on a port of 127.0.0.1. A connection alone says nothing: QEMU accepts it before the guest
 * has booted. The banner does.
 * @param stillPossible asked before every try; returns why waiting is in vain, or null.
 * @throws Error after `timeoutMs`, or with that reason.
 */
export async function waitForSsh(port: number, timeoutMs: number, stillPossible: () => string | null): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await sshAnswers(port))) {
    const reason = stillPossible();
    if (reason !== null) throw new Error(reason);
    if (performance.now() > deadline)
      throw new Error(`no SSH server answered on port ${port} within ${timeoutMs / 1000} s`);
    await sleep(200);
  }
}

function sshAnswers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const finish = (answers: boolean) => {
      socket.destroy();
      resolve(answers);
    };
    socket.setTimeout(3000, () => finish(false));
    socket.once('data', (data) => finish(data.toString('latin1').startsWith('SSH-')));
    socket.once('error', () => finish(false));
    socket.once('close', () => finish(false));
  });
}

/** @returns ports of 127.0.0.1 that were free a moment ago. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
