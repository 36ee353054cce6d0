/** With which flags each copy was first sent, in `pairs.json` of the state folder (DESIGN 4: flags are frozen per pair). */
import Conf from 'conf';
import { z } from 'zod';
import type { DatasetName } from '../../shared/model/names.ts';
import type { Plan } from '../../shared/model/plan.ts';
import type { RunEvent } from '../../shared/model/run.ts';
import { type FrozenFlags, FrozenFlagsSchema, pairOfStep } from '../../shared/planning/frozen.ts';

/** The version of the file's format. */
const FORMAT = '1.0.0';

interface End {
  readonly host: string;
  readonly dataset: DatasetName;
}

/** What the book needs of the store under it. */
export interface PairStore {
  get(key: 'pairs'): unknown;
  set(key: 'pairs', pairs: Record<string, FrozenFlags>): void;
}

const PairsSchema = z.record(z.string(), FrozenFlagsSchema);

/** Names have no line ends, so no two pairs have one key. */
const keyOf = (source: End, copy: End): string => [source.host, source.dataset, copy.host, copy.dataset].join('\n');

/** The flags of the first stream to a copy, or null. */
export type SentBefore = (source: End, copy: End) => FrozenFlags | null;

export class PairBook {
  readonly #store: PairStore;
  readonly #plans = new Map<string, Plan>();

  constructor(store: PairStore) {
    this.#store = store;
  }

  /** A file that cannot be read is as good as none: the copy then decides, as it does for copies made elsewhere. */
  #read(): Record<string, FrozenFlags> {
    const parsed = PairsSchema.safeParse(this.#store.get('pairs'));
    return parsed.success ? parsed.data : {};
  }

  readonly get: SentBefore = (source, copy) => {
    const pairs = this.#read();
    const key = keyOf(source, copy);
    return Object.hasOwn(pairs, key) ? (pairs[key] ?? null) : null;
  };

  /** Follows a run: each stream that has arrived freezes the flags of its pair, unless they are frozen already. */
  observe(event: RunEvent): void {
    if (event.event === 'started') this.#plans.set(event.run, event.plan);
    if (event.event === 'finished') this.#plans.delete(event.run);
    if (event.event !== 'step' || event.state !== 'done') return;
    const plan = this.#plans.get(event.run);
    const step = plan?.steps[event.index];
    const sent = plan === undefined || step === undefined ? null : pairOfStep(plan, step);
    if (plan === undefined || sent === null) return;
    const { source, destination } = plan.request;
    const pairs = this.#read();
    const key = keyOf({ host: source.host, dataset: sent.source }, { host: destination.host, dataset: sent.copy });
    if (Object.hasOwn(pairs, key) && !sent.anew) return;
    this.#store.set('pairs', { ...pairs, [key]: sent.flags });
  }
}

/** @param stateDir an absolute path of a folder that exists */
export function openPairBook(stateDir: string): PairBook {
  return new PairBook(
    new Conf<{ pairs: unknown }>({
      cwd: stateDir,
      configName: 'pairs',
      configFileMode: 0o600,
      // What is known of pairs is only a help; a damaged file is begun anew.
      clearInvalidConfig: true,
      accessPropertiesByDotNotation: false,
      projectVersion: FORMAT,
      migrations: {},
      defaults: { pairs: {} },
    }),
  );
}
