/** Compares two trees that exist: snapshots by GUID, and on demand all that is in them. Writes nothing anywhere. */
import { SluiceError, toFailure } from '../../shared/model/failure.ts';
import type { Dataset, Inventory } from '../../shared/model/inventory.ts';
import { labelOf } from '../../shared/model/names.ts';
import type {
  Compared,
  ContentProof,
  Difference,
  Verdict,
  VerifyEvent,
  VerifyRequest,
} from '../../shared/model/verify.ts';
import { compareTrees } from '../../shared/planning/compare-trees.ts';
import { datasetNamed } from '../../shared/planning/ends.ts';
import { type ContentPart, readContent } from '../../shared/zfs/content.ts';
import { wireCommand } from '../../shared/zfs/wire.ts';
import { readInventory } from '../hosts/inventory.ts';
import type { Reach, Reached } from '../runs/make-plan.ts';
import type { Exit } from '../ssh/shell.ts';
import { type ContentCount, compareLines } from './compare-lines.ts';

/** Differences that are named; the rest is counted. */
const NAMED = 1000;
/** A read of all files may take days, ms. */
const READING = 14 * 24 * 3600_000;
/** ms */
const PROGRESS_EVERY = 200;

type Progress = Extract<VerifyEvent, { event: 'progress' }>;

interface Ends {
  readonly from: Reached;
  readonly to: Reached;
  readonly source: Inventory;
  readonly destination: Inventory;
}

/** A host's lines; how the command ended is known afterwards. */
function reading(reached: Reached, dataset: Dataset, label: Parameters<typeof readContent>[2], signal: AbortSignal) {
  const state: { exit: Exit | null } = { exit: null };
  const mountpoint = dataset.mounted === true ? dataset.mountpoint : null;
  const argv = readContent(reached.tools.elevation, dataset.name, label, mountpoint);
  const lines = reached.shell.lines(wireCommand(argv), { timeoutMs: READING, signal });
  const iterate = async function* (): AsyncGenerator<string, void> {
    state.exit = yield* lines;
  };
  return { lines: iterate(), state };
}

const whyUnread = (host: string, exit: Exit | null): string[] =>
  exit === null || exit.status === 0
    ? []
    : [
        `It could not be read on ${host}: ${exit.stderr.trim() || `the reading command ended with status ${exit.status}`}.`,
      ];

export class Verification {
  readonly #request: VerifyRequest;
  readonly #reach: Reach;
  readonly #signal: AbortSignal;
  readonly #tell: (progress: Progress) => void;
  readonly #differences: Difference[] = [];
  #count = 0;
  #counting = 0;
  #toldAt = 0;

  constructor(request: VerifyRequest, reach: Reach, signal: AbortSignal, tell: (progress: Progress) => void) {
    this.#request = request;
    this.#reach = reach;
    this.#signal = signal;
    this.#tell = tell;
  }

  /** @throws SluiceError `dataset-missing`, or as the connections say */
  async run(): Promise<Verdict> {
    const { source, destination } = this.#request;
    this.#tell({ event: 'progress', dataset: source.dataset, phase: 'snapshots', done: 0, total: null });
    const [from, to] = await Promise.all([this.#reach(source.host), this.#reach(destination.host)]);
    const trees = (name: typeof source.dataset) => ({ kind: 'trees', names: [name] }) as const;
    const [given, there] = await Promise.all([
      readInventory(from.shell, from.host, from.tools, trees(source.dataset), 'source'),
      readInventory(to.shell, to.host, to.tools, trees(destination.dataset), 'destination'),
    ]);
    if (datasetNamed(given, source.dataset) === null)
      throw new SluiceError({
        code: 'dataset-missing',
        message: `There is no dataset ${source.dataset} on ${source.host}.`,
        next: 'Look at the inventory of that host.',
      });
    const compared = compareTrees(this.#request, given, there);
    for (const difference of compared.differences) this.#note(difference);
    const content: ContentProof[] = [];
    if (this.#request.content) {
      const ends = { from, to, source: given, destination: there };
      for (const one of compared.datasets) content.push(...(await this.#compareContent(one, ends)));
    }
    return {
      request: this.#request,
      equal: this.#counting === 0 && content.every(({ state }) => state === 'equal'),
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

  async #compareContent({ kind, newest, source }: Compared, ends: Ends): Promise<ContentProof[]> {
    if (newest === null) return [];
    const proof = { source: newest.source, copy: newest.copy, entries: 0, files: 0, bytes: 0 };
    if (kind === 'volume')
      return [{ ...proof, state: 'unread', remarks: ['A volume’s blocks are compared by GUID only.'] }];
    const [original, copy] = [
      ends.source.datasets.find(({ name }) => newest.source.startsWith(`${name}@`)),
      ends.destination.datasets.find(({ name }) => newest.copy.startsWith(`${name}@`)),
    ];
    if (original === undefined || copy === undefined) return [];
    const stop = new AbortController();
    const signal = AbortSignal.any([this.#signal, stop.signal]);
    const [a, b] = [
      reading(ends.from, original, labelOf(newest.source), signal),
      reading(ends.to, copy, labelOf(newest.copy), signal),
    ];
    const found: Difference[] = [];
    let different = 0;
    const done: Record<ContentPart, number> = { entries: 0, files: 0, attributes: 0, end: 0 };
    let counted: ContentCount | null = null;
    const remarks: string[] = [];
    try {
      counted = await compareLines(
        a.lines,
        b.lines,
        (entry) => {
          different += 1;
          if (found.length < NAMED)
            found.push({
              kind: 'entry',
              counts: true,
              dataset: source,
              name: entry.path,
              source: entry.source,
              destination: entry.destination,
            });
        },
        (part) => {
          done[part] += 1;
          this.#tellNow({
            event: 'progress',
            dataset: source,
            phase: part === 'end' ? 'files' : part,
            done: done[part],
            total: part === 'entries' ? null : done.entries,
          });
        },
      );
      // The rest of both, which is nothing, so that their ends are known.
      await Promise.all([a.lines.next(), b.lines.next()]);
    } catch (thrown) {
      if (this.#signal.aborted) throw thrown;
      const { message, cause } = toFailure(thrown);
      remarks.push(`${message} ${cause}`.trim());
    } finally {
      stop.abort();
    }
    remarks.push(...whyUnread(ends.from.host.name, a.state.exit), ...whyUnread(ends.to.host.name, b.state.exit));
    if (counted === null || !counted.complete || remarks.length > 0) return [{ ...proof, state: 'unread', remarks }];
    for (const difference of found) this.#note(difference);
    this.#count += different - found.length;
    this.#counting += different - found.length;
    const { entries, files, bytes, attributes } = counted;
    return [
      {
        ...proof,
        entries,
        files,
        bytes,
        state: different === 0 ? 'equal' : 'differs',
        remarks: attributes ? [] : ['Extended attributes were not compared: getfattr is not on both hosts.'],
      },
    ];
  }

  #tellNow(progress: Progress): void {
    const now = performance.now();
    if (now - this.#toldAt < PROGRESS_EVERY) return;
    this.#toldAt = now;
    this.#tell(progress);
  }
}
