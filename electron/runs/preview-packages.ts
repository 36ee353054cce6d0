/**
 * What each kind of package of a source would hold as a first copy, so that one can be chosen by what it is. The answer
 * is a plan against a destination that is empty and takes everything: the same planning, hence the same stream table.
 */
import type { PackagePreview } from '../../shared/api/contract.ts';
import type { Inventory, Pool } from '../../shared/model/inventory.ts';
import { DatasetNameSchema, poolOf } from '../../shared/model/names.ts';
import { defaultOptions, PackageSchema, type ReplicationRequest } from '../../shared/model/request.ts';
import { assemble } from '../../shared/planning/assemble.ts';
import { decidePackage } from '../../shared/planning/package/decide-package.ts';

/** More rows tell nothing more about a kind of package. */
const SHOWN = 40;
const POOL = DatasetNameSchema.parse('copy');
const TARGET = DatasetNameSchema.parse('copy/of');
/** Of the source's own tools, so that nothing is found that is about the destination. */
const HOST = 'preview';
const ROOM = 2 ** 52;

function emptyDestination(source: Inventory, sourcePool: Pool | undefined): Inventory {
  return {
    ...source,
    host: HOST,
    root: true,
    receiving: [],
    pools: [
      {
        name: POOL,
        guid: null,
        size: ROOM,
        allocated: 0,
        free: ROOM,
        health: 'ONLINE',
        readonly: false,
        features: sourcePool?.features ?? {},
      },
    ],
    datasets: [
      {
        name: POOL,
        kind: 'filesystem',
        guid: '1',
        createtxg: 1,
        used: 0,
        available: ROOM,
        referenced: 0,
        written: 0,
        origin: null,
        mountpoint: null,
        mounted: false,
        canmount: 'noauto',
        readonly: false,
        encryption: 'off',
        encryptionRoot: null,
        keyStatus: null,
        partial: null,
        undecodedToken: null,
      },
    ],
    snapshots: [],
    bookmarks: [],
  };
}

/**
 * @param source all snapshots of the host, narrow
 * @param chosen what of the host the package begins with
 */
export function previewPackages(
  source: Inventory,
  chosen: Pick<ReplicationRequest['source'], 'dataset' | 'also' | 'exclude' | 'snapshot' | 'take'>,
): PackagePreview[] {
  const pool = source.pools.find(({ name }) => name === poolOf(chosen.dataset));
  const destination = emptyDestination(source, pool);
  return PackageSchema.options.map((kind) => {
    const request: ReplicationRequest = {
      ...defaultOptions,
      package: kind,
      source: {
        host: source.host,
        dataset: chosen.dataset,
        also: chosen.also,
        exclude: kind === 'single' ? [] : chosen.exclude,
        snapshot: chosen.snapshot,
        take: chosen.take,
      },
      destination: { host: HOST, dataset: TARGET, naming: chosen.also.length === 0 ? 'exact' : 'without-pool' },
    };
    const plan = assemble(
      decidePackage({ request, source, destination }, () => null),
      [],
    );
    return {
      package: kind,
      streams: plan.streams.slice(0, SHOWN).map(({ type, snapshot, from }) => ({ type, snapshot, from })),
      count: plan.streams.length,
      datasets: Math.max(plan.members.length, new Set(plan.streams.map(({ target }) => target)).size),
      blocked: plan.findings.find(({ severity }) => severity === 'blocks')?.message ?? null,
    };
  });
}
