/** One row of the bench: Sluice against what people do without it, the same work in turns. */

export interface Measured {
  readonly seconds: number;
  /** User and system time of Sluice's process; null where it is not this process. */
  readonly cpuSeconds: number | null;
  /** The largest resident size of this process that was seen, bytes. */
  readonly peakRss: number | null;
  /** By how much the main thread's event loop was late, 99th percentile, ms. */
  readonly loopDelayP99: number | null;
}

export interface Contest {
  readonly title: string;
  /** What Sluice is compared with. */
  readonly against: string;
  /** How many times as fast Sluice is meant to be; null: nothing was promised. */
  readonly aim: number | null;
  /** Carried by each run; null: the time is what counts. */
  readonly bytes: number | null;
  /** For one whose rounds take minutes: at most so many of those that were asked for. */
  readonly mostRounds?: number;
  /** Undoes what the run before left, untimed. */
  readonly prepare?: () => Promise<void>;
  /** @returns seconds */
  readonly theirs: () => Promise<number>;
  readonly ours: () => Promise<Measured>;
}

export interface Stage {
  readonly contests: readonly Contest[];
  close(): Promise<void>;
}

export interface StageOptions {
  /** Bytes a run carries, roughly; null: as many as the part is meant to. */
  readonly bytes: number | null;
  /** Of the pair with many. */
  readonly datasets: number;
  /** Told in words what takes the time. */
  readonly report: (line: string) => void;
}

/** One part of the bench, by the name it is asked for. */
export interface Part {
  readonly name: string;
  /** Why it cannot run on this machine, in one line, or null. */
  unavailable(): string | null;
  open(options: StageOptions): Promise<Stage>;
}

export interface Result {
  readonly title: string;
  readonly against: string;
  readonly aim: number | null;
  readonly bytes: number | null;
  /** Seconds of each run, in the order in which they were made. */
  readonly theirs: readonly number[];
  readonly ours: readonly Measured[];
  /** How many times as fast Sluice is, by the medians. */
  readonly ratio: number;
}

/**
 * Both in turns, so that what else the machine does hits both alike; each goes first every other time. One round of both before is
 * not counted.
 */
export async function hold(contest: Contest, asked: number, report: (line: string) => void): Promise<Result> {
  const rounds = Math.min(asked, contest.mostRounds ?? asked);
  const theirs: number[] = [];
  const ours: Measured[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const turns = [
      async () => {
        const seconds = await contest.theirs();
        if (round > 0) theirs.push(seconds);
      },
      async () => {
        const measured = await contest.ours();
        if (round > 0) ours.push(measured);
      },
    ];
    for (const turn of round % 2 === 0 ? turns : turns.reverse()) {
      await contest.prepare?.();
      await turn();
    }
    report(`${contest.title}, against ${contest.against}: round ${round} of ${rounds}`);
  }
  const { title, against, aim, bytes } = contest;
  return {
    title,
    against,
    aim,
    bytes,
    theirs,
    ours,
    ratio: median(theirs) / median(ours.map(({ seconds }) => seconds)),
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
