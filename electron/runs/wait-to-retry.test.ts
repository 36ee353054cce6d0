import os, { type NetworkInterfaceInfo } from 'node:os';
import { expect, it, vi } from 'vitest';
import { waitToRetry } from './wait-to-retry.ts';

const HOUR = 3_600_000;
const alone = () => new AbortController().signal;

it('waits its time', async () => {
  expect(await waitToRetry(1, alone())).toBe(false);
});

it('is given up when the run ends', async () => {
  const run = new AbortController();
  const waiting = waitToRetry(HOUR, run.signal);
  run.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
});

it('ends as soon as this computer has a new address', { timeout: 20_000 }, async () => {
  const interfaces = vi.spyOn(os, 'networkInterfaces').mockReturnValue({});
  const waiting = waitToRetry(HOUR, alone());
  interfaces.mockReturnValue({ wlan0: [{ address: '10.0.0.9' } as NetworkInterfaceInfo] });
  expect(await waiting).toBe(true);
  interfaces.mockRestore();
});
