import os, { type NetworkInterfaceInfo } from 'node:os';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LOOK_MS, onAddressGone, onNewAddress } from './own-addresses.ts';

const interfaces = vi.spyOn(os, 'networkInterfaces');

/** What the computer has from now on. */
const have = (...addresses: string[]): void => {
  interfaces.mockReturnValue({ eth0: addresses.map((address) => ({ address }) as NetworkInterfaceInfo) });
};
const looks = (count: number) => vi.advanceTimersByTimeAsync(count * LOOK_MS);

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

it('an address that is gone is told once, when it is missed a second time', async () => {
  have('10.0.0.7', 'fe80::1');
  const gone = vi.fn();
  onAddressGone('fe80::1%eth0', gone);
  await looks(5);
  have('10.0.0.7');
  await looks(1);
  expect(gone).not.toHaveBeenCalled();
  await looks(3);
  expect(gone).toHaveBeenCalledTimes(1);
});

it('one that comes back at once was never gone', async () => {
  have('10.0.0.7');
  const gone = vi.fn();
  const stop = onAddressGone('10.0.0.7', gone);
  for (let time = 0; time < 3; time += 1) {
    have();
    await looks(1);
    have('10.0.0.7');
    await looks(1);
  }
  expect(gone).not.toHaveBeenCalled();
  stop();
});

it('without an address there is nothing to watch', () => {
  onAddressGone(undefined, () => undefined);
});

it('a new address is told once; fewer are none', async () => {
  have('10.0.0.7', '10.0.0.8');
  const come = vi.fn();
  onNewAddress(come);
  have('10.0.0.7');
  await looks(2);
  expect(come).not.toHaveBeenCalled();
  have('10.0.0.7', '10.0.0.8');
  await looks(3);
  expect(come).toHaveBeenCalledTimes(1);
});
