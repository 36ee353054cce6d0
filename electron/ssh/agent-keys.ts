/** An SSH agent of which only one key is shown to a host. */
import ssh2 from 'ssh2';
import { blobOf } from './credentials.ts';

type Identities = Parameters<ssh2.BaseAgent['getIdentities']>[0];
type Signed = (error?: Error | null, signature?: Buffer | string) => void;

export class NarrowedAgent extends ssh2.BaseAgent {
  readonly #agent: ssh2.BaseAgent;
  readonly #only: Buffer;

  /** @param only the public half of the key that is shown, as the SSH protocol has it */
  constructor(socket: string, only: Buffer) {
    super();
    this.#agent = ssh2.createAgent(socket);
    this.#only = only;
  }

  override getIdentities(callback: Identities): void {
    this.#agent.getIdentities((error, keys) => {
      callback(
        error,
        keys?.filter((key) => blobOf(key as ssh2.ParsedKey)?.equals(this.#only) === true),
      );
    });
  }

  override sign(key: ssh2.ParsedKey | Buffer | string, data: Buffer, options: unknown, callback?: unknown): void {
    const done = (typeof options === 'function' ? options : callback) as Signed;
    this.#agent.sign(key, data, typeof options === 'function' ? {} : (options as object), done);
  }
}
