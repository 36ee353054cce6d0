import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FrameLine, StderrLines } from './stderr-lines.ts';

function read(chunks: readonly (string | Buffer)[]) {
  const lines: string[] = [];
  const frames: FrameLine[] = [];
  const reader = new StderrLines(
    (frame) => frames.push(frame),
    (line) => lines.push(line),
  );
  for (const chunk of chunks) reader.push(Buffer.from(chunk));
  reader.end();
  return { lines, frames, tail: reader.tail };
}

describe('lines of stderr', () => {
  it('are found wherever the chunks are cut', () => {
    const text = 'sluice-pid:4242\ncannot open ‘tank’: no such pool\n\nlast\nsluice-status:1\n';
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 40 }), (sizes) => {
        let rest = Buffer.from(text);
        const chunks: Buffer[] = [];
        for (const size of sizes) {
          chunks.push(rest.subarray(0, size));
          rest = rest.subarray(size);
        }
        expect(read([...chunks, rest])).toEqual({
          lines: ['cannot open ‘tank’: no such pool', '', 'last'],
          frames: [
            { kind: 'pid', value: 4242 },
            { kind: 'status', value: 1 },
          ],
          tail: 'cannot open ‘tank’: no such pool\n\nlast\n',
        });
      }),
    );
  });

  it('keep a message without an end that stands before the trailer', () => {
    expect(read(['no end sluice-status:2\n'])).toEqual({
      lines: ['no end '],
      frames: [{ kind: 'status', value: 2 }],
      tail: 'no end ',
    });
  });

  it('are not taken for the frame’s when they only mention it', () => {
    expect(read(['sluice-status:12 is what it said\nsluice-status:\n'])).toMatchObject({
      frames: [],
      lines: ['sluice-status:12 is what it said', 'sluice-status:'],
    });
  });

  it('survive bytes that are no UTF-8', () => {
    expect(read([Buffer.from([0x61, 0xff, 0xfe, 0x0a])]).lines).toEqual(['a\ufffd\ufffd']);
  });

  it('lose a carriage return at their end', () => {
    expect(read(['one\r\n']).lines).toEqual(['one']);
  });

  it('come in pieces when they are too long, and the trailer behind them is still found', () => {
    const long = 'z'.repeat(100_000);
    const { lines, frames, tail } = read([`${long}sluice-sta`, 'tus:3\n']);
    expect(lines.join('')).toBe(long);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(40_000);
    expect(frames).toEqual([{ kind: 'status', value: 3 }]);
    expect(tail.length).toBeLessThanOrEqual(64 * 1024);
  });

  it('are kept from the end', () => {
    const { tail } = read(Array.from({ length: 20_000 }, (_, n) => `line ${n}\n`));
    expect(tail.length).toBeLessThanOrEqual(64 * 1024);
    expect(tail.endsWith('line 19998\nline 19999\n')).toBe(true);
  });
});
