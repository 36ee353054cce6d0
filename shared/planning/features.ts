/** Pool features without which a stream is refused at its first record: `pool must be upgraded to receive this stream.` */
import type { Dataset, Inventory, Pool } from '../model/inventory.ts';
import type { Finding, Fix } from '../model/plan.ts';
import type { StreamFeature } from '../zfs/pool-listing.ts';
import { type Ends, poolNamed } from './ends.ts';
import { blocks, warns } from './findings.ts';
import { isEncrypted } from './flags.ts';

/** Features every stream needs if a dataset uses them; a raw one has all blocks as they are. */
const ALWAYS: readonly StreamFeature[] = ['large_dnode', 'large_microzap', 'longname'];
const RAW: readonly StreamFeature[] = ['large_blocks', 'zstd_compress', 'lz4_compress', 'embedded_data'];

export function checkFeatures({ source, destination, request }: Ends, dataset: Dataset, raw: boolean): Finding[] {
  const from = poolNamed(source, request.source.dataset);
  const to = poolNamed(destination, request.destination.dataset);
  if (from === undefined || to === undefined) return [];
  // A pool that lists no features has another kind of ZFS; one that lists them does not know those missing.
  const tells = Object.keys(to.features).length > 0;
  const isThere = (feature: StreamFeature) => to.features[feature] === 'enabled' || to.features[feature] === 'active';
  const lacking = (features: readonly StreamFeature[]) =>
    tells ? features.filter((feature) => !isThere(feature)) : [];
  const evidence = { host: destination.host, pool: to.name };
  // Solaris encrypts in its own way since pool version 30, and has no raw streams.
  const cannotHold = destination.zfs.dialect === 'solaris' || lacking(['encryption']).length > 0;
  if (raw && isEncrypted(dataset) && cannotHold) return [noEncryption(destination, to)];
  const inUse = lacking([...ALWAYS, ...(raw ? RAW : [])]).filter((feature) => from.features[feature] === 'active');
  if (inUse.length === 0) return [];
  return [
    warns('feature-may-be-missing', {
      message: `${from.name} on ${source.host} uses ${inUse.join(', ')}, which ${to.name} on ${destination.host} has not enabled. If ${dataset.name} itself uses ${inUse.length === 1 ? 'it' : 'them'}, the stream will be refused.`,
      evidence: { ...evidence, features: inUse },
    }),
  ];
}

function noEncryption(destination: Inventory, pool: Pool): Finding {
  const isKnown = pool.features.encryption !== undefined;
  return blocks('feature-missing', {
    message: isKnown
      ? `The pool ${pool.name} on ${destination.host} cannot hold encrypted data: its feature encryption is disabled.`
      : `The pool ${pool.name} on ${destination.host} cannot hold encrypted data: its ZFS does not know the feature encryption.`,
    evidence: { host: destination.host, pool: pool.name, features: ['encryption'] },
    fixes: [isKnown ? enableEncryption(destination, pool) : SEND_DECRYPTED],
  });
}

const enableEncryption = ({ host, elevation }: Inventory, { name }: Pool): Fix => ({
  label: 'Enable the feature on the destination pool',
  detail: 'Hosts whose ZFS does not know it can then no longer import the pool. Check again afterwards.',
  command: { host, argv: [...elevation, 'zpool', 'set', 'feature@encryption=enabled', name] },
  destructive: false,
});

const SEND_DECRYPTED: Fix = {
  label: 'Send it decrypted',
  detail: 'The copy is then in plain text there, unless its parent is encrypted.',
  change: { raw: 'no' },
  destructive: false,
};
