import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../shared/model/inventory.ts';
import { SnapshotNameSchema } from '../../shared/model/names.ts';
import { defaultOptions } from '../../shared/model/request.ts';
import { arrangeColumns } from '../lineage/columns.ts';
import { emptyDraft } from './draft.ts';
import { draftSelection } from './draft-selection.ts';
import { fullCopyOf } from './full-copy.ts';

const snapshots = (dataset: string, ...labels: string[]): Snapshot[] =>
  labels.map((label) => ({
    name: SnapshotNameSchema.parse(`${dataset}@${label}`),
    guid: label,
    createtxg: label.charCodeAt(0),
    creation: null,
    used: 0,
    referenced: label.charCodeAt(0) * 1000,
    holds: 0,
  }));

const draft = { ...emptyDraft, sourceHost: 'laptop', sourceDataset: 'tank/data' };
const picture = (here: string[], there: string[], goal: string | null = null) =>
  arrangeColumns(
    { snapshots: snapshots('tank/data', ...here), bookmarks: [] },
    { snapshots: snapshots('backup/data', ...there), bookmarks: [] },
    {
      base: { kind: 'none' },
      goal,
      isTaken: goal === 'now',
      selection: draftSelection(defaultOptions, new Set()),
      rollsBack: false,
    },
  );

describe('a full copy where an update would do', () => {
  it('costs what the chosen snapshot refers to, and saves nothing', () => {
    expect(fullCopyOf(draft, picture(['a', 'b', 'c'], ['a', 'b']))).toEqual({ label: 'c', bytes: 99_000, since: 'b' });
  });

  it('is none where both sides have nothing in common, or the destination has it all', () => {
    expect(fullCopyOf(draft, picture(['b', 'c'], ['a']))).toBeNull();
    expect(fullCopyOf(draft, picture(['a', 'b'], ['a', 'b']))).toBeNull();
  });

  it('does not count what both sides have after the chosen snapshot', () => {
    expect(fullCopyOf({ ...draft, snapshot: 'b' }, picture(['a', 'b', 'c'], ['a', 'c'], 'b'))).toMatchObject({
      label: 'b',
      since: 'a',
    });
  });

  it('of a snapshot that is yet to be taken costs about what the newest does', () => {
    const taking = { ...draft, take: true, snapshot: 'now' };
    expect(fullCopyOf(taking, picture(['a', 'b'], ['a', 'b'], 'now'))).toEqual({
      label: 'now',
      bytes: 98_000,
      since: 'b',
    });
  });

  it('of a package has no price before it is planned', () => {
    const tree = { ...draft, options: { ...defaultOptions, package: 'replication' as const } };
    expect(fullCopyOf(tree, picture(['a', 'b'], ['a']))?.bytes).toBeNull();
  });
});
