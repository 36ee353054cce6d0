import { runPipeline } from './pipeline.ts';
import { type RelayRun, runRelay } from './relay.ts';
import type { Scenario } from './scenario.ts';

export interface Comparison {
  readonly title: string;
  /** Cipher of the shell pipeline; null: OpenSSH's own choice. The relay always uses its own, aes128-gcm. */
  readonly pipelineCipher: string | null;
  readonly bytes: number;
  /** Seconds of each run, in the order in which they were made. */
  readonly pipelineSeconds: readonly number[];
  readonly relayRuns: readonly RelayRun[];
  /** Medians, bytes per second. */
  readonly pipelineRate: number;
  readonly relayRate: number;
  /** How many times as fast as the pipeline the relay is, by the medians. */
  readonly ratio: number;
}

/**
 * Runs shell pipeline and relay in turns, so that what else the machine does hits both alike; each goes first every
 * other time. One round of both before is not counted.
 */
export async function compare(
  scenario: Scenario,
  pipelineCipher: string | null,
  rounds: number,
  report: (line: string) => void,
): Promise<Comparison> {
  const pipelineSeconds: number[] = [];
  const relayRuns: RelayRun[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const runs = [
      async () => {
        await scenario.prepare?.();
        pipelineSeconds.push(await runPipeline(scenario, pipelineCipher));
      },
      async () => {
        await scenario.prepare?.();
        relayRuns.push(await runRelay(scenario));
      },
    ];
    for (const run of round % 2 === 0 ? runs : runs.reverse()) await run();
    if (round === 0) {
      pipelineSeconds.pop();
      relayRuns.pop();
    }
    report(`${scenario.title}: round ${round} of ${rounds}`);
  }
  const bytes = relayRuns[0]?.bytes ?? 0;
  const pipelineRate = bytes / median(pipelineSeconds);
  const relayRate = bytes / median(relayRuns.map((run) => run.seconds));
  return {
    title: scenario.title,
    pipelineCipher,
    bytes,
    pipelineSeconds,
    relayRuns,
    pipelineRate,
    relayRate,
    ratio: relayRate / pipelineRate,
  };
}

/** @throws RangeError for no numbers at all */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new RangeError('The median of nothing.');
  return (low + high) / 2;
}
