import { expect, it } from 'vitest';
import type { Lesson } from '../../shared/model/practice.ts';
import { emptyDraft, missingStep, targetOf } from '../wizard/draft.ts';
import { draftOf, routeOf } from './lessons.ts';

const lesson = (changes: Partial<Lesson>): Lesson => ({
  id: 'first-copy',
  opens: 'source',
  source: { host: 'laptop', dataset: 'tank/photos' },
  copy: null,
  ...changes,
});

it('leads to the dataset itself, or to the step with its source chosen', () => {
  expect(routeOf(lesson({ opens: 'explore' }))).toEqual({ page: 'explore', host: 'laptop', dataset: 'tank/photos' });
  expect(routeOf(lesson({}))).toEqual({ page: 'replicate', step: 'source' });
  expect(draftOf(lesson({}), emptyDraft)).toMatchObject({ sourceHost: 'laptop', sourceDataset: 'tank/photos' });
});

it.each([true, false])('can be planned at once where the copy is named (there already: %s)', (exists) => {
  const copy = { host: 'backupbox', dataset: 'backup/laptop/photos', exists };
  const draft = draftOf(lesson({ copy }), emptyDraft);
  expect(missingStep(draft)).toBeNull();
  expect([draft.mode, targetOf(draft)]).toEqual([exists ? 'continue' : 'new', copy.dataset]);
});
