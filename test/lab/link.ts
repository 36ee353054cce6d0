import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { Line, type LineConditions, Pacer } from './line.ts';
import { type LabUser, sshUrl } from './types.ts';

/** A connection as the link sees it: the client's socket, the host's, and a line each way. */
interface Pair {
  client: Socket;
  host: Socket | null;
  lines: Line[];
}

/**
 * A TCP proxy on 127.0.0.1 in front of one port, standing for the network between two computers: it delays, limits, counts,
 * freezes and cuts. Byte counts are of bytes delivered, all connections together.
 */
export class Link {
  /** Where clients connect, on 127.0.0.1. */
  readonly port: number;
  readonly #server: Server;
  readonly #targetPort: number;
  readonly #pairs = new Set<Pair>();
  readonly #conditions: LineConditions = { delayMs: 0, bytesPerSecond: null, frozen: false };
  readonly #toHostPacer = new Pacer(this.#conditions);
  readonly #fromHostPacer = new Pacer(this.#conditions);
  #bytesToHost = 0;
  #bytesFromHost = 0;
  #connectionsAccepted = 0;
  #refusing = false;
  #bytesUntilCut: number | null = null;
  #cutWaiters: (() => void)[] = [];

  private constructor(server: Server, targetPort: number) {
    this.#server = server;
    this.#targetPort = targetPort;
    this.port = (server.address() as AddressInfo).port;
    server.on('connection', (client) => this.#accept(client));
  }

  /**
   * @param targetPort the port on 127.0.0.1 that connections are passed on to; it need not answer yet.
   * @returns a link that listens on a free port.
   */
  static async open(targetPort: number): Promise<Link> {
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    return new Link(server, targetPort);
  }

  /** @returns `ssh://account@127.0.0.1:port` through this link. */
  url(user: LabUser = 'root'): string {
    return sshUrl(user, this.port);
  }

  get bytesToHost(): number {
    return this.#bytesToHost;
  }

  get bytesFromHost(): number {
    return this.#bytesFromHost;
  }

  /** Connections open now. */
  get connections(): number {
    return this.#pairs.size;
  }

  /** Connections ever accepted (refused ones are not counted). */
  get connectionsAccepted(): number {
    return this.#connectionsAccepted;
  }

  /** @param oneWayMs delay of each direction, ms; a round trip takes twice as long. Bytes already under way keep theirs. */
  setDelay(oneWayMs: number): void {
    this.#conditions.delayMs = oneWayMs;
    this.#moveAll();
  }

  /** @param bytesPerSecond limit of each direction, all connections together; null lifts it. */
  setRate(bytesPerSecond: number | null): void {
    this.#conditions.bytesPerSecond = bytesPerSecond;
    this.#toHostPacer.restart();
    this.#fromHostPacer.restart();
    this.#moveAll();
  }

  /**
   * Cuts when this many more bytes were handed to the two ends, both directions together; once. No byte more gets through;
   * the last ones may be lost with the reset, as on a real line.
   * @returns resolves when the cut has happened, or the link was closed before.
   */
  cutAfter(bytes: number): Promise<void> {
    this.#bytesUntilCut = bytes;
    return new Promise((resolve) => this.#cutWaiters.push(resolve));
  }

  /** Ends every connection now with a reset, as a router that forgot them; new ones are accepted unless refused. */
  cut(): void {
    this.#bytesUntilCut = null;
    for (const pair of [...this.#pairs]) this.#drop(pair);
    this.#settleCut();
  }

  /** @param refusing whether new connections are reset at once, as where nothing listens. */
  refuse(refusing: boolean): void {
    this.#refusing = refusing;
  }

  /** Nothing moves any more and nobody is told: a cable pulled out. New connections wait too. */
  freeze(): void {
    this.#conditions.frozen = true;
    this.#moveAll();
  }

  /** Ends a freeze; what was held back goes on. */
  thaw(): void {
    this.#conditions.frozen = false;
    for (const pair of this.#pairs) if (pair.host === null) this.#join(pair);
    this.#moveAll();
  }

  /** Ends every connection and stops listening. */
  async close(): Promise<void> {
    this.cut();
    if (this.#server.listening) await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #accept(client: Socket): void {
    if (this.#refusing) {
      client.resetAndDestroy();
      return;
    }
    this.#connectionsAccepted += 1;
    const pair: Pair = { client, host: null, lines: [] };
    this.#pairs.add(pair);
    this.#watch(client, pair);
    if (!this.#conditions.frozen) this.#join(pair);
  }

  #join(pair: Pair): void {
    const host = connect({ port: this.#targetPort, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    pair.host = host;
    this.#watch(host, pair);
    pair.lines = [
      new Line(pair.client, host, this.#conditions, this.#toHostPacer, (bytes) => {
        const admitted = this.#admit(bytes);
        this.#bytesToHost += admitted;
        return admitted;
      }),
      new Line(host, pair.client, this.#conditions, this.#fromHostPacer, (bytes) => {
        const admitted = this.#admit(bytes);
        this.#bytesFromHost += admitted;
        return admitted;
      }),
    ];
    pair.client.resume();
  }

  /** A connection is over when either socket failed, or both were closed after everything was delivered. */
  #watch(socket: Socket, pair: Pair): void {
    socket.on('error', () => this.#drop(pair));
    socket.on('close', (hadError) => {
      if (hadError || (pair.client.destroyed && pair.host?.destroyed !== false)) this.#drop(pair);
    });
  }

  #drop(pair: Pair): void {
    if (!this.#pairs.delete(pair)) return;
    for (const line of pair.lines) line.close();
    pair.client.resetAndDestroy();
    pair.host?.resetAndDestroy();
  }

  /** @returns how many of the bytes may still be delivered before an ordered cut. */
  #admit(bytes: number): number {
    if (this.#bytesUntilCut === null) return bytes;
    const admitted = Math.min(bytes, this.#bytesUntilCut);
    this.#bytesUntilCut -= admitted;
    // Not before the bytes were written; until then nothing else gets through.
    if (this.#bytesUntilCut === 0) setImmediate(() => this.#bytesUntilCut === 0 && this.cut());
    return admitted;
  }

  #settleCut(): void {
    for (const settle of this.#cutWaiters.splice(0)) settle();
  }

  #moveAll(): void {
    for (const pair of this.#pairs) for (const line of pair.lines) line.move();
  }
}
