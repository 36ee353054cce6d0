import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { leaveOrder, type Order, watchOrders } from './mailbox.ts';

let folder: string;
let file: string;
let stop: (() => void) | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-mailbox-'));
  file = join(folder, 'run.order');
});
afterEach(() => {
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
