import { describe, expect, it } from 'vitest';
import { splitFrame, wireEnd } from './wire.ts';

describe('the frame’s lines', () => {
  it.each([
    ['sluice-pid:4711', '', { kind: 'pid', value: 4711 }],
    ['sluice-status:0', '', { kind: 'status', value: 0 }],
    ['sluice-status:255\r', '', { kind: 'status', value: 255 }],
    ['cannot receive: sluice-status:1', 'cannot receive: ', { kind: 'status', value: 1 }],
    ['sluice-pid:1 sluice-status:2', 'sluice-pid:1 ', { kind: 'status', value: 2 }],
  ])('in %j', (line, own, frame) => {
    expect(splitFrame(line)).toEqual({ own, frame });
  });

  it.each(['', 'sluice-status:', 'sluice-status:x', 'sluice-status:1 or so', 'sluice-other:1'])(
    'are not in %j',
    (line) => {
      expect(splitFrame(line)).toEqual({ own: line, frame: null });
    },
  );
});

describe('ending a command', () => {
  it('names only the pid that was reported', () => {
    expect(wireEnd(4711)).toBe(
      "/bin/sh -c 'kill -s TERM -- -4711 2>/dev/null || { pkill -TERM -P 4711; kill -s TERM 4711; } 2>/dev/null'",
    );
  });

  // `kill -- -1` ends everything, `kill -- -0` the own group.
  it.each([0, 1, -5, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60])('refuses %d', (pid) => {
    expect(() => wireEnd(pid)).toThrow(RangeError);
  });
});
