import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failure } from '../../shared/model/failure.ts';
import type { RunEvent } from '../../shared/model/run.ts';
import { codeOf } from '../../shared/model/testing/failures.ts';
import { sending } from '../../shared/model/testing/progress.ts';
import { laptop, nas, planOf } from '../../shared/planning/testing/inventories.ts';
import { Journals } from './journal.ts';

const RUN = '20261121-225800-abcd';
const OTHER = '20261122-010203-0000';
const plan = planOf({ source: laptop(['a', 'b']), destination: nas(['a']) });

let state = '';
beforeEach(() => {
  state = mkdtempSync(path.join(tmpdir(), 'sluice-journal-'));
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

const file = (run = RUN) => path.join(state, 'runs', `${run}.jsonl`);
const lock = (run = RUN) => path.join(state, 'runs', `${run}.lock`);
const at = (seconds: number) => new Date(Date.parse('2026-11-21T22:58:00Z') + seconds * 1000).toISOString();

const started = (run = RUN, attempt = 1): RunEvent => ({
  event: 'started',
  run,
  at: at(0),
  attempt,
  request: plan.request,
  plan,
});
const step = (index: number, state: 'begun' | 'done'): RunEvent => ({
  event: 'step',
  run: RUN,
  at: at(1),
  index,
  kind: 'hold',
  title: 'Hold',
  state,
});
const progress = (seconds: number, bytes: number): RunEvent => ({
  event: 'progress',
  run: RUN,
  at: at(seconds),
  ...sending,
  bytes,
});
const finished = (run = RUN): RunEvent => ({
  event: 'finished',
  run,
  at: at(60),
  status: 'done',
  receipt: null,
  error: null,
});

function write(journals: Journals, run: string, ...events: RunEvent[]): void {
  const journal = journals.open(run);
  for (const event of events) journal.write(event);
  journal.close();
}

/** The pid of a process that has ended. */
const deadPid = () => spawnSync(process.execPath, ['-e', '']).pid;

describe('writing', () => {
  it('each event is a line, there as soon as it is written', () => {
    const journal = new Journals(state).open(RUN);
    journal.write(started());
    journal.write(step(0, 'begun'));
    const lines = readFileSync(file(), 'utf8').split('\n');
    expect(lines.slice(0, -1).map((line) => JSON.parse(line).event)).toEqual(['started', 'step']);
    expect(lines.at(-1)).toBe('');
    journal.close();
  });

  it('what is written comes back as it was', () => {
    const journals = new Journals(state);
    const events = [started(), step(0, 'begun'), step(0, 'done'), finished()];
    write(journals, RUN, ...events);
    expect(journals.events(RUN)).toEqual(events);
  });

  it('progress is thinned out to one in five seconds, nothing else is', () => {
    const journals = new Journals(state);
    const thin = [0, 1, 4.9, 5, 6, 10.1].map((seconds, index) => progress(seconds, index));
    write(journals, RUN, started(), ...thin, step(0, 'begun'), step(0, 'done'));
    const bytes = journals.events(RUN).flatMap((event) => (event.event === 'progress' ? [event.bytes] : []));
    expect(bytes).toEqual([0, 3, 5]);
    expect(journals.events(RUN)).toHaveLength(6);
  });

  it.skipIf(process.platform === 'win32')('is nobody else’s to read', () => {
    const journals = new Journals(state);
    const journal = journals.open(RUN);
    journal.write(started());
    expect(statSync(path.join(state, 'runs')).mode & 0o777).toBe(0o700);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(statSync(lock()).mode & 0o777).toBe(0o600);
    journal.close();
  });
});

describe('a process that was killed', () => {
  it('leaves a line cut; what was whole counts, and the run is interrupted', () => {
    const journals = new Journals(state);
    write(journals, RUN, started(), step(0, 'begun'), progress(1, 700));
    appendFileSync(file(), JSON.stringify(step(0, 'done')).slice(0, 40));
    writeFileSync(lock(), String(deadPid()));
    expect(journals.detail(RUN)).toMatchObject({
      summary: { status: 'interrupted', resumable: true, bytes: 700 },
      steps: [{ state: 'begun' }, ...plan.steps.slice(1).map(() => ({ state: 'waiting' }))],
    });
  });

  it('does not swallow the first line of the process that goes on', () => {
    const journals = new Journals(state);
    write(journals, RUN, started());
    appendFileSync(file(), '{"event":"step","run":"2026');
    write(journals, RUN, started(RUN, 2), finished());
    expect(journals.events(RUN).map(({ event }) => event)).toEqual(['started', 'started', 'finished']);
    expect(journals.detail(RUN).summary.status).toBe('done');
  });

  it('may cut a character in two', () => {
    const journals = new Journals(state);
    write(journals, RUN, started());
    appendFileSync(file(), Buffer.from('{"title":"…').subarray(0, -1));
    write(journals, RUN, finished());
    expect(journals.detail(RUN).summary.status).toBe('done');
  });

  it.each([
    ['its lock, whose process is gone', () => String(deadPid())],
    // In a container every process has the same pid.
    ['its lock, with the pid that is ours now', () => String(process.pid)],
    ['an empty lock', () => ''],
    ['a lock with something else in it', () => '-1'],
  ])('leaves %s: the run can be gone on with', (_what, content) => {
    const journals = new Journals(state);
    write(journals, RUN, started());
    writeFileSync(lock(), content());
    expect(journals.detail(RUN).summary.status).toBe('interrupted');
    expect(codeOf(() => write(journals, RUN, finished()))).toBeNull();
    expect(journals.detail(RUN).summary.status).toBe('done');
  });
});

describe('a run that is being carried out', () => {
  it('by this process is running, and nobody else can go on with it', () => {
    const journals = new Journals(state);
    const journal = journals.open(RUN);
    journal.write(started());
    expect(new Journals(state).detail(RUN).summary.status).toBe('running');
    expect(codeOf(() => journals.open(RUN))).toBe('run-active');
    journal.close();
    expect(journals.detail(RUN).summary.status).toBe('interrupted');
    expect(readdirSync(path.join(state, 'runs'))).toEqual([`${RUN}.jsonl`]);
  });

  it('by another process, the same', () => {
    const journals = new Journals(state);
    write(journals, RUN, started());
    writeFileSync(lock(), String(process.ppid));
    expect(journals.detail(RUN).summary.status).toBe('running');
    expect(codeOf(() => journals.open(RUN))).toBe('run-active');
  });
});

describe('reading', () => {
  it.each(['', 'x', '../../etc/passwd', `${RUN}/../x`, '20261121-225800-ABCD', OTHER])('there is no run %j', (run) => {
    const journals = new Journals(state);
    write(journals, RUN, started());
    expect(codeOf(() => journals.events(run))).toBe('run-unknown');
    expect(codeOf(() => journals.detail(run))).toBe('run-unknown');
  });

  it('a journal that was cut before its first line is no run', () => {
    const journals = new Journals(state);
    write(journals, RUN, step(0, 'begun'));
    expect(codeOf(() => journals.detail(RUN))).toBe('run-unknown');
    expect(journals.list()).toEqual([]);
  });

  it('lines that are not events are passed over', () => {
    const journals = new Journals(state);
    write(journals, RUN, started());
    appendFileSync(file(), 'null\n[]\n{"event":"other"}\n{"event":"finished"}\n\n');
    write(journals, RUN, finished());
    expect(journals.events(RUN).map(({ event }) => event)).toEqual(['started', 'finished']);
  });

  it('a retry that tells more, as one did before, is read all the same', () => {
    const journals = new Journals(state);
    const error = failure({ code: 'connection-lost', message: 'Gone.' });
    const retry: RunEvent = { event: 'retry', run: RUN, at: at(2), attempt: 1, inMs: 5000, error };
    write(journals, RUN, started());
    appendFileSync(file(), `${JSON.stringify({ ...retry, kept: null })}\n`);
    expect(journals.events(RUN)).toEqual([started(), retry]);
  });

  it('lists the newest first, and only runs', () => {
    const journals = new Journals(state);
    write(journals, RUN, started(), finished());
    write(journals, OTHER, started(OTHER));
    for (const name of ['notes.txt', 'x.jsonl', '20261123-010203-0000.jsonl'])
      writeFileSync(path.join(state, 'runs', name), '');
    expect(journals.list().map(({ summary }) => [summary.run, summary.status])).toEqual([
      [OTHER, 'interrupted'],
      [RUN, 'done'],
    ]);
  });
});

describe('following what another process writes', () => {
  async function collect(journals: Journals, signal?: AbortSignal): Promise<RunEvent[]> {
    const events: RunEvent[] = [];
    for await (const event of journals.follow(RUN, signal)) events.push(event);
    return events;
  }

  it('tells what comes, a line that was cut only once it is whole, and ends with the run', async () => {
    const journals = new Journals(state);
    const journal = journals.open(RUN);
    journal.write(started());
    const following = collect(journals);
    const [begin, end] = [JSON.stringify(step(0, 'begun')), `${JSON.stringify(step(0, 'done'))}\n`];
    appendFileSync(file(), `${begin}\n${end.slice(0, 20)}`);
    setTimeout(() => {
      appendFileSync(file(), end.slice(20));
      journal.write(finished());
      journal.close();
    }, 1500);
    expect(await following).toEqual([step(0, 'begun'), step(0, 'done'), finished()]);
  });

  it('ends when nobody listens any more, and at once for a run that is not under way', async () => {
    const journals = new Journals(state);
    await expect(collect(journals)).rejects.toMatchObject({ failure: { code: 'run-unknown' } });
    write(journals, RUN, started());
    expect(await collect(journals)).toEqual([]);
    const journal = journals.open(RUN);
    const stop = new AbortController();
    const following = collect(journals, stop.signal);
    stop.abort();
    expect(await following).toEqual([]);
    journal.close();
  });
});
