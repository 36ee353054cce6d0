import { describe, expect, it } from 'vitest';
import type { Draft } from '../../shared/model/draft.ts';
import type { Bookmark, Snapshot } from '../../shared/model/inventory.ts';
import { BookmarkNameSchema, LabelSchema, SnapshotNameSchema } from '../../shared/model/names.ts';
import { defaultOptions } from '../../shared/model/request.ts';
import { draftSelection } from '../wizard/draft-selection.ts';
import { arrangeColumns, type Choice, type SidePoints } from './columns.ts';

const snapshot = (dataset: string, label: string, guid: number, createtxg: number): Snapshot => ({
  name: SnapshotNameSchema.parse(`${dataset}@${label}`),
  guid: String(guid),
  createtxg,
  creation: createtxg * 100,
  used: 0,
  referenced: 0,
  holds: 0,
});
const bookmark = (label: string, guid: number, createtxg: number): Bookmark => ({
  name: BookmarkNameSchema.parse(`tank/data#${label}`),
  guid: String(guid),
  createtxg,
  creation: createtxg * 100,
});
const here = (label: string, guid: number, createtxg: number) => snapshot('tank/data', label, guid, createtxg);
const there = (label: string, guid: number, createtxg: number) => snapshot('backup/data', label, guid, createtxg);
const side = (snapshots: Snapshot[], bookmarks: Bookmark[] = []): SidePoints => ({ snapshots, bookmarks });
const bringing = (options: Partial<Draft['options']>, ...origins: string[]) =>
  draftSelection({ ...defaultOptions, ...options }, new Set(origins));
const auto: Choice = {
  base: { kind: 'auto' },
  goal: null,
  isTaken: false,
  selection: bringing({}),
  rollsBack: false,
};
const shown = (columns: ReturnType<typeof arrangeColumns>) =>
  columns.map(({ label, fate, isBase }) => `${label} ${fate}${isBase ? ' base' : ''}`);

describe('arrangeColumns', () => {
  const source = side([here('a', 1, 10), here('b', 2, 20), here('c', 3, 30), here('d', 4, 40)]);

  it('sends only the goal where the destination is new', () => {
    expect(shown(arrangeColumns(source, null, auto))).toEqual(['a not-sent', 'b not-sent', 'c not-sent', 'd sent']);
  });

  it('starts from the newest common snapshot and sends what follows it', () => {
    const destination = side([there('a', 1, 500), there('b', 2, 600)]);
    expect(shown(arrangeColumns(source, destination, auto))).toEqual(['a common', 'b common base', 'c sent', 'd sent']);
  });

  it('leaves out what lies between where only the goal is wanted', () => {
    const destination = side([there('b', 2, 600)]);
    expect(
      shown(arrangeColumns(source, destination, { ...auto, selection: bringing({ intermediates: false }) })),
    ).toEqual(['a not-sent', 'b common base', 'c not-sent', 'd sent']);
  });

  it('does not send what is newer than the goal, nor start from it', () => {
    const destination = side([there('b', 2, 600), there('d', 4, 700)]);
    expect(shown(arrangeColumns(source, destination, { ...auto, goal: 'c' }))).toEqual([
      'a not-sent',
      'b common base',
      'c sent',
      'd in-the-way',
    ]);
  });

  it('sends nothing that is there already', () => {
    const destination = side([there('d', 4, 700)]);
    const columns = arrangeColumns(source, destination, auto);
    expect(columns.filter(({ fate }) => fate === 'sent')).toEqual([]);
    expect(columns.find(({ isGoal }) => isGoal)).toMatchObject({ label: 'd', isBase: true, fate: 'common' });
  });

  it('puts what only the destination has where it happened, and tells what is in the way', () => {
    const destination = side([there('a', 1, 500), there('x', 91, 520), there('b', 2, 600), there('y', 92, 650)]);
    expect(shown(arrangeColumns(source, destination, auto))).toEqual([
      'a common',
      'x there-only',
      'b common base',
      'c sent',
      'd sent',
      'y in-the-way',
    ]);
  });

  it('tells what would be deleted once the destination shall go back', () => {
    const destination = side([there('b', 2, 600), there('y', 92, 650)]);
    expect(shown(arrangeColumns(source, destination, { ...auto, rollsBack: true }))).toContain('y lost');
  });

  it('joins by GUID, never by name', () => {
    const destination = side([there('a', 1, 500), there('b', 77, 600)]);
    const columns = arrangeColumns(source, destination, auto);
    expect(columns.filter(({ isNamesake }) => isNamesake).map(({ guid }) => guid)).toEqual(['2', '77']);
    expect(columns.find(({ isBase }) => isBase)?.label).toBe('a');
  });

  it('starts from a bookmark where the source has no more than that', () => {
    const kept = side([here('c', 3, 30), here('d', 4, 40)], [bookmark('b', 2, 20)]);
    const destination = side([there('a', 1, 500), there('b', 2, 600)]);
    expect(shown(arrangeColumns(kept, destination, auto))).toEqual([
      'a there-only',
      'b common base',
      'c sent',
      'd sent',
    ]);
  });

  it('takes an older base when it is picked, and shows what that costs', () => {
    const destination = side([there('a', 1, 500), there('b', 2, 600)]);
    const picked: Choice = { ...auto, base: { kind: 'snapshot', label: LabelSchema.parse('a') } };
    expect(shown(arrangeColumns(source, destination, picked))).toEqual([
      'a common base',
      'b in-the-way',
      'c sent',
      'd sent',
    ]);
  });

  it('sends all that follows the base where the goal is yet to be taken', () => {
    const destination = side([there('b', 2, 600)]);
    const taking: Choice = { ...auto, goal: 'now', isTaken: true };
    const columns = arrangeColumns(source, destination, taking);
    expect(shown(columns)).toEqual(['a not-sent', 'b common base', 'c sent', 'd sent']);
    expect(columns.some(({ isGoal }) => isGoal)).toBe(false);
    const alone = { ...taking, selection: bringing({ intermediates: false }) };
    expect(shown(arrangeColumns(source, destination, alone))).toContain('d not-sent');
    expect(shown(arrangeColumns(source, null, taking))).not.toContain('d sent');
  });

  it('sends nothing where there is no snapshot of the name that is asked for', () => {
    expect(shown(arrangeColumns(source, null, { ...auto, goal: 'gone' }))).not.toContain('d sent');
  });

  it('gives a first copy its history as a replication package, up to the goal', () => {
    const selection = bringing({ package: 'replication', intermediates: false });
    expect(shown(arrangeColumns(source, null, { ...auto, goal: 'c', selection }))).toEqual([
      'a sent',
      'b sent',
      'c sent',
      'd not-sent',
    ]);
    const taking: Choice = { ...auto, goal: 'now', isTaken: true, selection };
    expect(shown(arrangeColumns(source, null, taking))).toEqual(['a sent', 'b sent', 'c sent', 'd sent']);
  });

  it('leaves out what the filter does, but never the goal', () => {
    const filter = { include: [{ kind: 'glob' as const, glob: 'b' }], exclude: [], since: null, until: null };
    const destination = side([there('a', 1, 500)]);
    expect(shown(arrangeColumns(source, destination, { ...auto, selection: bringing({ filter }) }))).toEqual([
      'a common base',
      'b sent',
      'c not-sent',
      'd sent',
    ]);
  });

  it.each(['recursive', 'self-contained'] as const)(
    'of a %s package sends only the goal and what clones grow from',
    (kind) => {
      const destination = side([there('a', 1, 500)]);
      const only = { ...auto, selection: bringing({ package: kind }) };
      expect(shown(arrangeColumns(source, destination, only))).toEqual([
        'a common base',
        'b not-sent',
        'c not-sent',
        'd sent',
      ]);
      const grown = { ...auto, selection: bringing({ package: kind }, 'tank/data@b') };
      expect(shown(arrangeColumns(source, destination, grown))).toContain('b sent');
      expect(shown(arrangeColumns(source, null, grown))).toEqual(['a not-sent', 'b sent', 'c not-sent', 'd sent']);
    },
  );
});
