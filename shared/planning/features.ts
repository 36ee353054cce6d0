/** Pool features without which a stream is refused at its first record: `pool must be upgraded to receive this stream.` */
import type { Dataset } from '../model/inventory.ts';
import type { Finding } from '../model/plan.ts';
import { type Ends, poolNamed } from './ends.ts';
import { blocks, warns } from './findings.ts';
import { isEncrypted } from './flags.ts';

/** What no stream can do without where a dataset uses it; a raw one has all blocks as they are. */
const ALWAYS = ['large_dnode'];
const RAW = ['large_blocks', 'zstd_compress', 'lz4_compress', 'embedded_data'];

export function checkFeatures({ source, destination, request }: Ends, dataset: Dataset, raw: boolean): Finding[] {
  const from = poolNamed(source, request.source.dataset);
  const to = poolNamed(destination, request.destination.dataset);
  if (from === undefined || to === undefined) return [];
  const lacking = (features: readonly string[]) => features.filter((feature) => to.features[feature] === 'disabled');
  const evidence = { host: destination.host, pool: to.name };
  if (raw && isEncrypted(dataset) && lacking(['encryption']).length > 0) {
    return [
      blocks('feature-missing', {
        message: `The pool ${to.name} on ${destination.host} cannot hold encrypted data: its feature encryption is disabled.`,
        evidence: { ...evidence, features: ['encryption'] },
        fixes: [
          {
            label: 'Enable the feature on the destination pool',
            detail: 'Hosts whose ZFS does not know it can then no longer import the pool. Check again afterwards.',
            command: {
              host: destination.host,
              argv: [...destination.elevation, 'zpool', 'set', 'feature@encryption=enabled', to.name],
            },
            destructive: false,
          },
        ],
      }),
    ];
  }
  const inUse = lacking([...ALWAYS, ...(raw ? RAW : [])]).filter((feature) => from.features[feature] === 'active');
  if (inUse.length === 0) return [];
  return [
    warns('feature-may-be-missing', {
      message: `${from.name} on ${source.host} uses ${inUse.join(', ')}, which ${to.name} on ${destination.host} has disabled. If ${dataset.name} itself uses ${inUse.length === 1 ? 'it' : 'them'}, the stream will be refused.`,
      evidence: { ...evidence, features: inUse },
    }),
  ];
}
