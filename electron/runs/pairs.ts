/**
 * What earlier runs taught, in `pairs.json` of the state folder: with which flags each copy was first sent (they are frozen per pair), and
 * how fast the direct route between two hosts was.
 */
import { z } from 'zod';
import type { DatasetName } from '../../shared/model/names.ts';
import type { Plan } from '../../shared/model/plan.ts';
import type { Receipt, RunEvent } from '../../shared/model/run.ts';
import { type FrozenFlags, FrozenFlagsSchema, pairOfStep, type SentPair } from '../../shared/planning/frozen.ts';
import { LARGE_BLOCKS_BEFORE } from '../../shared/zfs/messages-receive.ts';
import { openStateFile } from '../state-file.ts';

interface End {
  readonly host: string;
  readonly dataset: DatasetName;
}

/** What the book needs of the store under it. */
export interface PairStore {
  get(key: 'pairs' | 'directRates'): unknown;
  set(key: 'pairs', pairs: Record<string, FrozenFlags>): void;
  set(key: 'directRates', rates: Record<string, number>): void;
}

const PairsSchema = z.record(z.string(), FrozenFlagsSchema);
const RatesSchema = z.record(z.string(), z.number().positive());

/** A run that carried less says little about a line, bytes. */
const TELLING = 256 * 1024 ** 2;

/** Names have no line ends, so no two pairs have one key. */
const keyOf = (source: End, copy: End): string => [source.host, source.dataset, copy.host, copy.dataset].join('\n');

/** The flags of the first stream to a copy, or null. */
export type SentBefore = (source: End, copy: End) => FrozenFlags | null;

/** How fast the direct route between two hosts was when it was last taken for long, bytes per second; null: not known. */
export type DirectBefore = (from: string, to: string) => number | null;

const ratesKey = (from: string, to: string): string => `${from}\n${to}`;

export class PairBook {
  readonly #store: PairStore;
  readonly #plans = new Map<string, Plan>();
  /** What of each run's streams failed. */
  readonly #failed = new Map<string, readonly SentPair[]>();

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

  readonly directRate: DirectBefore = (from, to) => {
    const rates = this.#readRates();
    const key = ratesKey(from, to);
    return Object.hasOwn(rates, key) ? (rates[key] ?? null) : null;
  };

  #readRates(): Record<string, number> {
    const parsed = RatesSchema.safeParse(this.#store.get('directRates'));
    return parsed.success ? parsed.data : {};
  }

  /** A run under a limit, or one that was interrupted, does not tell what the line can do. */
  #keepRate({ route, request }: Plan, { bytes, meanBytesPerSecond, interruptions }: Receipt): void {
    if (route !== 'direct' || request.limit !== null || interruptions > 0 || bytes < TELLING || meanBytesPerSecond <= 0)
      return;
    const key = ratesKey(request.source.host, request.destination.host);
    this.#store.set('directRates', { ...this.#readRates(), [key]: meanBytesPerSecond });
  }

  /** Follows a run: each stream that has arrived freezes the flags of its pair, unless they are frozen already. */
  observe(event: RunEvent): void {
    if (event.event === 'started') this.#plans.set(event.run, event.plan);
    const plan = this.#plans.get(event.run);
    if (plan === undefined) return;
    if (event.event === 'finished') {
      if (event.receipt !== null) this.#keepRate(plan, event.receipt);
      this.#learn(plan, event.error?.code ?? null, this.#failed.get(event.run) ?? []);
      this.#plans.delete(event.run);
      this.#failed.delete(event.run);
    }
    if (event.event !== 'step' || event.state === 'begun') return;
    const step = plan.steps[event.index];
    const sent = step === undefined ? null : pairOfStep(plan, step);
    if (sent === null) return;
    if (event.state === 'done') this.#freeze(plan, sent);
    else this.#failed.set(event.run, [...(this.#failed.get(event.run) ?? []), sent]);
  }

  #freeze({ request: { source, destination } }: Plan, sent: SentPair): void {
    const pairs = this.#read();
    const key = keyOf({ host: source.host, dataset: sent.source }, { host: destination.host, dataset: sent.copy });
    if (Object.hasOwn(pairs, key) && !sent.anew) return;
    this.#store.set('pairs', { ...pairs, [key]: sent.flags });
  }

  /** What the refusal of a copy made elsewhere says about it, where it is clear which copy refused. */
  #learn(plan: Plan, code: string | null, failed: readonly SentPair[]): void {
    const [refused] = failed;
    if (code !== LARGE_BLOCKS_BEFORE || refused === undefined || failed.length > 1) return;
    this.#freeze(plan, { ...refused, flags: { ...refused.flags, largeBlocks: true } });
  }
}

/** @param stateDir an absolute path of a folder that exists */
export const openPairBook = (stateDir: string): PairBook =>
  new PairBook(openStateFile(stateDir, 'pairs', { pairs: {}, directRates: {} }, 'begin-anew'));
