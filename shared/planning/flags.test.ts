import { describe, expect, it } from 'vitest';
import type { Inventory, Pool } from '../model/inventory.ts';
import { defaultReceiveProfile } from '../model/request.ts';
import { chooseFlags } from './flags.ts';
import {
  emptyNas,
  encrypted,
  filesystem,
  laptop,
  openzfs,
  pool,
  type RequestParts,
  request,
  volume,
  zfsFuse,
} from './testing/inventories.ts';

type States = Pool['features'];
interface Parts {
  readonly from?: States;
  readonly to?: States;
  readonly source?: Partial<Inventory>;
  readonly destination?: Partial<Inventory>;
  readonly request?: RequestParts;
  readonly dataset?: ReturnType<typeof filesystem>;
  readonly target?: ReturnType<typeof filesystem> | null;
}

function flags({ from = {}, to = {}, ...parts }: Parts = {}) {
  const features = pool('x').features;
  return chooseFlags({
    place: null,
    request: request(parts.request),
    source: laptop(['a'], { pools: [pool('tank', { features: { ...features, ...from } })], ...parts.source }),
    destination: emptyNas({ pools: [pool('backup', { features: { ...features, ...to } })], ...parts.destination }),
    dataset: parts.dataset ?? filesystem('tank/home'),
    target: parts.target ?? null,
  });
}

describe('what is sent', () => {
  it.each<[string, Parts, boolean]>([
    ['both know what the blocks are compressed with', {}, true],
    ['zstd is in use and enabled there', { from: { zstd_compress: 'active' } }, true],
    [
      'zstd is in use and disabled there',
      { from: { zstd_compress: 'active' }, to: { zstd_compress: 'disabled' } },
      false,
    ],
    ['zstd is disabled there, but not in use', { to: { zstd_compress: 'disabled' } }, true],
    ['lz4 is disabled there', { to: { lz4_compress: 'disabled' } }, false],
    ['nothing is known of the pool there', { destination: { pools: [] } }, false],
    ['raw, which has them compressed anyway', { request: { raw: 'yes' } }, false],
    ['zfs-fuse is the source', { source: { zfs: zfsFuse } }, false],
  ])('compressed where %s: %s', (_when, parts, compressed) => {
    expect(flags(parts).send.compressed).toBe(compressed);
  });

  it.each<[string, Parts, boolean]>([
    ['in use and known there', { from: { large_blocks: 'active' } }, true],
    ['not in use', {}, false],
    ['in use and disabled there', { from: { large_blocks: 'active' }, to: { large_blocks: 'disabled' } }, false],
  ])('large blocks %s: %s', (_when, parts, whole) => {
    expect(flags(parts).send.largeBlocks).toBe(whole);
  });

  it('embedded blocks never: an encrypted place refuses them', () => {
    expect(flags({ from: { embedded_data: 'active' } }).send.embedded).toBe(false);
  });
});

describe('how it is received', () => {
  it.each<[string, Parts, boolean]>([
    ['both can', {}, true],
    [
      'the pool lacks extensible_dataset, which receive -s itself needs',
      { to: { extensible_dataset: 'disabled' } },
      false,
    ],
    ['the source has no tokens', { source: { zfs: zfsFuse } }, false],
    ['the destination has no -s', { destination: { zfs: zfsFuse } }, false],
  ])('resumable where %s: %s', (_when, parts, resumable) => {
    const chosen = flags(parts);
    expect(chosen.receive.resumable).toBe(resumable);
    expect(chosen.sentences.join(' ')).toContain(resumable ? 'resumes where it stopped' : 'cannot resume');
  });

  it('a new filesystem takes nothing over; a volume has other properties; what exists keeps its own', () => {
    expect(flags().receive.set.map((pair) => pair.join('='))).toEqual([
      'readonly=on',
      'canmount=noauto',
      'setuid=off',
      'devices=off',
    ]);
    expect(flags({ dataset: volume('tank/home') }).receive.set).toEqual([['readonly', 'on']]);
    expect(flags({ target: filesystem('backup/home') }).receive.set).toEqual([]);
  });

  it('without -o the same is set afterwards, by the destination’s tools', () => {
    const chosen = flags({ destination: { zfs: zfsFuse } });
    expect(chosen.receive).toMatchObject({ unmounted: true, set: [] });
    expect(chosen.setAfter.map(([name]) => name)).toEqual(['readonly', 'canmount', 'setuid', 'devices']);
    expect(flags().setAfter).toEqual([]);
  });

  it('a receive without -u is not given it', () => {
    const receive = openzfs.capabilities.receive.filter((letter) => letter !== 'u');
    const zfs = { ...openzfs, capabilities: { ...openzfs.capabilities, receive } };
    expect(flags({ destination: { zfs } }).receive.unmounted).toBe(false);
  });
});

describe('in words', () => {
  it('say what is done, and nothing else', () => {
    expect(flags().sentences).toEqual([
      'Compressed blocks stay compressed in transit (-c).',
      'If the connection drops, the next attempt resumes where it stopped (receive -s).',
      'The copy is received without mounting it (-u).',
      'The copy is read-only, so that nothing can come between it and the next update.',
      'It will not mount by itself at boot (canmount=noauto).',
      'Set-user-id programs and device files in the copy have no effect there (setuid=off, devices=off).',
      'Properties of the source, such as its mountpoint, shares and quotas, are not sent.',
    ]);
  });

  it('a limit, raw', () => {
    const said = flags({ request: { limit: 5_242_880 }, dataset: encrypted('tank/home') }).sentences;
    expect(said[0]).toContain('(-w)');
    expect(said.at(-1)).toBe('The rate is limited to 5.00 MiB/s.');
  });

  it('writable and mounted: nothing is promised', () => {
    const receive = { ...defaultReceiveProfile, readonly: 'off', mount: true } as const;
    expect(flags({ request: { receive } }).sentences.join(' ')).not.toMatch(/read-only|without mounting|at boot/);
  });
});
