/**
 * An SSH agent in memory with one key, for the direct route: the source's ssh reaches it through agent forwarding.
 *
 * The framing is ours: ssh2's `AgentProtocol` does not skip requests that it does not know and breaks on the
 * `session-bind@openssh.com` that OpenSSH sends first since 8.9.
 */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { Duplex } from 'node:stream';
import ssh2 from 'ssh2';

/** Numbers of draft-ietf-sshm-ssh-agent, section 5.1. */
const FAILURE = 5;
const REQUEST_IDENTITIES = 11;
const IDENTITIES_ANSWER = 12;
const SIGN_REQUEST = 13;
const SIGN_RESPONSE = 14;

/** Bytes; OpenSSH's own limit for a message of the agent. */
const LONGEST_MESSAGE = 256 * 1024;
const TYPE = 'ssh-ed25519';

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** A string of the SSH protocol (RFC 4251, section 5). */
const string = (data: Buffer | string): Buffer => {
  const bytes = Buffer.from(data);
  return Buffer.concat([uint32(bytes.length), bytes]);
};

/** @returns the string at the offset and the offset after it; null if the message is too short */
function readString(message: Buffer, at: number): { readonly value: Buffer; readonly end: number } | null {
  if (message.length < at + 4) return null;
  const end = at + 4 + message.readUInt32BE(at);
  return end > message.length ? null : { value: message.subarray(at + 4, end), end };
}

/** One fresh ed25519 key. Its private half is never written anywhere. */
export class OneKeyAgent extends ssh2.BaseAgent {
  readonly #private: KeyObject;
  readonly #blob: Buffer;

  constructor() {
    super();
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    this.#private = privateKey;
    const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
    this.#blob = Buffer.concat([string(TYPE), string(raw)]);
  }

  /** `ssh-ed25519 AAAA…`, as authorized_keys has it. */
  get publicKey(): string {
    return `${TYPE} ${this.#blob.toString('base64')}`;
  }

  /** ssh2 itself never logs in with this key; it is only forwarded. */
  override getIdentities(callback: (error: Error | undefined, keys?: ssh2.ParsedKey[]) => void): void {
    callback(undefined, []);
  }

  override sign(
    _key: ssh2.ParsedKey | Buffer | string,
    _data: Buffer,
    options: unknown,
    callback?: (error: Error | undefined, signature?: Buffer) => void,
  ): void {
    const answer = typeof options === 'function' ? (options as typeof callback) : callback;
    answer?.(new Error('This agent signs only for a forwarded connection.'));
  }

  override getStream(callback: (error: Error | undefined, stream?: Duplex) => void): void {
    callback(undefined, this.converse());
  }

  /** One conversation: requests are written, answers are read. */
  converse(): Duplex {
    let waiting = Buffer.alloc(0);
    const stream = new Duplex({
      read: () => {},
      write: (chunk: Buffer, _encoding, done) => {
        waiting = Buffer.concat([waiting, chunk]);
        while (waiting.length >= 4) {
          const length = waiting.readUInt32BE(0);
          if (length === 0 || length > LONGEST_MESSAGE) {
            done(new Error(`An agent's message has a length of ${length}.`));
            return;
          }
          if (waiting.length < 4 + length) break;
          const answer = this.#answer(waiting.subarray(4, 4 + length));
          waiting = waiting.subarray(4 + length);
          stream.push(string(answer));
        }
        done();
      },
      final: (done) => {
        stream.push(null);
        done();
      },
    });
    return stream.on('error', () => {});
  }

  #answer(message: Buffer): Buffer {
    switch (message[0]) {
      case REQUEST_IDENTITIES:
        return Buffer.concat([
          Buffer.of(IDENTITIES_ANSWER),
          uint32(1),
          string(this.#blob),
          string('one run of Sluice'),
        ]);
      case SIGN_REQUEST:
        return this.#signed(message);
      default:
        return Buffer.of(FAILURE);
    }
  }

  #signed(message: Buffer): Buffer {
    const key = readString(message, 1);
    const data = key === null ? null : readString(message, key.end);
    if (key === null || data === null || !key.value.equals(this.#blob)) return Buffer.of(FAILURE);
    const signature = Buffer.concat([string(TYPE), string(sign(null, data.value, this.#private))]);
    return Buffer.concat([Buffer.of(SIGN_RESPONSE), string(signature)]);
  }
}
