import { describe, expect, it } from 'vitest';
import { DatasetSchema, type Zfs } from '../model/inventory.ts';
import { assemble } from './assemble.ts';
import { type FrozenFlags, flagsOfSend, pairOfStep } from './frozen.ts';
import { decidePackage } from './package/decide-package.ts';
import {
  codesOf,
  emptyNas,
  encrypted,
  filesystem,
  findingOf,
  laptop,
  nas,
  openzfs,
  planOf,
  pool,
  type RequestParts,
  request,
} from './testing/inventories.ts';

const plain: FrozenFlags = { raw: false, largeBlocks: false, compressed: true, embedded: false };
const { features } = pool('x');

/** `tank/home` with large blocks, added to `backup/home` that was first sent with these flags. */
function update(
  frozen: FrozenFlags | null,
  parts: { from?: object; to?: object; zfs?: Zfs; send?: string[]; request?: RequestParts } = {},
) {
  const source = laptop(['a', 'b'], {
    pools: [pool('tank', { features: { ...features, large_blocks: 'active', ...parts.from } })],
    zfs: { ...openzfs, capabilities: { ...openzfs.capabilities, send: parts.send ?? openzfs.capabilities.send } },
  });
  const destination = nas(
    ['a'],
    {},
    {
      pools: [pool('backup', { features: { ...features, ...parts.to } })],
      ...(parts.zfs === undefined ? {} : { zfs: parts.zfs }),
    },
  );
  const world = { request: request(parts.request), source, destination, frozen: () => frozen };
  const plan = assemble(
    decidePackage(world, () => null),
    [null],
  );
  const step = plan.steps.find(({ kind }) => kind === 'send-receive');
  return { plan, sent: step === undefined ? null : flagsOfSend(step.commands[0]?.argv ?? []) };
}

describe('a copy that exists keeps the flags of its first stream', () => {
  it.each<[string, FrozenFlags | null, boolean]>([
    ['nothing is known, and large blocks are in use: its maker may not have used it', null, false],
    ['it was sent without -L, and large blocks came later', plain, false],
    ['it was sent with -L', { ...plain, largeBlocks: true }, true],
  ])('%s: -L is %s', (_what, frozen, largeBlocks) => {
    const { plan, sent } = update(frozen);
    expect(plan.ready).toBe(true);
    expect(sent?.largeBlocks).toBe(largeBlocks);
    expect(codesOf(plan)).not.toContain('flags-frozen');
  });

  it('where nothing is known, and a ZFS that would not refuse: it says so', () => {
    const active = { to: { large_blocks: 'active' } };
    expect(codesOf(update(null, active).plan)).not.toContain('large-blocks-unknown');
    const old = { ...active, zfs: { ...openzfs, version: '0.8.6-1', kernel: '0.8.6-1' } };
    expect(findingOf(update(null, old).plan, 'large-blocks-unknown').severity).toBe('warns');
    expect(codesOf(update(plain, old).plan)).not.toContain('large-blocks-unknown');
  });

  it('-L stays although the source has no large blocks just now', () => {
    const { sent } = update({ ...plain, largeBlocks: true }, { from: { large_blocks: 'enabled' } });
    expect(sent?.largeBlocks).toBe(true);
  });

  it('compression is not begun half-way, nor raw sending', () => {
    expect(update({ ...plain, compressed: false }).sent).toEqual({ ...plain, compressed: false });
    expect(update({ ...plain, raw: true }).sent?.raw).toBe(true);
    expect(update(plain, { request: { raw: 'yes' } }).sent?.raw).toBe(true);
  });

  it('a new copy is not bound by what was sent to that name before', () => {
    const world = {
      request: request(),
      source: laptop(['a'], { pools: [pool('tank', { features: { ...features, large_blocks: 'active' } })] }),
      destination: emptyNas(),
      frozen: () => plain,
    };
    const plan = assemble(
      decidePackage(world, () => null),
      [null],
    );
    expect(flagsOfSend(plan.steps.find(({ kind }) => kind === 'send-receive')?.commands[0]?.argv ?? [])).toMatchObject({
      largeBlocks: true,
    });
  });
});

describe('flags that cannot be used any more', () => {
  it.each([
    ['the tool has no -L now', { send: openzfs.capabilities.send.filter((letter) => letter !== 'L') }],
    ['the destination has the feature disabled', { to: { large_blocks: 'disabled' } }],
  ])('%s: the plan stops and offers a new copy', (_what, parts) => {
    const { plan } = update({ ...plain, largeBlocks: true }, parts);
    const finding = findingOf(plan, 'flags-frozen');
    expect(finding).toMatchObject({ severity: 'blocks', evidence: { lost: ['-L'] } });
    expect(finding.fixes[0]?.change?.destination?.dataset).toBe('backup/home-2');
  });

  it('not raw any more, because it was asked for: the way back is offered first', () => {
    const { plan } = update({ ...plain, raw: true }, { request: { raw: 'no' } });
    expect(findingOf(plan, 'flags-frozen').fixes[0]).toMatchObject({ change: { raw: 'auto' } });
  });

  it('only compression is lost: that is said, and the update is made', () => {
    const { plan, sent } = update(plain, { from: { zstd_compress: 'active' }, to: { zstd_compress: 'disabled' } });
    expect(plan.ready).toBe(true);
    expect(sent?.compressed).toBe(false);
    expect(findingOf(plan, 'flags-changed').severity).toBe('notes');
  });
});

describe('what a step tells of its pair', () => {
  it('a first stream freezes its flags, anew', () => {
    const plan = planOf({ source: laptop(['a']), destination: emptyNas() });
    const pairs = plan.steps.flatMap((step) => pairOfStep(plan, step) ?? []);
    expect(pairs).toEqual([{ source: 'tank/home', copy: 'backup/home', flags: plain, anew: true }]);
  });

  it('an update is not anew; a raw one is raw', () => {
    const root = DatasetSchema.shape.name.parse('backup/home');
    const plan = planOf({
      source: laptop(['a', 'b'], { datasets: [filesystem('tank'), encrypted('tank/home')] }),
      destination: nas(['a'], { encryption: 'aes-256-gcm', encryptionRoot: root, keyStatus: 'unavailable' }),
    });
    const pairs = plan.steps.flatMap((step) => pairOfStep(plan, step) ?? []);
    expect(pairs).toMatchObject([{ flags: { raw: true }, anew: false }]);
  });

  it('a stream that is gone on with by its token tells nothing', () => {
    expect(flagsOfSend(['sudo', '-n', 'zfs', 'send', '-t', '1-abc'])).toBeNull();
    // A snapshot's name cannot be taken for a flag.
    expect(flagsOfSend(['zfs', 'send', '-c', 'tank/-w@a'])).toEqual(plain);
  });
});
