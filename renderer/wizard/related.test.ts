import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../shared/model/inventory.ts';
import { SnapshotNameSchema } from '../../shared/model/names.ts';
import { newestShared, relatedAtOnce, worthReading } from './related.ts';

const snapshot = (label: string, guid: string, createtxg: number): Snapshot => ({
  name: SnapshotNameSchema.parse(`backup/photos@${label}`),
  guid,
  createtxg,
  creation: null,
  used: null,
  referenced: null,
  holds: null,
});
const source = new Set(['1', '2', '3']);

describe('newestShared', () => {
  it('is the newest by the order of the pool it is in, matched by GUID', () => {
    const theirs = [snapshot('b', '2', 20), snapshot('a', '1', 10), snapshot('own', '9', 30)];
    expect(newestShared(source, theirs)?.guid).toBe('2');
  });
  it('is nothing where only names agree', () => expect(newestShared(source, [snapshot('a', '77', 1)])).toBeNull());
});

describe('candidates', () => {
  const candidates = [
    { name: 'backup', snapshots: 0, newestSnapshot: null },
    { name: 'backup/photos', snapshots: 2, newestSnapshot: snapshot('b', '2', 20) },
    { name: 'backup/photos-old', snapshots: 2, newestSnapshot: snapshot('x', '99', 20) },
    { name: 'backup/mail', snapshots: 5, newestSnapshot: snapshot('m', '98', 20) },
    { name: 'backup/new/photos', snapshots: 0, newestSnapshot: null },
  ];
  it('are related at once where their newest snapshot is the source’s', () => {
    expect(relatedAtOnce(source, candidates)).toEqual([{ dataset: 'backup/photos', common: 'b' }]);
  });
  it('are read in full only where the name speaks for it and the newest snapshot did not tell', () => {
    expect(worthReading('tank/photos', source, candidates)).toEqual(['backup/photos-old']);
  });
});
