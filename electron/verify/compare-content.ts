/** Compares what is in one snapshot on both sides, again and again from where it was cut, until both were read to their ends. */
import { setTimeout as wait } from 'node:timers/promises';
import { toFailure } from '../../shared/model/failure.ts';
import type { Dataset } from '../../shared/model/inventory.ts';
import { type DatasetName, labelOf } from '../../shared/model/names.ts';
import type { Compared, ContentProof, Difference } from '../../shared/model/verify.ts';
import { spokenBlock } from '../../shared/zfs/volume-content.ts';
import type { Reached } from '../hosts/reached.ts';
import { Patience } from '../runs/patience.ts';
import { beginning, compareLines, type Entry, type Standing } from './compare-lines.ts';
import { readSide, whyTooFew, whyUnread } from './read-side.ts';
import type { ComparedContent } from './verify-notes.ts';

/** ms between notes of how far it has come */
const NOTE_EVERY = 3000;

type Newest = NonNullable<Compared['newest']>;

export interface Pair {
  readonly kind: Compared['kind'];
  readonly newest: Newest;
  readonly original: Dataset;
  readonly copy: Dataset;
}

export interface ContentParts {
  readonly reachBoth: () => Promise<readonly [Reached, Reached]>;
  readonly signal: AbortSignal;
  readonly onProgress: (standing: Standing, total: number | null) => void;
  /** The line was lost; it is tried again after so long. */
  readonly onWaiting: (inMs: number) => void;
  /** How far it has come, to be kept: nobody changes it any more. */
  readonly onStanding: (standing: Standing) => void;
}

function differenceOf(dataset: DatasetName, { part, path, source, destination }: Entry): Difference {
  const name = part === 'blocks' ? spokenBlock(path) : path;
  return { kind: 'entry', counts: true, nextUpdate: 'unaffected', dataset, name, source, destination };
}

function proved({ kind, newest, original }: Pair, standing: Standing): ComparedContent {
  const { entries, files, blocks, bytes, attributes, different, found } = standing;
  const remarks =
    kind === 'volume' || attributes ? [] : ['Extended attributes were not compared: getfattr is not on both hosts.'];
  const proof: ContentProof = {
    source: newest.source,
    copy: newest.copy,
    state: different === 0 ? 'equal' : 'differs',
    entries,
    files,
    blocks,
    bytes,
    remarks,
  };
  return {
    guid: newest.guid,
    proof,
    differences: found.map((entry) => differenceOf(original.name, entry)),
    different,
  };
}

function unread({ newest }: Pair, remarks: readonly string[]): ComparedContent {
  const { source, copy, guid } = newest;
  const proof: ContentProof = {
    source,
    copy,
    state: 'unread',
    entries: 0,
    files: 0,
    blocks: 0,
    bytes: 0,
    remarks: [...remarks],
  };
  return { guid, proof, differences: [], different: 0 };
}

/**
 * @param from where an earlier comparison was cut; null: from the beginning
 * @throws only what the signal's end makes of it
 */
export async function compareContent(pair: Pair, from: Standing | null, parts: ContentParts): Promise<ComparedContent> {
  const patience = new Patience();
  let kept = from ?? beginning(pair.kind === 'volume' ? 'blocks' : 'entries');
  for (;;) {
    let moved = false;
    try {
      const keep = (standing: Standing): void => {
        kept = structuredClone(standing);
        moved = true;
        parts.onStanding(kept);
      };
      return await readBoth(pair, structuredClone(kept), { ...parts, onStanding: keep });
    } catch (thrown) {
      if (parts.signal.aborted) throw thrown;
      const { message, cause } = toFailure(thrown);
      const retry = patience.after(thrown, moved);
      if (retry === null) return unread(pair, [`${message} ${cause}`.trim()]);
      parts.onWaiting(retry.inMs);
      await wait(retry.inMs, undefined, { signal: parts.signal });
    }
  }
}

/** @throws as the connections say */
async function readBoth(pair: Pair, standing: Standing, parts: ContentParts): Promise<ComparedContent> {
  const { newest, original, copy } = pair;
  const [from, to] = await parts.reachBoth();
  const stop = new AbortController();
  const signal = AbortSignal.any([parts.signal, stop.signal]);
  const { part, source, destination } = standing;
  const [a, b] = [
    readSide({ reached: from, dataset: original, label: labelOf(newest.source), skip: source }, part, signal),
    readSide({ reached: to, dataset: copy, label: labelOf(newest.copy), skip: destination }, part, signal),
  ];
  let keptAt = performance.now();
  const keep = (): void => {
    keptAt = performance.now();
    parts.onStanding(standing);
  };
  let complete: boolean;
  try {
    complete = await compareLines(a.lines, b.lines, standing, {
      onPart: keep,
      onRecord: (now, total) => {
        parts.onProgress(now, total);
        // A partial result is useless for the other parts: they are listed as a whole.
        const canGoOn = now.part === 'files' || now.part === 'blocks';
        if (canGoOn && performance.now() - keptAt > NOTE_EVERY) keep();
      },
    });
    // The rest of both, which is nothing, so that their ends are known. Past the other's end a side may continue for days.
    if (complete) await Promise.all([a.lines.next(), b.lines.next()]);
  } finally {
    stop.abort();
    // The side that had a record ready when the other was lost still holds its command.
    await Promise.allSettled([a.lines.return(), b.lines.return()]);
  }
  const why = [...whyUnread(from.host.name, a.exit()), ...whyUnread(to.host.name, b.exit())];
  if (why.length > 0) return unread(pair, why);
  if (!complete) return unread(pair, ['A read ended early, without an error.']);
  const few = [
    ...whyTooFew(from.host.name, standing.sourceFiles),
    ...whyTooFew(to.host.name, standing.destinationFiles),
  ];
  return few.length === 0 ? proved(pair, standing) : unread(pair, few);
}
