import { randomFillSync } from 'node:crypto';

/** The largest packet that ssh2 sends, rounded up. */
const LARGEST = 36 * 1024;
const BLOCK = 16;
/** Random bytes that are asked for at once. */
const RANDOM = 64 * 1024;

/**
 * Room for packets that are filled, encrypted and forgotten, so for one at a time. One that is still waiting to be
 * encrypted when the next is asked for keeps its room.
 */
export class PacketRoom {
  readonly #room = Buffer.allocUnsafeSlow(LARGEST);
  #taken = false;
  readonly #random = Buffer.allocUnsafeSlow(RANDOM);
  #randomAt = RANDOM;

  /** @returns a packet with length and random padding in place (RFC 4253, 6), to be filled from its sixth byte on */
  take(payloadBytes: number): Buffer {
    const short = BLOCK - ((1 + payloadBytes) % BLOCK);
    const padding = short < 4 ? short + BLOCK : short;
    const bytes = 4 + 1 + payloadBytes + padding;
    const packet = this.#taken || bytes > LARGEST ? Buffer.allocUnsafe(bytes) : this.#room.subarray(0, bytes);
    if (packet.buffer === this.#room.buffer) this.#taken = true;
    packet.writeUInt32BE(bytes - 4, 0);
    packet[4] = padding;
    this.#pad(packet, 5 + payloadBytes, padding);
    return packet;
  }

  giveBack(packet: Buffer): void {
    if (packet.buffer === this.#room.buffer) this.#taken = false;
  }

  #pad(packet: Buffer, at: number, bytes: number): void {
    if (this.#randomAt + bytes > RANDOM) {
      randomFillSync(this.#random);
      this.#randomAt = 0;
    }
    this.#random.copy(packet, at, this.#randomAt, this.#randomAt + bytes);
    this.#randomAt += bytes;
  }
}
