import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Zfs } from '../model/inventory.ts';
import { checkTake, takeSteps } from './take-steps.ts';
import {
  ds,
  filesystem,
  illumos,
  inventory,
  label,
  openzfs,
  snapshots,
  solaris,
  zfsFuse,
} from './testing/inventories.ts';

const tree = ['tank', 'tank/a', 'tank/a/1', 'tank/a/2', 'tank/ab', 'tank/b', 'safe', 'safe/c'];
const host = (zfs: Zfs = openzfs) =>
  inventory('laptop', { zfs, datasets: tree.map((name) => filesystem(name)), elevation: ['sudo', '-n'] });

function commands(names: readonly string[], zfs?: Zfs): string[] {
  const steps = takeSteps(host(zfs), names.map(ds), label('x'));
  return steps.flatMap((step) => step.commands.map(({ argv }) => argv.slice(4).join(' ')));
}

describe('commands', () => {
  it.each<[string, string[], string[]]>([
    ['one dataset', ['tank/b'], ['tank/b@x']],
    ['one of a tree', ['tank/a'], ['tank/a@x']],
    ['a whole tree', ['tank/a', 'tank/a/1', 'tank/a/2'], ['-r tank/a@x']],
    ['a tree without one of it', ['tank/a', 'tank/a/1'], ['tank/a@x tank/a/1@x']],
    ['two whole trees', ['tank/a', 'tank/a/1', 'tank/a/2', 'tank/b'], ['-r tank/a@x tank/b@x']],
    ['a whole tree and a part of one', ['tank/a', 'tank/a/1', 'tank/b'], ['tank/a@x tank/a/1@x tank/b@x']],
    ['two pools', ['tank/b', 'safe/c'], ['tank/b@x', 'safe/c@x']],
    ['trees of two pools', ['tank/a', 'tank/a/1', 'tank/a/2', 'safe', 'safe/c'], ['-r tank/a@x', '-r safe@x']],
    ['nothing', [], []],
  ])('%s', (_what, names, expected) => {
    expect(commands(names)).toEqual(expected);
    expect(commands(names, illumos)).toEqual(expected);
  });

  it.each([
    ['zfs-fuse', zfsFuse],
    ['Solaris', solaris],
  ])('%s takes one name a command', (_what, zfs) => {
    expect(commands(['tank/a', 'tank/a/1'], zfs)).toEqual(['tank/a@x', 'tank/a/1@x']);
    expect(commands(['tank/a', 'tank/a/1', 'tank/a/2'], zfs)).toEqual(['-r tank/a@x']);
  });

  it('the step changes the source, with its rights, and says whether it is one instant', () => {
    const [one] = takeSteps(host(), ['tank/a', 'tank/a/1', 'tank/a/2'].map(ds), label('x'));
    expect(one).toMatchObject({
      kind: 'snapshot',
      host: 'laptop',
      title: 'Take the snapshot x of 3 datasets, all at one instant',
      commands: [{ host: 'laptop', argv: ['sudo', '-n', 'zfs', 'snapshot', '-r', 'tank/a@x'] }],
      destructive: false,
      essential: true,
    });
    const [two] = takeSteps(host(), ['tank/b', 'safe/c'].map(ds), label('x'));
    expect(two?.title).toBe('Take the snapshot x of 2 datasets, in 2 commands one after the other');
    expect(takeSteps(host(), [ds('tank/b')], label('x'))[0]?.title).toBe('Take the snapshot x of tank/b');
  });

  it('ten thousand names are spread over commands that a shell takes, each name once', () => {
    const names = Array.from({ length: 10_000 }, (_, at) => `tank/some-longer-name/${at}`);
    const source = inventory('laptop', {
      datasets: [...names, 'tank/some-longer-name'].map((name) => filesystem(name)),
    });
    const found = takeSteps(source, names.slice(1).map(ds), label('x'))[0]?.commands ?? [];
    expect(found.length).toBeGreaterThan(1);
    for (const { argv } of found) expect(argv.join(' ').length).toBeLessThan(110_000);
    expect(found.flatMap(({ argv }) => argv.slice(2))).toEqual(names.slice(1).map((name) => `${name}@x`));
  });

  it('whatever is chosen of a tree, exactly that is snapshotted', () => {
    fc.assert(
      fc.property(fc.subarray(tree), (chosen) => {
        const taken = commands(chosen).flatMap((text) => {
          const [first, ...rest] = text.split(' ');
          const names = [...(first === '-r' ? [] : [first ?? '']), ...rest].map((name) => name.replace('@x', ''));
          return first === '-r'
            ? tree.filter((one) => names.some((top) => one === top || one.startsWith(`${top}/`)))
            : names;
        });
        expect(taken.sort()).toEqual([...chosen].sort());
      }),
    );
  });
});

describe('names', () => {
  const names = [ds('tank/a'), ds('tank/b')];
  it('one that is free everywhere is no trouble', () => {
    const source = { ...host(), snapshots: snapshots('tank/ab', ['x']) };
    expect(checkTake(source, names, label('x'))).toEqual([]);
  });

  it('one that exists blocks and is named', () => {
    const source = { ...host(), snapshots: snapshots('tank/b', ['w', 'x']) };
    expect(checkTake(source, names, label('x'))).toMatchObject([
      { code: 'snapshot-exists', severity: 'blocks', evidence: { existing: ['tank/b@x'], count: 1 } },
    ]);
  });

  it('one that is too long for a dataset blocks', () => {
    const long = label('x'.repeat(250));
    expect(checkTake(host(), [ds('safe'), ds('tank/a')], long)).toMatchObject([
      { code: 'name-too-long', severity: 'blocks', evidence: { names: [`tank/a@${long}`] } },
    ]);
  });
});
