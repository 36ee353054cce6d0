import { describe, expect, it } from 'vitest';
import { ds, snap } from '../planning/testing/inventories.ts';
import * as zfs from './commands.ts';

const here = { host: 'laptop', elevation: [] };
const there = { host: 'nas', elevation: ['sudo', '-n'] };
const plain = { raw: false, compressed: false, largeBlocks: false, embedded: false, properties: false };
const nothing = { kind: 'nothing' } as const;
const text = (command: { host: string; argv: readonly string[] }) => `${command.host}: ${command.argv.join('|')}`;

describe('argument lists', () => {
  it.each([
    [zfs.send(here, plain, nothing, snap('S/sp ace@x y')), 'laptop: zfs|send|S/sp ace@x y'],
    [
      zfs.send(
        there,
        { raw: true, compressed: true, largeBlocks: true, embedded: true, properties: true },
        nothing,
        snap('S/f@1'),
      ),
      'nas: sudo|-n|zfs|send|-w|-L|-e|-c|-p|S/f@1',
    ],
    [zfs.send(here, plain, { kind: 'base', name: snap('S/f@1') }, snap('S/f@2')), 'laptop: zfs|send|-i|S/f@1|S/f@2'],
    [
      zfs.send(here, plain, { kind: 'base-and-intermediates', name: snap('S/f@1') }, snap('S/f@3')),
      'laptop: zfs|send|-I|S/f@1|S/f@3',
    ],
    [zfs.sendSize(here, { ...plain, compressed: true }, nothing, snap('S/f@1')), 'laptop: zfs|send|-nvP|-c|S/f@1'],
    [zfs.sendResume(here, '1-a-b-c'), 'laptop: zfs|send|-t|1-a-b-c'],
    [zfs.sendResumeSize(here, '1-a-b-c'), 'laptop: zfs|send|-nvPt|1-a-b-c'],
    [
      zfs.receive(there, { resumable: false, unmounted: false, set: [], skip: [] }, ds('D/f')),
      'nas: sudo|-n|zfs|receive|D/f',
    ],
    [
      zfs.receive(
        there,
        {
          resumable: true,
          unmounted: true,
          set: [
            ['readonly', 'on'],
            ['canmount', 'noauto'],
          ],
          skip: ['mountpoint'],
        },
        ds('D/f'),
        snap('D/o@1'),
      ),
      'nas: sudo|-n|zfs|receive|-s|-u|-o|readonly=on|-o|canmount=noauto|-x|mountpoint|-o|origin=D/o@1|D/f',
    ],
    [
      zfs.receive(
        there,
        { resumable: false, unmounted: false, set: [['canmount', 'noauto']], skip: ['canmount'] },
        ds('D/f'),
      ),
      'nas: sudo|-n|zfs|receive|-o|canmount=noauto|D/f',
    ],
    [zfs.abortReceive(here, ds('D/f')), 'laptop: zfs|receive|-A|D/f'],
    [zfs.createParent(here, ds('D/a b'), [['canmount', 'off']]), 'laptop: zfs|create|-o|canmount=off|D/a b'],
    [zfs.createParent(here, ds('D/a'), []), 'laptop: zfs|create|D/a'],
    [zfs.hold(here, 'a tag', [snap('S/f@1'), snap('S/f@2')]), 'laptop: zfs|hold|a tag|S/f@1|S/f@2'],
    [zfs.release(here, 'a tag', [snap('S/f@1')]), 'laptop: zfs|release|a tag|S/f@1'],
    [zfs.setProperty(here, 'readonly', 'on', ds('D/f')), 'laptop: zfs|set|readonly=on|D/f'],
    [zfs.rollback(here, snap('D/f@1')), 'laptop: zfs|rollback|-r|D/f@1'],
    [zfs.rename(here, ds('D/f'), ds('D/f-old')), 'laptop: zfs|rename|D/f|D/f-old'],
  ])('%#: %s', (command, expected) => {
    expect(text(command)).toBe(expected);
  });

  it('a pool named by nothing but letters is never an option: names start with a letter, tokens with 1-', () => {
    for (const command of [zfs.rename(here, ds('D'), ds('E')), zfs.sendResume(here, '1-x')])
      expect(command.argv.at(-1)).not.toMatch(/^-/);
  });
});

// Outputs of `zfs send -nvP` of 2.3.9.
const FULL = 'full\tS/inc@2\t21152808\nsize\t21152808\n';
const SINGLE = 'incremental\tS/inc@1\tS/inc@2\t670728\nsize\t670728\n';
const CHAIN = 'incremental\t1\tS/com@2\t7792\nincremental\t2\tS/com@3\t100\nsize\t7892\n';
const RESUMED =
  'resume token contents:\nnvlist version: 0\n\tobject = 0x2\n\toffset = 0x7c0000\n\tbytes = 0x7e56c8\n\ttoguid = 0x5253b2922e118cd\n\ttoname = S/r@1\nfull\tS/r@1\t12742312\nsize\t12742312\n';
const UNDERFLOWN = 'incremental\tS/i@2\tS/i@3\t18446744073709418000\nsize\t18446744073709418000\n';

describe('sizes', () => {
  it.each([
    ['full', FULL, 21152808, [21152808]],
    ['single incremental', SINGLE, 670728, [670728]],
    ['chain', CHAIN, 7892, [7792, 100]],
    ['resumed', RESUMED, 12742312, [12742312]],
    ['a name with spaces', 'full\tS/sp ace@x y\t43900\nsize\t43900\n', 43900, [43900]],
    // openzfs: estimates of a resume can underflow to 2^64 − x.
    ['underflown', UNDERFLOWN, null, [null]],
    ['nothing', '', null, []],
    ['text', 'full send of S/inc@2 estimated size is 20.2M\ntotal estimated size is 20.2M\n', null, []],
  ])('%s', (_what, stdout, total, parts) => {
    expect(zfs.readSendSize(stdout)).toBe(total);
    expect(zfs.readStreamSizes(stdout)).toEqual(parts);
  });
});
