/** Whether a stream is compressed in transit, decided from what was asked, what both ends have, and what was measured. Pure. */
import { spokenRate } from '../model/bytes.ts';
import type { Finding, Plan } from '../model/plan.ts';
import { blocks } from '../planning/findings.ts';
import { COMPRESSORS, type Compressor, type Helpers } from './helpers.ts';

/** How fast the beginning of a stream came through the relay, once as it is and once compressed. */
export interface Sample {
  readonly compressor: Compressor | null;
  /** Bytes per second of the stream, before it is compressed. */
  readonly rate: number;
  /** Bytes on the wire for each byte of the stream; 1 without compression. */
  readonly share: number;
}

export interface PackingFacts {
  readonly route: Plan['route'];
  readonly practice: boolean;
  /** Every stream is raw: encrypted blocks do not become smaller. */
  readonly raw: boolean;
  /** The send or a counter beside it reports how many bytes of the stream are through; the wire shows only the compressed ones. */
  readonly tells: boolean;
  readonly source: Helpers;
  readonly destination: Helpers;
  /** Null: nothing was measured, or it could not be. */
  readonly samples: readonly Sample[] | null;
}

export interface Packing {
  readonly compressor: Compressor | null;
  /** `mbuffer` at the ends that have it. */
  readonly buffers: boolean;
  /** For the review page; null where there is nothing to say. */
  readonly sentence: string | null;
  readonly findings: readonly Finding[];
}

/** Bytes from which it is worth a few seconds to find out what is fastest, and a buffer's memory. */
export const MEASURE_FROM = 256 * 1024 ** 2;
/** How much faster than the plain stream it has to be: it costs both hosts processor time. */
const GAIN = 1.25;

type Asked = Pick<Plan['request'], 'compress'>;

/** Those that both ends have. */
export const compressorsOf = ({ source, destination }: Pick<PackingFacts, 'source' | 'destination'>): Compressor[] =>
  COMPRESSORS.filter((one) => source.has(one) && destination.has(one));

const without = { label: 'Send it as it is', detail: 'Nothing is needed for that.', destructive: false };

/**
 * @param bytes the estimate; null: unknown
 * @returns for a compressor that was asked for and cannot be used, a finding that blocks
 */
export function decidePacking(asked: Asked, bytes: number | null, facts: PackingFacts): Packing {
  const large = (bytes ?? 0) >= MEASURE_FROM;
  const travels = facts.route !== 'local' && !facts.practice;
  const packing = (compressor: Compressor | null, sentence: string | null, ...findings: Finding[]): Packing => ({
    compressor,
    buffers: travels && (large || compressor !== null),
    sentence,
    findings,
  });
  if (!travels || asked.compress === 'no') return packing(null, null);
  if (asked.compress !== 'auto') return askedFor(asked.compress, facts, packing);
  if (!large) return packing(null, null);
  if (facts.raw) return packing(null, 'Not compressed in transit: encrypted blocks do not become smaller.');
  if (compressorsOf(facts).length === 0)
    return packing(null, 'Not compressed in transit: the two ends have neither zstd nor lz4 in common.');
  if (!facts.tells) return packing(null, null);
  return measured(facts, packing);
}

type Make = (compressor: Compressor | null, sentence: string | null, ...findings: Finding[]) => Packing;

function askedFor(compressor: Compressor, facts: PackingFacts, packing: Make): Packing {
  const lacking = (['source', 'destination'] as const).filter((end) => !facts[end].has(compressor));
  if (lacking.length > 0)
    return packing(
      null,
      null,
      blocks('compress-needs-tool', {
        message: `The ${lacking.join(' and the ')} ${lacking.length > 1 ? 'have' : 'has'} no ${compressor}, which was to compress the stream.`,
        evidence: { compressor, lacking },
        fixes: [{ ...without, change: { compress: 'no' } }],
      }),
    );
  return packing(
    compressor,
    facts.tells
      ? `Compressed with ${compressor} in transit, as asked.`
      : `Compressed with ${compressor} in transit, as asked; what is shown moving are the compressed bytes.`,
  );
}

/** The relay was measured; the direct route is at least as fast at its two ends. */
function measured({ samples, route }: PackingFacts, packing: Make): Packing {
  const plain = samples?.find(({ compressor }) => compressor === null);
  if (plain === undefined) return packing(null, null);
  const [best] = (samples ?? [])
    .filter(({ compressor }) => compressor !== null)
    // More than the line is spared it cannot gain; what was measured beyond that is chance.
    .map((one) => ({ ...one, rate: Math.min(one.rate, plain.rate / one.share) }))
    .toSorted((a, b) => b.rate - a.rate);
  if (best === undefined) return packing(null, null);
  const where = route === 'direct' ? ' through this computer' : '';
  const rates = `${spokenRate(best.rate)} with ${best.compressor}${where}, ${spokenRate(plain.rate)} as it is`;
  if (best.rate < plain.rate * GAIN)
    return packing(null, `Not compressed in transit: a sample came through at ${rates}.`);
  return packing(
    best.compressor,
    `Compressed with ${best.compressor} in transit: a sample came through at ${rates}, with ${Math.round(best.share * 100)} % of its bytes on the wire.`,
  );
}
