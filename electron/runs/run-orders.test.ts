import type * as Fs from 'node:fs';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { leaveOrder, type Order, watchOrders } from './run-orders.ts';

const disk = vi.hoisted(() => ({ isReadOnly: false }));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof Fs>();
  return {
    ...fs,
    rmSync: (...given: Parameters<typeof Fs.rmSync>) => {
      if (disk.isReadOnly) throw Object.assign(new Error('EROFS: read-only file system, rm'), { code: 'EROFS' });
      fs.rmSync(...given);
    },
  };
});

let folder: string;
let file: string;
let stop: (() => void) | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-run-orders-'));
  file = join(folder, 'run.order');
});
afterEach(() => {
  disk.isReadOnly = false;
  stop?.();
  stop = null;
  rmSync(folder, { recursive: true, force: true });
});

test.each<Order>([
  { kind: 'cancel' },
  { kind: 'pause' },
  { kind: 'limit', bytesPerSecond: 5000 },
  { kind: 'limit', bytesPerSecond: null },
])('$kind arrives once', async (order) => {
  const got: Order[] = [];
  stop = watchOrders(file, (one) => got.push(one));
  leaveOrder(file, order);
  await vi.waitUntil(() => got.length > 0, { timeout: 20_000 });
  expect(got).toEqual([order]);
  expect(existsSync(file)).toBe(false);
});

test('what was meant for an earlier process, and what is no order, is thrown away', async () => {
  leaveOrder(file, { kind: 'cancel' });
  const got: Order[] = [];
  stop = watchOrders(file, (one) => got.push(one));
  expect(existsSync(file)).toBe(false);
  writeFileSync(file, '{"kind":"format-disk"}');
  await vi.waitUntil(() => !existsSync(file), { timeout: 20_000 });
  leaveOrder(file, { kind: 'go-on' });
  await vi.waitUntil(() => got.length > 0, { timeout: 20_000 });
  expect(got).toEqual([{ kind: 'go-on' }]);
});

test('an order that cannot be thrown away, on a disk that became read-only, is not obeyed, and ends nothing', async () => {
  const got: Order[] = [];
  stop = watchOrders(file, (one) => got.push(one));
  disk.isReadOnly = true;
  leaveOrder(file, { kind: 'pause' });
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(got).toEqual([]);
  expect(stop).not.toThrow();
});
