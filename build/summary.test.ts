import { describe, expect, it } from 'vitest';
import { repeatedIn, sumUp, tierOf } from './summary.mjs';

const tier = (numPassedTests: number, numFailedTests: number) => ({ numPassedTests, numFailedTests });

describe('sumUp', () => {
  it('adds up tiers', () => {
    expect(sumUp([tier(10, 0), tier(5, 0)], 0)).toEqual({ line: '15 passed, 0 failed', good: true });
    expect(sumUp([tier(10, 2), tier(5, 1)], 2)).toEqual({ line: '15 passed, 3 failed', good: false });
  });

  it('counts a step that failed without a failed test', () => {
    expect(sumUp([tier(10, 0)], 1)).toEqual({ line: '10 passed, 1 failed', good: false });
  });

  it('is not content without tests', () => {
    expect(sumUp([], 0).good).toBe(false);
  });
});

describe('tierOf', () => {
  it('takes a report with counts, and nothing else', () => {
    expect(tierOf('unit.json', tier(3, 1))).toEqual(tier(3, 1));
    expect(() => tierOf('scenarios.json', {})).toThrow('scenarios.json does not say how many tests passed');
  });
});

describe('repeatedIn', () => {
  const result = (fullName: string, status: string, ...failureMessages: string[]) => ({
    fullName,
    status,
    failureMessages,
  });

  it('names what passed, but not at first', () => {
    const assertionResults = [
      result('at once', 'passed'),
      result('late', 'passed', 'Error: dataset is busy\n    at x'),
      result('never', 'failed', 'Error: no', 'Error: no'),
    ];
    expect(repeatedIn({ testResults: [{ assertionResults }] })).toEqual([
      'passed only when repeated: late: Error: dataset is busy',
    ]);
  });

  it('finds nothing in a report of another kind', () => {
    expect(repeatedIn({})).toEqual([]);
  });
});
