/**
 * The journal of a run: its events as JSON lines in `runs/ID.jsonl`, appended and flushed to the disk before the step
 * they announce. Progress is written once in {@link PROGRESS_EVERY_MS} and before an attempt ends, the rest always. A line cut
 * by a crash or a full disk is passed over. Nothing secret is in an event.
 */
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { SluiceError } from '../../shared/model/failure.ts';
import { type RunDetail, type RunEvent, RunEventSchema, RunIdSchema } from '../../shared/model/run.ts';
import { asInterrupted, foldJournal } from '../../shared/model/run-state.ts';
import { isHeld, takeLock } from '../file-lock.ts';

const PROGRESS_EVERY_MS = 5000;
/** Between two looks at a journal that another process writes. */
const LOOK_EVERY_MS = 1000;

export interface JournalWriter {
  /** @throws SluiceError `journal-not-written`; not for progress, which is reported again soon */
  write(event: RunEvent): void;
  /** Closes the file and gives the run free for others. Throws nothing. */
  close(): void;
}

/** True if the last line was cut when its process was killed. */
function endsCut(handle: number): boolean {
  const { size } = fstatSync(handle);
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  readSync(handle, last, 0, 1, size - 1);
  return last.toString() !== '\n';
}

/** A disk that fills up takes a part of a line, says so by a smaller number only, and refuses the rest. */
function writeWhole(handle: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) {
    const more = writeSync(handle, bytes, written, bytes.length - written);
    if (more === 0) throw new Error('Nothing was written');
    written += more;
  }
}

/** "ENOSPC: no space left on device, write", "EDQUOT: disk quota exceeded, write" */
const NO_ROOM = new Set(['ENOSPC', 'EDQUOT']);

function notWritten(run: string, folder: string, thrown: unknown): SluiceError {
  const { code, message } = thrown as NodeJS.ErrnoException;
  return new SluiceError(
    {
      code: 'journal-not-written',
      message: `The journal of run ${run} cannot be written to the state folder ${folder}.`,
      cause: message,
      next: NO_ROOM.has(code ?? '')
        ? 'Free space in the state folder, then continue the run.'
        : 'Make sure the state folder is writable, then continue the run.',
      evidence: { folder, code: code ?? null },
    },
    { cause: thrown },
  );
}

function quietly(act: () => void): void {
  try {
    act();
  } catch {
    // Where it is called there is nothing left that could be done about it.
  }
}

/** The events of lines that were written whole. */
const eventsIn = (text: string): RunEvent[] =>
  text.split('\n').flatMap((line) => {
    try {
      const event = RunEventSchema.safeParse(JSON.parse(line));
      return event.success ? [event.data] : [];
    } catch {
      return [];
    }
  });

/** From a place in bytes up to the last line that ends, and where that is. */
function readLines(file: string, from: number): { readonly text: string; readonly next: number } {
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(Math.max(0, fstatSync(handle).size - from));
    const lines = bytes.subarray(0, readSync(handle, bytes, 0, bytes.length, from));
    const end = lines.lastIndexOf('\n') + 1;
    return { text: lines.toString('utf8', 0, end), next: from + end };
  } finally {
    closeSync(handle);
  }
}

export class Journals {
  readonly #stateDir: string;
  readonly #folder: string;

  constructor(stateDir: string) {
    this.#stateDir = stateDir;
    this.#folder = join(stateDir, 'runs');
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
  }

  #file(run: string): string {
    return join(this.#folder, `${RunIdSchema.parse(run)}.jsonl`);
  }

  /** Held by the process that carries the run out. */
  lockFile(run: string): string {
    return join(this.#folder, `${RunIdSchema.parse(run)}.lock`);
  }

  /** Where other processes leave what they want of the run. */
  orderFile(run: string): string {
    return join(this.#folder, `${RunIdSchema.parse(run)}.order`);
  }

  /** True while a process, this or another, carries the run out. */
  isActive(run: string): boolean {
    return isHeld(this.lockFile(run));
  }

  /**
   * @throws SluiceError `run-active` if a process carries this run out already, `journal-not-written` if the lock or the file
   *   cannot be made
   */
  open(run: string): JournalWriter {
    const giveBack = this.#take(run);
    let handle: number;
    // What was cut must not swallow the next line.
    let isCut: boolean;
    try {
      handle = openSync(this.#file(run), 'a+', 0o600);
      isCut = endsCut(handle);
    } catch (thrown) {
      quietly(giveBack);
      throw notWritten(run, this.#stateDir, thrown);
    }
    const append = (event: RunEvent): void => {
      const line = `${isCut ? '\n' : ''}${JSON.stringify(event)}\n`;
      isCut = true;
      writeWhole(handle, line);
      isCut = false;
      if (event.event !== 'progress' && event.event !== 'message') fsyncSync(handle);
    };
    let lastProgress = 0;
    /** Of what an attempt or a process ends with nothing is left out: the next one counts on. */
    let unwritten: RunEvent | null = null;
    const writeProgress = (event: RunEvent): void => {
      unwritten = null;
      quietly(() => append(event));
    };
    return {
      write: (event) => {
        if (event.event === 'progress') {
          const now = Date.parse(event.at);
          unwritten = event;
          if (now - lastProgress < PROGRESS_EVERY_MS) return;
          lastProgress = now;
          writeProgress(event);
          return;
        }
        if (unwritten !== null && (event.event === 'finished' || event.event === 'retry')) writeProgress(unwritten);
        try {
          append(event);
        } catch (thrown) {
          throw notWritten(run, this.#stateDir, thrown);
        }
      },
      close: () => {
        // All that matters is on the disk already; and a lock that cannot be taken away is a dead one once this process has ended.
        quietly(() => closeSync(handle));
        quietly(giveBack);
      },
    };
  }

  #take(run: string): () => void {
    let giveBack: (() => void) | null;
    try {
      giveBack = takeLock(this.lockFile(run));
    } catch (thrown) {
      throw notWritten(run, this.#stateDir, thrown);
    }
    if (giveBack !== null) return giveBack;
    throw new SluiceError({
      code: 'run-active',
      message: `Run ${run} is being carried out already.`,
      next: 'Follow it where it was started, or cancel it there.',
    });
  }

  /** Bytes of its journal. */
  size(run: string): number {
    return statSync(this.#file(run), { throwIfNoEntry: false })?.size ?? 0;
  }

  /** The file of a run that there is. @throws SluiceError `run-unknown` */
  #existing(run: string): string {
    if (RunIdSchema.safeParse(run).success && existsSync(this.#file(run))) return this.#file(run);
    throw new SluiceError({
      code: 'run-unknown',
      message: `There is no run ${run}.`,
      next: 'List the runs to see which there are.',
    });
  }

  /** All events of a run that were written whole. @throws SluiceError `run-unknown` */
  events(run: string): RunEvent[] {
    return eventsIn(readFileSync(this.#existing(run), 'utf8'));
  }

  /**
   * What another process writes from now on, until it no longer carries the run out or `signal` aborts.
   *
   * @throws SluiceError `run-unknown`
   */
  async *follow(run: string, signal?: AbortSignal): AsyncGenerator<RunEvent> {
    const file = this.#existing(run);
    let from = this.size(run);
    for (let isActive = this.isActive(run); isActive && signal?.aborted !== true; ) {
      await wait(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
      // Asked before reading: what is written last is written before the run is given free.
      isActive = this.isActive(run);
      const { text, next } = readLines(file, from);
      from = next;
      yield* eventsIn(text);
    }
  }

  /** @throws SluiceError `run-unknown`, also for a journal that was cut before its first line */
  detail(run: string): RunDetail {
    const detail = foldJournal(this.events(run));
    if (detail === null) throw new SluiceError({ code: 'run-unknown', message: `The journal of run ${run} is empty.` });
    return detail.summary.status === 'running' && !this.isActive(run) ? asInterrupted(detail) : detail;
  }

  /** Runs that a process, this or another, is carrying out and has announced a plan for. */
  active(): RunDetail[] {
    return this.#readable(this.#ids('.lock').filter((id) => this.isActive(id)));
  }

  /** Newest first; journals without a readable start are left out. */
  list(): RunDetail[] {
    return this.#readable(this.#ids('.jsonl').sort().reverse());
  }

  /** Runs that have a file of this kind. */
  #ids(ending: string): string[] {
    return readdirSync(this.#folder)
      .flatMap((file) => (file.endsWith(ending) ? [file.slice(0, -ending.length)] : []))
      .filter((id) => RunIdSchema.safeParse(id).success);
  }

  #readable(ids: readonly string[]): RunDetail[] {
    return ids.flatMap((id) => {
      try {
        return [this.detail(id)];
      } catch {
        return [];
      }
    });
  }
}
