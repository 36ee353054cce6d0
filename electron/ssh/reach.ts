/** The TCP connection under an SSH connection, with its own time limit and its own errors. */
import { SluiceError } from '../../shared/model/failure.ts';
import { BulkSocket } from './bulk-socket.ts';
import { cancelled, notReached, notReachedInTime, type Peer, throwIfAborted } from './faults.ts';

/**
 * Resolves the name and connects; all addresses of the name are tried (RFC 8305).
 *
 * @param ms milliseconds for both together
 * @throws SluiceError `host-not-found`, `connection-refused`, `host-unreachable`, `cancelled`
 */
export async function reach(peer: Peer, ms: number, signal?: AbortSignal): Promise<BulkSocket> {
  throwIfAborted(signal, peer.described);
  const socket = new BulkSocket();
  socket.connect({ host: peer.host, port: peer.port });
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new SluiceError(notReachedInTime(peer, ms))), ms);
      const onAbort = () => reject(new SluiceError(cancelled(peer.described)));
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      socket.once('connect', () => {
        done();
        resolve();
      });
      socket.on('error', (error) => {
        done();
        reject(new SluiceError(notReached(peer, error), { cause: error }));
      });
    });
  } catch (error) {
    socket.destroy();
    throw error;
  }
  return socket;
}
