import { describe, expect, it } from 'vitest';
import { DatasetNameSchema } from '../../shared/model/names.ts';
import { defaultOptions, plainSource, type ReplicationRequest } from '../../shared/model/request.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { copiesFrom } from './copies.ts';

const name = (text: string) => DatasetNameSchema.parse(text);
const run = (
  dataset: string,
  destination: string,
  {
    also = [],
    naming = 'exact',
    status = 'done',
  }: {
    readonly also?: readonly string[];
    readonly naming?: ReplicationRequest['destination']['naming'];
    readonly status?: RunSummary['status'];
  } = {},
): RunSummary => ({
  run: '20261121-030000-abcd',
  status,
  startedAt: '2026-11-21T03:00:00.000Z',
  finishedAt: '2026-11-21T03:00:01.000Z',
  request: {
    ...defaultOptions,
    source: { ...plainSource, host: 'laptop', dataset: name(dataset), also: also.map(name), snapshot: null },
    destination: { host: 'nas', dataset: name(destination), naming },
  },
  bytes: null,
  error: null,
  resumable: false,
});
const shown = (...runs: RunSummary[]) => [...copiesFrom(runs, 'laptop')].map(([from, { dataset }]) => [from, dataset]);

describe('where datasets were copied to', () => {
  it('is the name that was asked for, of the last run that was done', () => {
    expect(
      shown(run('tank/a', 'backup/no', { status: 'failed' }), run('tank/a', 'backup/new'), run('tank/a', 'backup/old')),
    ).toEqual([['tank/a', 'backup/new']]);
    expect([...copiesFrom([run('tank/a', 'backup/a')], 'nas')]).toEqual([]);
  });

  it('is a name of its own for each of several, in the dataset that holds them', () => {
    expect(shown(run('tank/a/b', 'backup', { also: ['tank/c'], naming: 'last-name' }))).toEqual([
      ['tank/a/b', 'backup/b'],
      ['tank/c', 'backup/c'],
    ]);
    expect(shown(run('tank/a/b', 'backup/in', { also: ['tank/c'], naming: 'without-pool' }))).toEqual([
      ['tank/a/b', 'backup/in/a/b'],
      ['tank/c', 'backup/in/c'],
    ]);
  });
});
