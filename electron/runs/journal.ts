/**
 * The journal of a run: its events as JSON lines in `runs/ID.jsonl`, appended and flushed to the disk before the step
 * they announce. Progress is written once in {@link PROGRESS_EVERY_MS}, the rest always. A line cut by a crash is passed
 * over. Nothing secret is in an event.
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
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { SluiceError } from '../../shared/model/failure.ts';
import { type RunDetail, type RunEvent, RunEventSchema, RunIdSchema } from '../../shared/model/run.ts';
import { asInterrupted, foldRun } from '../../shared/model/run-state.ts';
import { isHeld, takeLock } from '../file-lock.ts';

const PROGRESS_EVERY_MS = 5000;

export interface JournalWriter {
  write(event: RunEvent): void;
  /** Closes the file and gives the run free for others. */
  close(): void;
}

/** A line that was cut when its process was killed must not swallow the next one. */
function endCutLine(handle: number): void {
  const { size } = fstatSync(handle);
  if (size === 0) return;
  const last = Buffer.alloc(1);
  readSync(handle, last, 0, 1, size - 1);
  if (last.toString() !== '\n') writeSync(handle, '\n');
}

export class Journals {
  readonly #folder: string;

  constructor(stateDir: string) {
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

  /** @throws SluiceError `run-active` if a process carries this run out already */
  open(run: string): JournalWriter {
    const giveBack = takeLock(this.lockFile(run));
    if (giveBack === null) {
      throw new SluiceError({
        code: 'run-active',
        message: `Run ${run} is being carried out already.`,
        next: 'Follow it where it was started, or cancel it there.',
      });
    }
    const handle = openSync(this.#file(run), 'a+', 0o600);
    endCutLine(handle);
    let lastProgress = 0;
    return {
      write: (event) => {
        if (event.event === 'progress') {
          const now = Date.parse(event.at);
          if (now - lastProgress < PROGRESS_EVERY_MS) return;
          lastProgress = now;
        }
        writeSync(handle, `${JSON.stringify(event)}\n`);
        if (event.event !== 'progress' && event.event !== 'message') fsyncSync(handle);
      },
      close: () => {
        closeSync(handle);
        giveBack();
      },
    };
  }

  /** All events of a run that were written whole. @throws SluiceError `run-unknown` */
  events(run: string): RunEvent[] {
    const known = RunIdSchema.safeParse(run);
    if (!known.success || !existsSync(this.#file(run))) {
      throw new SluiceError({
        code: 'run-unknown',
        message: `There is no run ${run}.`,
        next: 'List the runs to see which there are.',
      });
    }
    return readFileSync(this.#file(run), 'utf8')
      .split('\n')
      .flatMap((line) => {
        try {
          const event = RunEventSchema.safeParse(JSON.parse(line));
          return event.success ? [event.data] : [];
        } catch {
          return [];
        }
      });
  }

  /** @throws SluiceError `run-unknown`, also for a journal that was cut before its first line */
  detail(run: string): RunDetail {
    const detail = this.events(run).reduce<RunDetail | null>(foldRun, null);
    if (detail === null)
      throw new SluiceError({ code: 'run-unknown', message: `The journal of run ${run} holds nothing.` });
    return detail.summary.status === 'running' && !this.isActive(run) ? asInterrupted(detail) : detail;
  }

  /** Runs that a process, this or another, carries out at this moment and has told a plan of. */
  active(): RunDetail[] {
    const ids = readdirSync(this.#folder).flatMap((file) => (file.endsWith('.lock') ? [file.slice(0, -5)] : []));
    return ids
      .filter((id) => RunIdSchema.safeParse(id).success && this.isActive(id))
      .flatMap((id) => {
        try {
          return [this.detail(id)];
        } catch {
          return [];
        }
      });
  }

  /** Newest first; journals without a readable start are left out. */
  list(): RunDetail[] {
    const ids = readdirSync(this.#folder).flatMap((file) => (file.endsWith('.jsonl') ? [file.slice(0, -6)] : []));
    return ids
      .filter((id) => RunIdSchema.safeParse(id).success)
      .sort()
      .reverse()
      .flatMap((id) => {
        try {
          return [this.detail(id)];
        } catch {
          return [];
        }
      });
  }
}
