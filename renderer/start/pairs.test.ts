import { describe, expect, it } from 'vitest';
import { DatasetNameSchema } from '../../shared/model/names.ts';
import { defaultOptions, plainSource } from '../../shared/model/request.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { needsAttention, pairsOf } from './pairs.ts';

const run = (hour: number, dataset: string, status: RunSummary['status']): RunSummary => {
  const at = `2026-11-21T${String(hour).padStart(2, '0')}:00:00.000Z`;
  return {
    run: `20261121-${String(hour).padStart(2, '0')}0000-abcd`,
    status,
    startedAt: at,
    finishedAt: status === 'running' ? null : at,
    request: {
      ...defaultOptions,
      source: { ...plainSource, host: 'laptop', dataset: DatasetNameSchema.parse(dataset), snapshot: null },
      destination: { host: 'nas', dataset: DatasetNameSchema.parse('backup/x'), naming: 'exact' },
    },
    bytes: null,
    error: null,
    resumable: status !== 'done' && status !== 'running',
  };
};

describe('pairsOf', () => {
  const pairs = pairsOf([
    run(1, 'tank/a', 'done'),
    run(4, 'tank/a', 'failed'),
    run(2, 'tank/a', 'done'),
    run(3, 'tank/b', 'done'),
  ]);
  it('is one for each source and destination, the latest first', () => {
    expect(pairs.map(({ request }) => request.source.dataset)).toEqual(['tank/a', 'tank/b']);
  });
  it('knows the last run, and the last that was done', () => {
    expect(pairs[0]?.last.status).toBe('failed');
    expect(pairs[0]?.doneAt).toBe(Date.parse('2026-11-21T02:00:00.000Z'));
  });
  it('says never where nothing was ever done', () => {
    expect(pairsOf([run(1, 'tank/a', 'cancelled')])[0]?.doneAt).toBeNull();
  });
});

it.each([
  ['done', false],
  ['running', false],
  ['failed', true],
  ['interrupted', true],
  ['cancelled', true],
  ['blocked', true],
] as const)('a last run that is %s needs attention: %s', (status, needs) => {
  const [pair] = pairsOf([run(1, 'tank/a', status)]);
  expect(pair === undefined ? null : needsAttention(pair)).toBe(needs);
});
