/** Finds out how fast the beginning of a stream comes through the relay, as it is and compressed. Nothing is written anywhere. */
import type { Command, Plan } from '../../shared/model/plan.ts';
import { type Compressor, pack, unpack } from '../../shared/transfer/helpers.ts';
import { MEASURE_FROM, type Sample } from '../../shared/transfer/packing.ts';
import { type WireText, wireStages } from '../../shared/zfs/wire.ts';
import type { Reached } from '../hosts/reached.ts';
import { endpointOf, type Meter, streamSucceeded } from '../transfer/job.ts';
import { startRelay } from '../transfer/relay.ts';

const MiB = 1024 ** 2;
/** The first sample opens the connections; each further one is larger, bytes, … */
const FIRST = MiB;
const MOST = 64 * MiB;
const STEP = 16;
/** … until one lasts so long, ms, that what happens only once no longer counts. */
const LASTING = 1000;
/** A sample that takes longer is given up, ms: the line is so slow that one more minute of measuring is not what it needs. */
const LONGEST = 12_000;
/** For so long a measurement is remembered, ms: what is shown on the review page has to be what Start finds. */
const KEPT = 30 * 60_000;

const HEAD = 'n=$1; shift; "$@" 2>/dev/null | head -c "$n"';

interface Ways {
  readonly from: Reached;
  readonly to: Reached;
}

interface Line extends Ways {
  /** Of the run's: measuring takes no more of the line than it, and says what is faster within it. Bytes per second; null: none. */
  readonly limit: number | null;
}

interface Through {
  readonly ms: number;
  /** Bytes on the line. */
  readonly bytes: number;
}

/** The first `bytes` of the stream, all the way to the destination, where they are thrown away; null if that fails or lasts. */
async function carry(
  send: Command,
  bytes: number,
  by: Compressor | null,
  { from, to, limit }: Line,
): Promise<Through | null> {
  const first = ['sh', '-c', HEAD, 'sh', String(bytes), ...send.argv];
  const last = ['sh', '-c', 'cat >/dev/null'];
  const commands: [WireText, WireText] =
    by === null
      ? [wireStages([first]), wireStages([last])]
      : [wireStages([first, pack(by)]), wireStages([unpack(by), last])];
  let meter: Meter | null = null;
  const relay = startRelay(
    {
      source: { endpoint: endpointOf(from.target), command: commands[0] },
      destination: { endpoint: endpointOf(to.target), command: commands[1] },
      limit,
    },
    {
      onMeter: (told) => {
        meter = told;
      },
      ask: from.ask,
    },
  );
  const giveUp = setTimeout(() => relay.cancel(), LONGEST);
  const end = await relay.done.finally(() => clearTimeout(giveUp));
  const mean = (meter as Meter | null)?.meanBytesPerSecond ?? 0;
  return streamSucceeded(end) && mean > 0 ? { ms: (end.bytes / mean) * 1000, bytes: end.bytes } : null;
}

async function measure(
  send: Command,
  compressors: readonly (Compressor | null)[],
  line: Line,
): Promise<Sample[] | null> {
  let bytes = FIRST;
  let plain = await carry(send, bytes, null, line);
  while (plain !== null && plain.ms < (bytes === FIRST ? 4 * LASTING : LASTING / 2) && bytes < MOST) {
    bytes = Math.min(MOST, Math.round(bytes * Math.min(STEP, Math.max(4, LASTING / plain.ms))));
    plain = await carry(send, bytes, null, line);
  }
  if (plain === null) return null;
  const sampleFrom = (compressor: Compressor | null, through: Through): Sample => ({
    compressor,
    rate: (bytes / through.ms) * 1000,
    share: through.bytes / bytes,
  });
  const samples = [sampleFrom(null, plain)];
  for (const compressor of compressors) {
    const through = compressor === null ? null : await carry(send, bytes, compressor, line);
    if (through !== null) samples.push(sampleFrom(compressor, through));
  }
  return samples;
}

const known = new WeakMap<
  Reached['shell'],
  Map<string, { readonly at: number; readonly samples: Promise<Sample[] | null> }>
>();

/** The send of the largest stream: what most of the time goes into. */
function largest({ steps, streams }: Plan): Command | null {
  const sizeOf = (step: Plan['steps'][number]): number =>
    step.streams.reduce((sum, index) => sum + (streams[index]?.bytes ?? 0), 0);
  const [step] = steps.filter(({ kind }) => kind === 'send-receive').toSorted((a, b) => sizeOf(b) - sizeOf(a));
  return step !== undefined && sizeOf(step) >= 2 * MOST ? (step.commands[0] ?? null) : null;
}

/**
 * @param compressors to be tried besides the stream as it is; none: nothing has to be known
 * @returns null if it is not worth it (below {@link MEASURE_FROM}) or cannot be done, such as for a snapshot that is not there yet
 */
export async function sampleOf(
  plan: Plan,
  ways: Ways,
  compressors: readonly (Compressor | null)[],
): Promise<readonly Sample[] | null> {
  const send = largest(plan);
  if (
    compressors.length === 0 ||
    send === null ||
    (plan.estimate.bytes ?? 0) < MEASURE_FROM ||
    plan.request.source.take
  )
    return null;
  const { shell } = ways.from;
  const kept = known.get(shell) ?? new Map();
  known.set(shell, kept);
  const { limit } = plan.request;
  const key = JSON.stringify([ways.to.host.name, plan.request.source.dataset, compressors, limit]);
  const before = kept.get(key);
  if (before !== undefined && performance.now() - before.at < KEPT) return await before.samples;
  const samples = measure(send, compressors, { ...ways, limit });
  kept.set(key, { at: performance.now(), samples });
  return await samples;
}
