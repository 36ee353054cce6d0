/**
 * Makes ssh2's AES-GCM fast, by its private fields, feature-tested: where they are not as expected (another version,
 * another cipher, the native binding) everything is left as it is and works, more slowly.
 *
 * Without its native binding ssh2 1.17.0 hands Node 24 the raw key with every packet, asks the system for random
 * padding with every packet, and makes three system calls of it. On one core that carried 112 MiB/s from host to host.
 */
import { type CipherGCM, type CipherGCMTypes, createCipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import type ssh2 from 'ssh2';
import type { Line } from './bulk-socket.ts';
import { field } from './internals.ts';
import { Outflow } from './outflow.ts';
import { PacketRoom } from './packet-room.ts';
import { release } from './release.ts';

/** ssh2's `AESGCMCipherNative`. */
interface Outbound {
  readonly _encSSLName: CipherGCMTypes;
  readonly _encKey: Buffer;
  /** Counted up in place. */
  readonly _encIV: Buffer;
  readonly _dead: boolean;
  outSeqno: number;
  allocPacket: (payloadBytes: number) => Buffer;
  encrypt: (packet: Buffer) => void;
}

/** ssh2's `AESGCMDecipherNative`. */
interface Inbound {
  _decipherKey: Buffer | KeyObject;
}

const isGcm = (name: unknown): name is CipherGCMTypes => name === 'aes-128-gcm' || name === 'aes-256-gcm';

const IV_BYTES = 12;

function outboundOf(client: ssh2.Client): Outbound | null {
  const cipher = field(field(client, '_protocol'), '_cipher');
  const iv = field(cipher, '_encIV');
  return isGcm(field(cipher, '_encSSLName')) &&
    Buffer.isBuffer(field(cipher, '_encKey')) &&
    Buffer.isBuffer(iv) &&
    iv.length === IV_BYTES &&
    typeof field(cipher, '_dead') === 'boolean' &&
    typeof field(cipher, 'outSeqno') === 'number' &&
    typeof field(cipher, 'allocPacket') === 'function' &&
    typeof field(cipher, 'encrypt') === 'function'
    ? (cipher as Outbound)
    : null;
}

function inboundOf(client: ssh2.Client): Inbound | null {
  const decipher = field(field(client, '_protocol'), '_decipher');
  return isGcm(field(decipher, '_decipherSSLName')) && Buffer.isBuffer(field(decipher, '_decipherKey'))
    ? (decipher as Inbound)
    : null;
}

/**
 * To be called before the client connects; takes effect after each key exchange.
 *
 * @param socket the one the client was given
 */
export function hastenPackets(client: ssh2.Client, socket: Line): void {
  const outflow = new Outflow(socket);
  client.on('handshake', () => {
    const outbound = outboundOf(client);
    if (outbound !== null) hastenOutbound(outbound, outflow);
    const inbound = inboundOf(client);
    if (inbound !== null) inbound._decipherKey = createSecretKey(inbound._decipherKey as Buffer);
    // What is decrypted has memory of its own, so nothing refers to the socket's buffer after each chunk.
    socket.inPlace = inbound !== null;
  });
}

function hastenOutbound(cipher: Outbound, outflow: Outflow): void {
  const key = createSecretKey(cipher._encKey);
  const packets = new PacketRoom();
  cipher.allocPacket = (payloadBytes) => packets.take(payloadBytes);
  cipher.encrypt = (packet) => {
    if (cipher._dead) return;
    const gcm: CipherGCM = createCipheriv(cipher._encSSLName, key, cipher._encIV);
    const length = Buffer.from(packet.subarray(0, 4));
    gcm.setAAD(length);
    const body = gcm.update(packet.subarray(4));
    gcm.final();
    packets.giveBack(packet);
    outflow.write(length);
    outflow.write(body);
    outflow.write(gcm.getAuthTag(), () => release(body));
    countUp(cipher._encIV);
    cipher.outSeqno = (cipher.outSeqno + 1) >>> 0;
  };
}

/** The packet counter in a GCM nonce: its last eight bytes, big endian (RFC 5647, 7.1). */
function countUp(iv: Buffer): void {
  for (let at = IV_BYTES - 1; at >= IV_BYTES - 8; at -= 1) {
    const next = ((iv[at] ?? 0) + 1) & 0xff;
    iv[at] = next;
    if (next !== 0) return;
  }
}
