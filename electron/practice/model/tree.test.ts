import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testSystem } from '../testing/host.ts';
import { changesBetween } from './changes.ts';
import { addDataset, addPool, edit } from './datasets.ts';
import { destroySnapshot, takeSnapshots } from './snapshots.ts';
import { charges, referencedBytes, snapshotUsed } from './space.ts';
import { emptyTree, type Tree, TreeEditor } from './tree.ts';

/** What a tree says byte by byte: the text and the place in it for each byte that is there. */
function spell(tree: Tree): Map<number, string[]> {
  return new Map(
    [...tree.objects].map(([id, object]) => {
      const bytes = Array.from({ length: object.size }, () => '-');
      for (const extent of object.extents) {
        for (let at = 0; at < extent.length; at += 1) bytes[extent.offset + at] = `${extent.seed}:${extent.start + at}`;
      }
      return [id, bytes];
    }),
  );
}

const writing = fc.record({
  id: fc.integer({ min: 1, max: 3 }),
  offset: fc.integer({ min: 0, max: 30 }),
  length: fc.integer({ min: 1, max: 20 }),
  seed: fc.integer({ min: 1, max: 4 }),
});
const step = fc.oneof(
  { weight: 6, arbitrary: writing.map((write) => ({ type: 'write' as const, ...write })) },
  fc.record({
    type: fc.constant('size' as const),
    id: fc.integer({ min: 1, max: 3 }),
    size: fc.integer({ min: 0, max: 40 }),
  }),
  fc.record({ type: fc.constant('remove' as const), id: fc.integer({ min: 1, max: 3 }) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function apply(editor: TreeEditor, one: Step): void {
  if (one.type === 'write')
    editor.write(one.id, { offset: one.offset, length: one.length, seed: one.seed, start: one.offset });
  else if (one.type === 'size') editor.shape(one.id, `file${one.id}`, one.size);
  else editor.remove(one.id);
}

/** The same, said about plain arrays. */
function applyPlainly(bytes: Map<number, string[]>, one: Step): void {
  if (one.type === 'remove') {
    bytes.delete(one.id);
    return;
  }
  const object = bytes.get(one.id) ?? [];
  bytes.set(one.id, object);
  if (one.type === 'size') {
    object.length = Math.min(object.length, one.size);
    while (object.length < one.size) object.push('-');
    return;
  }
  while (object.length < one.offset + one.length) object.push('-');
  for (let at = 0; at < one.length; at += 1) object[one.offset + at] = `${one.seed}:${one.offset + at}`;
}

/** Transaction groups of several edits, one after the other. */
const histories = fc.array(fc.array(step, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 });

function build(history: readonly (readonly Step[])[]): Tree[] {
  const trees: Tree[] = [];
  history.forEach((steps, index) => {
    const editor = new TreeEditor(trees.at(-1) ?? emptyTree('filesystem', 1));
    for (const one of steps) apply(editor, one);
    trees.push(editor.finish(10 * (index + 1)));
  });
  return trees;
}

describe('a tree', () => {
  it('holds what was written last at every place', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const plain = new Map<number, string[]>();
        for (const one of history.flat()) applyPlainly(plain, one);
        expect(spell(build(history).at(-1) ?? emptyTree('filesystem', 1))).toEqual(plain);
      }),
    );
  });

  it('is made again from an earlier one by the changes between them', () => {
    fc.assert(
      fc.property(histories, fc.nat(), (history, pick) => {
        const trees = build(history);
        const base = trees[pick % trees.length] ?? emptyTree('filesystem', 1);
        const last = trees.at(-1) ?? base;
        const editor = new TreeEditor(base);
        for (const change of changesBetween(last, base.changed)) {
          if (change.type === 'object') editor.shape(change.id, change.path, change.size);
          else if (change.type === 'free') editor.remove(change.id);
          else editor.write(change.id, change);
        }
        expect(spell(editor.finish(1000))).toEqual(spell(last));
      }),
    );
  });
});

describe('space', () => {
  it('is charged once: what snapshots and dataset hold together is what `used` says, whichever snapshot goes', () => {
    fc.assert(
      fc.property(histories, fc.nat(), (history, pick) => {
        const { machine } = testSystem('space');
        const { pool } = addPool(machine, 'tank', 1024 ** 3);
        const dataset = addDataset(machine, pool, { name: 'tank/a', kind: 'filesystem' });
        history.forEach((steps, index) => {
          edit(machine, dataset, (editor) => {
            for (const one of steps) apply(editor, one);
          });
          takeSnapshots(machine, [{ dataset, label: String(index) }]);
        });
        const before = charges(machine, dataset);
        expect(before.byDataset).toBe(referencedBytes(dataset.head));
        const gone = dataset.snapshots[pick % dataset.snapshots.length];
        if (gone === undefined) return;
        const freed = snapshotUsed(gone);
        destroySnapshot(machine, gone);
        expect(charges(machine, dataset).used).toBe(before.used - freed);
        for (const snapshot of [...dataset.snapshots]) destroySnapshot(machine, snapshot);
        expect(charges(machine, dataset).used).toBe(referencedBytes(dataset.head));
      }),
    );
  });
});
