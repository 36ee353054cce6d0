import { describe, expect, it } from 'vitest';
import type { Dataset } from '../model/inventory.ts';
import { defaultReceiveProfile } from '../model/request.ts';
import {
  codesOf,
  emptyNas,
  filesystem,
  findingOf,
  laptop,
  planOf,
  type RequestParts,
  volume,
} from './testing/inventories.ts';

const mounting = (set: [string, string][] = []): RequestParts => ({
  receive: { ...defaultReceiveProfile, mount: true, set },
});
const live = (name: string, mountpoint: string, parts: Partial<Dataset> = {}) =>
  filesystem(name, { mountpoint, mounted: true, canmount: 'on', ...parts });

const plan = (request: RequestParts, there: Dataset[], source = laptop(['a'])) =>
  planOf({ source, destination: emptyNas({ datasets: [filesystem('backup'), ...there] }), request });

describe('a copy that is to be mounted', () => {
  it.each<[string, RequestParts, Dataset[]]>([
    ['where something else is mounted', mounting(), [live('backup/live', '/backup/home')]],
    ['above what is mounted', mounting([['mountpoint', '/srv']]), [live('backup/www', '/srv/www')]],
    ['at the root', mounting([['mountpoint', '/']]), [live('backup/os', '/')]],
    ['where something mounts at the next boot', mounting(), [live('backup/live', '/backup/home', { mounted: false })]],
  ])('%s: what it covers is named, and not to mount it is offered', (_what, request, there) => {
    const found = plan(request, there);
    expect(found.ready).toBe(true);
    const finding = findingOf(found, 'mountpoint-covers');
    expect(finding).toMatchObject({ severity: 'warns', evidence: { covered: [there[0]?.name], count: 1 } });
    expect(finding.fixes[0]?.change?.receive?.mount).toBe(false);
  });

  it.each<[string, RequestParts, Dataset[]]>([
    ['is not mounted', {}, [live('backup/live', '/backup/home')]],
    ['is mounted where nothing is', mounting(), [live('backup/live', '/backup/homes')]],
    ['lies in what is mounted above', mounting(), [live('backup/x', '/')]],
    ['has a mountpoint that is no path', mounting([['mountpoint', 'legacy']]), [live('backup/live', '/backup/home')]],
    [
      'only covers what never mounts by itself',
      mounting(),
      [live('backup/live', '/backup/home', { mounted: false, canmount: 'noauto' })],
    ],
    ['only meets a volume', mounting(), [volume('backup/vol')]],
  ])('one that %s is no trouble', (_what, request, there) => {
    expect(codesOf(plan(request, there)).filter((code) => code.startsWith('mountpoint'))).toEqual([]);
  });

  it('one mountpoint for a whole package is told of', () => {
    const source = laptop(['a'], { datasets: [filesystem('tank'), filesystem('tank/home')] });
    const found = plan({ ...mounting([['mountpoint', '/srv']]), package: 'replication' }, [], source);
    expect(findingOf(found, 'mountpoint-shared').severity).toBe('warns');
  });
});
