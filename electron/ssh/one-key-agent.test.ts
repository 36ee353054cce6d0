import { createPublicKey, randomBytes, verify } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { OneKeyAgent } from './one-key-agent.ts';

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const string = (data: Buffer): Buffer => Buffer.concat([uint32(data.length), data]);

/** What comes back within the turns that the streams need. */
async function say(stream: Duplex, ...parts: Buffer[]): Promise<Buffer> {
  for (const part of parts) stream.write(part);
  await new Promise((resolve) => setImmediate(resolve));
  return (stream.read() as Buffer | null) ?? Buffer.alloc(0);
}
const request = (type: number, ...rest: Buffer[]) => string(Buffer.concat([Buffer.of(type), ...rest]));
const FAILED = request(5);

function blobOf(agent: OneKeyAgent): Buffer {
  return Buffer.from(agent.publicKey.split(' ')[1] ?? '', 'base64');
}

describe('the agent of one run', () => {
  test('names its one key', async () => {
    const agent = new OneKeyAgent();
    const answer = await say(agent.converse(), request(11));
    expect(answer[4]).toBe(12);
    expect(answer.readUInt32BE(5)).toBe(1);
    expect(answer.subarray(13, 13 + blobOf(agent).length)).toEqual(blobOf(agent));
  });

  test('signs with it', async () => {
    const agent = new OneKeyAgent();
    const data = randomBytes(200);
    const answer = await say(agent.converse(), request(13, string(blobOf(agent)), string(data), uint32(0)));
    expect(answer[4]).toBe(14);
    const signature = answer.subarray(-64);
    const raw = blobOf(agent).subarray(-32).toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw }, format: 'jwk' });
    expect(verify(null, data, key, signature)).toBe(true);
  });

  test('says failure to what it does not know and goes on: OpenSSH begins with session-bind', async () => {
    const stream = new OneKeyAgent().converse();
    const bind = request(27, string(Buffer.from('session-bind@openssh.com')), randomBytes(300));
    expect(await say(stream, bind)).toEqual(FAILED);
    expect((await say(stream, request(11)))[4]).toBe(12);
  });

  test('does not sign for another key, nor what is cut short', async () => {
    const agent = new OneKeyAgent();
    const other = new OneKeyAgent();
    const stream = agent.converse();
    expect(await say(stream, request(13, string(blobOf(other)), string(Buffer.from('x')), uint32(0)))).toEqual(FAILED);
    expect(await say(stream, request(13, string(blobOf(agent)), uint32(5000)))).toEqual(FAILED);
    expect(await say(stream, request(13))).toEqual(FAILED);
  });

  test('reads requests in pieces and several at once', async () => {
    const stream = new OneKeyAgent().converse();
    const both = Buffer.concat([request(99), request(98)]);
    const pieces = [...both].map((byte) => Buffer.of(byte));
    expect(await say(stream, ...pieces)).toEqual(Buffer.concat([FAILED, FAILED]));
  });

  test.each([0, 256 * 1024 + 1, 0xffffffff])('a message of %d bytes ends the conversation', async (length) => {
    const stream = new OneKeyAgent().converse();
    await say(stream, uint32(length));
    expect(stream.destroyed).toBe(true);
  });

  test('every agent has a key of its own', () => {
    expect(new OneKeyAgent().publicKey).not.toBe(new OneKeyAgent().publicKey);
  });
});
