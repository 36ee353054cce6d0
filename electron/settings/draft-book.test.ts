import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Draft, DraftSchema } from '../../shared/model/draft.ts';
import { defaultOptions } from '../../shared/model/request.ts';
import { openDraft } from './draft-book.ts';

const draft: Draft = DraftSchema.parse({
  sourceHost: 'nas',
  sourceDataset: 'tank/home',
  also: [],
  exclude: [],
  snapshot: 'not yet a label@',
  take: true,
  destinationHost: null,
  mode: 'new',
  parent: null,
  name: 'home',
  continued: null,
  naming: 'exact',
  options: defaultOptions,
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-draft-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('keeps what was chosen over a restart, and forgets it when told to', () => {
  expect(openDraft(folder).get()).toBeNull();
  openDraft(folder).keep(draft);
  expect(openDraft(folder).get()).toEqual(draft);
  openDraft(folder).keep(null);
  expect(openDraft(folder).get()).toBeNull();
});

it.each([
  ['no JSON', '{'],
  ['of another version', '{"draft":{"sourceHost":7}}'],
])('begins anew with a file that is %s', async (_, text) => {
  await writeFile(join(folder, 'draft.json'), text);
  expect(openDraft(folder).get()).toBeNull();
});
