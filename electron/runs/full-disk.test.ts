/** A state folder that fills up while runs are under way: the one that cannot be written down ends, and says why. */
import type * as Fs from 'node:fs';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunEvent } from '../../shared/model/run.ts';
import { sending } from '../../shared/model/testing/progress.ts';
import { laptop, nas, planOf } from '../../shared/planning/testing/inventories.ts';
import { createEngine, type Engine } from '../engine.ts';
import { Journals } from './journal.ts';
import { PairBook } from './pairs.ts';
import { Recorder } from './recorder.ts';
import { gather, practiceRequest } from './testing/practice-run.ts';

/** Into files with `full` in their paths go `room` more bytes, and `most` at once; null: no file is meant. */
const disk = vi.hoisted(() => ({
  full: null as string | null,
  room: 0,
  most: Number.POSITIVE_INFINITY,
  paths: new Map<number, string>(),
}));

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof Fs>();
  const noSpace = (call: string) =>
    Object.assign(new Error(`ENOSPC: no space left on device, ${call}`), { code: 'ENOSPC', syscall: call });
  const isFull = (path: string | undefined) => disk.full !== null && path?.includes(disk.full) === true;
  return {
    ...fs,
    openSync: (path: string, flags: string, mode?: number) => {
      const handle = fs.openSync(path, flags, mode);
      disk.paths.set(handle, path);
      return handle;
    },
    writeSync: (handle: number, bytes: Buffer, offset: number, length: number) => {
      if (!isFull(disk.paths.get(handle))) return fs.writeSync(handle, bytes, offset, length);
      if (disk.room === 0) throw noSpace('write');
      const written = fs.writeSync(handle, bytes, offset, Math.min(length, disk.room, disk.most));
      disk.room -= written;
      return written;
    },
    writeFileSync: (path: string, ...rest: [string, Fs.WriteFileOptions?]) => {
      fs.writeFileSync(path, ...rest);
      if (isFull(path)) throw noSpace('write');
    },
  };
});

let stateDir: string;
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'sluice-full-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  Object.assign(disk, { full: null, room: 0, most: Number.POSITIVE_INFINITY });
  rmSync(stateDir, { recursive: true, force: true });
});

const RUN = '20261121-225800-abcd';
const base = { run: RUN, at: '2026-11-21T22:58:00.000Z' };
const plan = planOf({ source: laptop(['a', 'b']), destination: nas(['a']) });
const started: RunEvent = { ...base, event: 'started', attempt: 1, request: plan.request, plan };
const step = (index: number, state: 'begun' | 'done'): RunEvent => ({
  ...base,
  event: 'step',
  index,
  kind: 'hold',
  title: 'Hold',
  state,
});
const progress: RunEvent = { ...base, event: 'progress', ...sending, bytes: 1 };
const finished = (status: 'done' | 'interrupted' | 'cancelled'): RunEvent => ({
  ...base,
  event: 'finished',
  status,
  receipt: null,
  error: null,
});

const NOT_WRITTEN = {
  code: 'journal-not-written',
  cause: 'ENOSPC: no space left on device, write',
  next: 'Free space in the state folder, then continue the run.',
};

describe('a journal', () => {
  it('says that it cannot be written, and has the next event on a line of its own', () => {
    const journals = new Journals(stateDir);
    const journal = journals.open(RUN);
    journal.write(started);
    Object.assign(disk, { full: '.jsonl', room: 30 });
    expect(() => journal.write(step(0, 'begun'))).toThrow(
      expect.objectContaining({
        failure: expect.objectContaining({
          ...NOT_WRITTEN,
          message: `The journal of run ${RUN} cannot be written to the state folder ${stateDir}.`,
        }),
      }),
    );
    disk.full = null;
    journal.write(step(1, 'done'));
    journal.close();
    expect(journals.events(RUN)).toEqual([started, step(1, 'done')]);
    expect(readFileSync(join(stateDir, 'runs', `${RUN}.jsonl`), 'utf8').split('\n')[1]).toHaveLength(30);
  });

  it('writes on where the system took only a part of a line', () => {
    const journals = new Journals(stateDir);
    const journal = journals.open(RUN);
    Object.assign(disk, { full: '.jsonl', room: Number.POSITIVE_INFINITY, most: 40 });
    journal.write(step(0, 'begun'));
    journal.write(step(0, 'done'));
    journal.close();
    expect(journals.events(RUN)).toEqual([step(0, 'begun'), step(0, 'done')]);
  });

  it('passes over progress that cannot be written', () => {
    const journals = new Journals(stateDir);
    const journal = journals.open(RUN);
    journal.write(started);
    Object.assign(disk, { full: '.jsonl', room: 10 });
    journal.write(progress);
    disk.full = null;
    journal.write(finished('done'));
    journal.close();
    expect(journals.events(RUN)).toEqual([started, finished('done')]);
  });

  it('that cannot be begun says so, and leaves no lock', () => {
    const journals = new Journals(stateDir);
    disk.full = '.lock';
    expect(() => journals.open(RUN)).toThrow(
      expect.objectContaining({ failure: expect.objectContaining(NOT_WRITTEN) }),
    );
    disk.full = null;
    journals.open(RUN).close();
  });
});

describe('what a run is told when its journal cannot be written', () => {
  function recorded() {
    const endRun = vi.fn();
    const journal = new Journals(stateDir).open(RUN);
    return { recorder: new Recorder(journal, endRun), endRun, close: () => journal.close() };
  }

  it('is to end, and not to begin what nobody would know of', () => {
    const { recorder, endRun, close } = recorded();
    expect(recorder.record(started).stop).toBeNull();
    disk.full = '.jsonl';
    expect(recorder.record(progress).stop).toBeNull();
    expect(endRun).not.toHaveBeenCalled();
    // What has been done is done.
    expect(recorder.record(step(0, 'done')).stop).toBeNull();
    expect(endRun).toHaveBeenCalled();
    expect(recorder.record(step(1, 'begun')).stop).toMatchObject({ failure: NOT_WRITTEN });
    expect(recorder.record(finished('interrupted')).told).toMatchObject({ status: 'failed', error: NOT_WRITTEN });
    expect(recorder.endIsMissing).toBe(true);
    close();
  });

  it('is as good as nothing if it was done and there is room again for its end', () => {
    const { recorder, close } = recorded();
    disk.full = '.jsonl';
    recorder.record(step(0, 'done'));
    disk.full = null;
    expect(recorder.record(finished('done')).told).toEqual(finished('done'));
    expect(recorder.endIsMissing).toBe(false);
    close();
  });

  it('leaves it cancelled if somebody has cancelled it', () => {
    const { recorder, close } = recorded();
    disk.full = '.jsonl';
    expect(recorder.record(finished('cancelled')).told).toMatchObject({ status: 'cancelled', error: NOT_WRITTEN });
    close();
  });
});

describe('a run', { timeout: 120_000 }, () => {
  let engine: Engine;
  beforeEach(async () => {
    engine = await createEngine({ stateDir, practice: true, shell: 'browser' });
  });
  afterEach(async () => {
    disk.full = null;
    await engine.close();
  });

  async function start(source: string, destination: string, limit: number | null = null) {
    const { id } = await engine.plan(practiceRequest(source, destination, { limit }));
    const run = await engine.start(id, { typedTarget: null, replan: true });
    return { run, ...gather(engine, run) };
  }

  it('whose journal cannot be written ends and says so; another goes on to its proof, and it can be gone on with', async () => {
    const [one, other] = [
      await start('tank/home', 'backup/one', 2_000_000),
      await start('tank/photos', 'backup/other', 2_000_000),
    ];
    await vi.waitUntil(() => one.bytes() > 500_000 && other.bytes() > 500_000, { timeout: 60_000 });
    disk.full = `${one.run}.jsonl`;
    engine.runs.setLimit(one.run, 3_000_000);
    expect(await one.ended).toMatchObject({ event: 'finished', status: 'failed', error: NOT_WRITTEN });
    await vi.waitUntil(() => engine.runs.underWay === 1);
    const known = { status: 'failed', error: NOT_WRITTEN, resumable: true };
    expect(engine.runs.get(one.run).summary).toMatchObject(known);
    expect(engine.runs.list().find(({ run }) => run === one.run)).toMatchObject(known);
    engine.runs.setLimit(other.run, null);
    expect(await other.ended).toMatchObject({ status: 'done', receipt: { proved: true } });

    disk.full = null;
    engine.runs.resume(one.run);
    engine.runs.setLimit(one.run, null);
    for await (const _ of engine.runs.watch(one.run));
    expect(engine.runs.get(one.run).summary).toMatchObject({ status: 'done', error: null });
  });

  it('that cannot even begin its journal does nothing at the hosts', async () => {
    disk.full = '.jsonl';
    const { run, ended, events } = await start('tank/home', 'backup/one');
    expect(await ended).toMatchObject({ event: 'finished', status: 'failed', error: NOT_WRITTEN });
    expect(events.map(({ event }) => event)).toEqual(['started', 'finished']);
    expect(engine.runs.get(run).summary).toMatchObject({ status: 'failed', error: NOT_WRITTEN });
  });

  it('is not ended by what is learnt from it', async () => {
    vi.spyOn(PairBook.prototype, 'observe').mockImplementation(() => {
      throw new Error('ENOSPC: no space left on device, write');
    });
    const { ended } = await start('tank/photos', 'backup/one');
    expect(await ended).toMatchObject({ status: 'done', receipt: { proved: true } });
  });
});
