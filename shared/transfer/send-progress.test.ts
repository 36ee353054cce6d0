import { describe, expect, it } from 'vitest';
import { SendProgress } from './send-progress.ts';

const feed = (progress: SendProgress, ...lines: string[]) => lines.map((line) => progress.take(line));

describe('zfs send -vP', () => {
  it('counts what moved since the last tick', () => {
    const progress = new SendProgress();
    expect(
      feed(
        progress,
        'full\ttank/d@a\t60149152',
        'size\t60149152',
        '04:21:28\t134256\ttank/d@a',
        '04:21:29\t2499168\ttank/d@a',
      ),
    ).toEqual([0, 0, 134256, 2364912]);
    expect(progress.rest()).toBe(60149152 - 2499168);
  });

  it('begins at 0 again with each snapshot of an -I send', () => {
    const progress = new SendProgress();
    expect(feed(progress, 'size\t1000', '00:00:01\t300\tt@a', '00:00:02\t500\tt@a', '00:00:03\t200\tt@b')).toEqual([
      0, 300, 200, 200,
    ]);
    expect(progress.rest()).toBe(300);
  });

  it('has nothing left to add once the estimate is passed', () => {
    const progress = new SendProgress();
    feed(progress, 'size\t100', '00:00:01\t300\tt@a');
    expect(progress.rest()).toBe(0);
  });

  it.each([
    "warning: cannot send 'tank/d@a': Broken pipe",
    "cannot open 'tank/d@a': dataset does not exist",
    '12:00:00 100 tank/d@a',
  ])('%j is a message', (line) => {
    expect(new SendProgress().take(line)).toBeNull();
  });

  it('what a resumed send announces is no message', () => {
    expect(
      feed(new SendProgress(), 'resume token contents:', 'nvlist version: 0', '\tobject = 0x2', '\ttoname = tank/d@a'),
    ).toEqual([0, 0, 0, 0]);
  });
});

it('pv counts the whole, and what the sender says beside it is not added', () => {
  const progress = new SendProgress();
  expect(feed(progress, 'size\t900', '100', '00:00:01\t90\tt@a', '250', '250')).toEqual([0, 100, 0, 150, 0]);
  expect(progress.rest()).toBe(0);
});
