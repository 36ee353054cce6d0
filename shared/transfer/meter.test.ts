import { expect, test } from 'vitest';
import { SlidingMeter } from './meter.ts';

test('a steady flow shows the same rate in the window and in the mean', () => {
  const meter = new SlidingMeter(1_000_000);
  for (let ms = 10; ms <= 60_000; ms += 10) meter.add(1000, 1_000_000 + ms);
  const reading = meter.read(1_060_000);
  expect(reading.bytes).toBe(6_000_000);
  expect(reading.meanBytesPerSecond).toBeCloseTo(100_000, 0);
  expect(reading.bytesPerSecond / 100_000).toBeCloseTo(1, 1);
  expect(reading.silentMs).toBe(0);
});

test('the window forgets what is older than ten seconds, the mean does not', () => {
  const meter = new SlidingMeter(0);
  meter.add(1_000_000, 100);
  expect(meter.read(1000).bytesPerSecond).toBe(1_000_000);
  expect(meter.read(9900).bytesPerSecond).toBeGreaterThan(0);
  const later = meter.read(10_200);
  expect(later.bytesPerSecond).toBe(0);
  expect(later.meanBytesPerSecond).toBeCloseTo(1_000_000 / 10.2, 5);
  expect(later.silentMs).toBe(10_100);
});

test('a gap far longer than the window leaves nothing of before in it', () => {
  const meter = new SlidingMeter(0);
  for (let ms = 0; ms < 20_000; ms += 100) meter.add(100, ms);
  meter.add(500, 3_600_050);
  expect(meter.read(3_600_100).bytesPerSecond).toBeCloseTo(50, -1);
});

test('a young meter does not report bursts of its first instants as a huge rate', () => {
  const meter = new SlidingMeter(0);
  meter.add(65536, 0);
  expect(meter.read(1).bytesPerSecond).toBe(655_360);
});

test('a pause counts neither as silence nor as time of the mean', () => {
  const meter = new SlidingMeter(0);
  meter.add(1000, 1000);
  meter.pause(2000);
  expect(meter.read(500_000)).toMatchObject({ silentMs: 1000, meanBytesPerSecond: 500 });
  meter.pause(300_000);
  meter.goOn(1_002_000);
  meter.goOn(1_002_500);
  expect(meter.read(1_003_000)).toMatchObject({ silentMs: 2000, bytes: 1000 });
  expect(meter.read(1_003_000).meanBytesPerSecond).toBeCloseTo(1000 / 3, 5);
});

test('a byte under way when the pause began ends the silence then', () => {
  const meter = new SlidingMeter(0);
  meter.pause(1000);
  meter.add(10, 1500);
  expect(meter.read(9000).silentMs).toBe(0);
  meter.goOn(10_000);
  expect(meter.read(10_250).silentMs).toBe(250);
});
