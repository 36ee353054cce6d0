/** The arithmetic of the window, and what happens when ssh2's private fields are not there. */
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
  const granted = () => adjust.mock.calls.reduce((sum, [, bytes]) => sum + bytes, 0);
  const widen = () => widenWindow(client as unknown as ssh2.Client, channel as unknown as ssh2.ClientChannel, 32 * MIB);
  return { adjust, client, channel, granted, widen };
}

describe('the widened window', () => {
  it('is granted at once', () => {
    const { adjust, channel, widen } = fakes();
    expect(widen()).not.toBeNull();
    expect(adjust).toHaveBeenCalledExactlyOnceWith(7, 30 * MIB);
    expect(channel.incoming.window).toBe(32 * MIB);
  });

  it('is topped up by what was read, in steps', () => {
    const { adjust, channel, widen } = fakes();
    const top = widen();
    channel.incoming.window -= 200 * 1024;
    top?.();
    expect(adjust).toHaveBeenCalledTimes(1);
    channel.incoming.window -= 100 * 1024;
    top?.();
    expect(adjust).toHaveBeenLastCalledWith(7, 300 * 1024);
    expect(channel.incoming.window).toBe(32 * MIB);
  });

  it('does not grow for a reader that stops: what lies unread is not granted again', () => {
    const { adjust, channel, widen } = fakes();
    const top = widen();
    channel.incoming.window = 0;
    channel.readableLength = 32 * MIB;
    top?.();
    // ssh2 tops its own 2 MiB up when the reader moves on.
    channel.incoming.window += 2 * MIB;
    channel.readableLength = 31 * MIB;
    top?.();
    expect(adjust).toHaveBeenCalledTimes(1);
    channel.readableLength = 10 * MIB;
    top?.();
    expect(channel.incoming.window + channel.readableLength).toBe(32 * MIB);
  });

  it('is left alone once the channel is closed', () => {
    const { adjust, channel, widen } = fakes();
    const top = widen();
    channel.incoming.window = 0;
    channel.outgoing.state = 'closed';
    top?.();
    expect(adjust).toHaveBeenCalledTimes(1);
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
