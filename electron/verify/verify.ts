/**
 * Compares two trees that exist: snapshots by GUID, and on demand all that is in them. Changes nothing of them; a volume whose
 * snapshots have no devices is read from a clone that lasts as long as the reading.
 */
import { SluiceError } from '../../shared/model/failure.ts';
import type { Inventory } from '../../shared/model/inventory.ts';
import { datasetOf } from '../../shared/model/names.ts';
import type { Compared, Difference, Verdict, VerifyEvent, VerifyRequest } from '../../shared/model/verify.ts';
import { compareTrees, hasSnapshots, isEqual } from '../../shared/planning/compare-trees.ts';
import { datasetNamed } from '../../shared/planning/ends.ts';
import { readPlace } from '../hosts/inventory.ts';
import { type ReachHost, reachBoth } from '../hosts/reached.ts';
import { compareContent, type Pair } from './compare-content.ts';
import { NAMED, type Standing } from './compare-lines.ts';
import type { ComparedContent, VerifyNotes } from './verify-notes.ts';

/** ms */
const PROGRESS_EVERY = 200;

type Progress = Extract<VerifyEvent, { event: 'progress' }>;

export interface VerifyParts {
  readonly reach: ReachHost;
  readonly notes: VerifyNotes;
  readonly signal: AbortSignal;
  readonly tell: (progress: Progress) => void;
}

export class Verification {
  readonly #request: VerifyRequest;
  readonly #parts: VerifyParts;
  readonly #differences: Difference[] = [];
  #count = 0;
  #counting = 0;
  #toldAt = 0;

  constructor(request: VerifyRequest, parts: VerifyParts) {
    this.#request = request;
    this.#parts = parts;
  }

  /** @throws SluiceError `dataset-missing`, `nothing-to-compare`, or as the connections say */
  async run(): Promise<Verdict> {
    const { source, destination } = this.#request;
    this.#parts.tell({ event: 'progress', dataset: source.dataset, phase: 'snapshots', done: 0, total: null });
    const [from, to] = await reachBoth(this.#parts.reach, this.#request);
    const trees = (name: typeof source.dataset) => ({ kind: 'trees', names: [name] }) as const;
    const [given, there] = await Promise.all([
      readPlace(from.shell, from.host, from.tools, trees(source.dataset), 'source'),
      readPlace(to.shell, to.host, to.tools, trees(destination.dataset), 'destination'),
    ]);
    if (datasetNamed(given, source.dataset) === null)
      throw new SluiceError({
        code: 'dataset-missing',
        message: `There is no dataset ${source.dataset} on ${source.host}.`,
        next: 'Look at the inventory of that host.',
      });
    if (!hasSnapshots(this.#request, given))
      throw new SluiceError({
        code: 'nothing-to-compare',
        message: `${source.dataset} on ${source.host} has no snapshot, so there is nothing to compare.`,
        next: 'Only snapshots can be compared: take one and replicate it, then compare again.',
      });
    const compared = compareTrees(this.#request, given, there);
    for (const difference of compared.differences) this.#note(difference);
    const contents = this.#request.content ? await this.#compareContents(compared.datasets, given, there) : [];
    const content = contents.map(({ proof }) => proof);
    return {
      request: this.#request,
      equal: isEqual(this.#request, this.#counting, compared.datasets, content),
      datasets: [...compared.datasets],
      differences: this.#differences,
      differenceCount: this.#count,
      content,
    };
  }

  #note(difference: Difference): void {
    this.#count += 1;
    if (difference.counts) this.#counting += 1;
    if (this.#differences.length < NAMED) this.#differences.push(difference);
  }

  /** One dataset after the other; what an earlier comparison has read already is taken over from its notes. */
  async #compareContents(
    datasets: readonly Compared[],
    source: Inventory,
    destination: Inventory,
  ): Promise<ComparedContent[]> {
    const { notes } = this.#parts;
    const earlier = notes.read(this.#request);
    const done: ComparedContent[] = [];
    for (const { kind, newest } of datasets) {
      const original = newest && datasetNamed(source, datasetOf(newest.source));
      const copy = newest && datasetNamed(destination, datasetOf(newest.copy));
      if (newest === null || original === null || copy === null) continue;
      const known = earlier?.done.find(({ guid, proof }) => guid === newest.guid && proof.copy === newest.copy);
      const cut = earlier?.underWay;
      const from = cut?.guid === newest.guid && cut.copy === newest.copy ? cut.standing : null;
      const result = known ?? (await this.#compareOne({ kind, newest, original, copy }, from, done));
      done.push(result);
      for (const difference of result.differences) this.#note(difference);
      this.#count += result.different - result.differences.length;
      this.#counting += result.different - result.differences.length;
      notes.write(this.#request, { done: done.filter(({ proof }) => proof.state !== 'unread'), underWay: null });
    }
    notes.forget(this.#request);
    return done;
  }

  #compareOne(pair: Pair, from: Standing | null, done: readonly ComparedContent[]): Promise<ComparedContent> {
    const { guid, copy } = pair.newest;
    const dataset = pair.original.name;
    return compareContent(pair, from, {
      reachBoth: () => reachBoth(this.#parts.reach, this.#request),
      signal: this.#parts.signal,
      onProgress: (standing, total) =>
        this.#tellNow({
          event: 'progress',
          dataset,
          phase: standing.part === 'end' ? 'files' : standing.part,
          done: standing.source,
          total,
        }),
      onWaiting: (inMs) =>
        this.#parts.tell({ event: 'progress', dataset, phase: 'waiting', done: Math.ceil(inMs / 1000), total: null }),
      onStanding: (standing) =>
        this.#parts.notes.write(this.#request, {
          done: done.filter(({ proof }) => proof.state !== 'unread'),
          underWay: { guid, copy, standing },
        }),
    });
  }

  #tellNow(progress: Progress): void {
    const now = performance.now();
    if (now - this.#toldAt < PROGRESS_EVERY) return;
    this.#toldAt = now;
    this.#parts.tell(progress);
  }
}
