import type { Duplex } from 'node:stream';

/** Bytes after which what was gathered goes out even though the turn is not over, so that the host has work meanwhile. */
const ENOUGH = 256 * 1024;

/** Gathers what is written to a socket in one turn of the event loop into few system calls. */
export class Outflow {
  readonly #socket: Duplex;
  #gathering = false;
  #bytes = 0;

  constructor(socket: Duplex) {
    this.#socket = socket;
  }

  /**
   * Writes after all that was written before, also past this class. To a socket that takes no more nothing is written.
   *
   * @param whenOut called once the chunk was handed to the system
   */
  write(chunk: Buffer, whenOut?: () => void): void {
    const socket = this.#socket;
    if (!socket.writable) return;
    if (!this.#gathering) {
      this.#gathering = true;
      socket.cork();
      setImmediate(() => {
        this.#gathering = false;
        this.#bytes = 0;
        socket.uncork();
      });
    }
    socket.write(chunk, (error) => {
      if (!error) whenOut?.();
    });
    this.#bytes += chunk.length;
    if (this.#bytes < ENOUGH) return;
    this.#bytes = 0;
    socket.uncork();
    socket.cork();
  }
}
