import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DatasetName, Label, SnapshotName } from '../../shared/model/names.ts';
import type { VerifyRequest } from '../../shared/model/verify.ts';
import { beginning } from './compare-lines.ts';
import { type Noted, VerifyNotes } from './verify-notes.ts';

let stateDir: string;
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'sluice-notes-'));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(stateDir, { recursive: true, force: true });
});

const request = (snapshot: string | null): VerifyRequest => ({
  source: { host: 'laptop', dataset: 'tank/x' as DatasetName, snapshot: snapshot as Label | null },
  destination: { host: 'nas', dataset: 'backup/x' as DatasetName },
  content: true,
});
const note: Noted = {
  done: [
    {
      guid: '18446744073709551615',
      proof: {
        source: 'tank/x@a' as SnapshotName,
        copy: 'backup/x@a' as SnapshotName,
        state: 'equal',
        entries: 3,
        files: 2,
        blocks: 0,
        bytes: 10,
        remarks: [],
      },
      differences: [],
      different: 0,
    },
  ],
  underWay: { guid: '7', copy: 'backup/x/y@a', standing: { ...beginning('entries'), part: 'files', source: 5 } },
};

test('what was noted is found by the next process that compares the same, and by no other', () => {
  new VerifyNotes(stateDir).write(request(null), note);
  expect(new VerifyNotes(stateDir).read(request(null))).toMatchObject(note);
  expect(new VerifyNotes(stateDir).read(request('a'))).toBeNull();
});

test('nothing is left of a comparison that came to its end, and nobody else reads a note', () => {
  const notes = new VerifyNotes(stateDir);
  notes.write(request(null), note);
  const folder = join(stateDir, 'verify');
  const [file = ''] = readdirSync(folder);
  if (process.platform !== 'win32') expect(statSync(join(folder, file)).mode & 0o077).toBe(0);
  notes.forget(request(null));
  notes.forget(request(null));
  expect(readdirSync(folder)).toEqual([]);
});

test('a note that is cut, of another format or older than a week is as good as none', () => {
  const notes = new VerifyNotes(stateDir);
  notes.write(request(null), note);
  vi.useFakeTimers({ now: Date.now() + 8 * 24 * 3600_000 });
  expect(notes.read(request(null))).toBeNull();
  vi.useRealTimers();
  const folder = join(stateDir, 'verify');
  const [file = ''] = readdirSync(folder);
  // The last is what was written before proofs said that all files had been read.
  const at = new Date().toISOString();
  const unread = JSON.stringify({ at, done: note.done, underWay: null });
  for (const text of ['{"at":', '{"at":"2026-11-22T00:00:00.000Z","done":7}', unread]) {
    writeFileSync(join(folder, file), text);
    expect(notes.read(request(null))).toBeNull();
  }
});
