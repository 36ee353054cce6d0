import { PassThrough } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { printMoreAddresses } from './more-addresses.ts';

describe('printMoreAddresses', () => {
  it('prints one for each Enter at a terminal', async () => {
    const input = Object.assign(new PassThrough(), { isTTY: true });
    const print = vi.fn();
    expect(printMoreAddresses(input, print)).toBe(true);
    input.write('\n');
    await expect.poll(() => print).toHaveBeenCalledTimes(1);
    input.write('\n');
    await expect.poll(() => print).toHaveBeenCalledTimes(2);
  });

  it('leaves a pipe alone', () => {
    const input = new PassThrough();
    expect(printMoreAddresses(input, vi.fn())).toBe(false);
    expect(input.listenerCount('data')).toBe(0);
  });
});
