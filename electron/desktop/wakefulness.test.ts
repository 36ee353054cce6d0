import { EventEmitter } from 'node:events';
import type { PowerMonitor, PowerSaveBlocker } from 'electron';
import { beforeEach, expect, it, vi } from 'vitest';
import { stayAwake } from './wakefulness.ts';

let tell: (underWay: number) => void;
const monitor = new EventEmitter();
const start = vi.fn(() => 7);
const stop = vi.fn();
const remark = vi.fn();
let now = 0;

beforeEach(() => {
  monitor.removeAllListeners();
  vi.clearAllMocks();
  stayAwake(
    { blocker: { start, stop } as unknown as PowerSaveBlocker, monitor: monitor as unknown as PowerMonitor },
    {
      watchRuns: (watcher) => {
        tell = watcher;
      },
      remark,
    },
    () => now,
  );
});

it('keeps the computer awake from the first run to the end of the last', () => {
  expect(start).not.toHaveBeenCalled();
  tell(1);
  tell(2);
  tell(1);
  expect(start.mock.calls).toEqual([['prevent-app-suspension']]);
  expect(stop).not.toHaveBeenCalled();
  tell(0);
  tell(0);
  expect(stop.mock.calls).toEqual([[7]]);
  tell(1);
  expect(start).toHaveBeenCalledTimes(2);
});

it('says in the runs for how long it slept', () => {
  monitor.emit('resume');
  expect(remark).not.toHaveBeenCalled();
  now = 1000;
  monitor.emit('suspend');
  now += 12 * 60_000;
  monitor.emit('resume');
  expect(remark.mock.calls).toEqual([[expect.stringContaining('slept for 12 min')]]);
});
