/** The arithmetic of the window by a clock that is turned by hand, and what happens when ssh2's private fields are not there. */
import { createRequire } from 'node:module';
import type ssh2 from 'ssh2';
import { describe, expect, it, vi } from 'vitest';
import { hostClosedChannel, widenWindow } from './internals.ts';

const MIB = 1024 * 1024;

function fakes() {
  const adjust = vi.fn<(id: number, bytes: number) => void>();
  const client = { _protocol: { channelWindowAdjust: adjust } };
  const channel = {
    incoming: { window: 2 * MIB, state: 'open' },
    outgoing: { id: 7, state: 'open' },
    readableLength: 0,
  };
  const clock = { ms: 1000 };
  const widen = () =>
    widenWindow(client as unknown as ssh2.Client, channel as unknown as ssh2.ClientChannel, {
      limit: 32 * MIB,
      roundTripMs: 100,
      now: () => clock.ms,
    });
  /** The host sends so many bytes of its credit, which a reader takes at once. */
  const arrive = (take: ReturnType<typeof widen>, bytes: number, behind = false) => {
    channel.incoming.window -= bytes;
    take?.(bytes, behind);
  };
  return { adjust, arrive, channel, client, clock, widen };
}

/** Whole windows arrive in that many milliseconds each; how large is the window at the end? */
function windowAfter(windows: number, msEach: number, behind = false): number {
  const { arrive, channel, clock, widen } = fakes();
  const take = widen();
  arrive(take, 0);
  for (let n = 0; n < windows; n += 1) {
    clock.ms += msEach;
    arrive(take, channel.incoming.window, behind);
  }
  return channel.incoming.window;
}

describe('the window', () => {
  it('grows to its limit where whole windows come a round trip apart: the bytes wait for it', () => {
    expect(windowAfter(1, 100)).toBe(4 * MIB);
    expect(windowAfter(4, 100)).toBe(32 * MIB);
    expect(windowAfter(50, 100)).toBe(32 * MIB);
  });

  it('stays ssh2’s where the host or this computer takes longer than the line', () => {
    expect(windowAfter(50, 201)).toBe(2 * MIB);
  });

  it('does not grow for a reader that is behind and then takes all at once', () => {
    expect(windowAfter(50, 1, true)).toBe(2 * MIB);
  });

  it('is topped up by what was read, in steps', () => {
    const { adjust, arrive, channel, widen } = fakes();
    const take = widen();
    arrive(take, 300 * 1024);
    expect(adjust).not.toHaveBeenCalled();
    arrive(take, 300 * 1024);
    expect(adjust).toHaveBeenCalledExactlyOnceWith(7, 600 * 1024);
    expect(channel.incoming.window).toBe(2 * MIB);
  });

  it('does not grant again what lies unread, nor what ssh2 granted meanwhile', () => {
    const { adjust, arrive, channel, widen } = fakes();
    const take = widen();
    channel.readableLength = 2 * MIB;
    arrive(take, 2 * MIB, true);
    // ssh2 tops its own 2 MiB up when the reader moves on.
    channel.incoming.window = 2 * MIB;
    channel.readableLength = MIB;
    take?.(MIB, true);
    expect(adjust).not.toHaveBeenCalled();
  });

  it('is left alone once the channel is closed', () => {
    const { adjust, arrive, channel, widen } = fakes();
    const take = widen();
    channel.outgoing.state = 'closed';
    arrive(take, 2 * MIB);
    expect(adjust).not.toHaveBeenCalled();
  });

  it.each<[string, (parts: ReturnType<typeof fakes>) => void]>([
    ['the protocol', ({ client }) => Reflect.deleteProperty(client, '_protocol')],
    ['the adjustment', ({ client }) => Reflect.deleteProperty(client._protocol, 'channelWindowAdjust')],
    ['the window', ({ channel }) => Reflect.deleteProperty(channel.incoming, 'window')],
    ['the channel’s number', ({ channel }) => Reflect.deleteProperty(channel, 'outgoing')],
  ])('stays ssh2’s own where %s is not where it was', (_, take) => {
    const parts = fakes();
    take(parts);
    expect(parts.widen()).toBeNull();
    expect(parts.adjust).not.toHaveBeenCalled();
  });
});

it('a channel whose state cannot be seen does not count as closed', () => {
  expect(hostClosedChannel({ incoming: { state: 'closed' } } as unknown as ssh2.ClientChannel)).toBe(true);
  expect(hostClosedChannel({ incoming: { state: 'eof' } } as unknown as ssh2.ClientChannel)).toBe(false);
  expect(hostClosedChannel({} as unknown as ssh2.ClientChannel)).toBe(false);
});

it('ssh2 runs in pure JavaScript here, as in the packaged application', () => {
  const crypto: unknown = createRequire(import.meta.url)('ssh2/lib/protocol/crypto.js');
  expect(crypto).toMatchObject({ bindingAvailable: false });
});
