/**
 * What each kind of package of a source would hold as a first copy, so that one can be chosen by what it is. The answer
 * is a plan against a destination that is empty and takes everything: the same planning, hence the same stream table.
 */
import type { Inventory, Pool } from '../../model/inventory.ts';
import { DatasetNameSchema, poolOf } from '../../model/names.ts';
import type { PackagePreview } from '../../model/package-preview.ts';
import type { Finding } from '../../model/plan.ts';
import { defaultOptions, PackageSchema, type ReplicationRequest } from '../../model/request.ts';
import { assemble } from '../assemble.ts';
import { isBlocking } from '../findings.ts';
import { decidePackage } from './decide-package.ts';

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

/** Without a word of the destination, which is not chosen yet. */
function whatBlocks(findings: readonly Finding[]): string | null {
  const finding = findings.find(isBlocking);
  if (finding === undefined) return null;
  if (finding.code !== 'origin-missing') return finding.message;
  const { clone, origin } = finding.evidence;
  return `${clone} is a clone of ${origin}, which is not in this package: it can only be copied to where that already exists.`;
}

/** What of the source a package begins with. */
export type PreviewedSource = Pick<ReplicationRequest['source'], 'dataset' | 'also' | 'exclude' | 'snapshot' | 'take'>;

/**
 * @param source all snapshots of the host, narrow
 */
export function previewPackages(source: Inventory, chosen: PreviewedSource): PackagePreview[] {
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
      blocked: whatBlocks(plan.findings),
    };
  });
}
