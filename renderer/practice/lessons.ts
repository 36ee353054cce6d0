/** Where a lesson leads: a page, and what the wizard knows already. Pure. */
import type { Draft } from '../../shared/model/draft.ts';
import type { Lesson } from '../../shared/model/practice.ts';
import type { Route } from '../app/route.ts';
import {
  chooseContinued,
  chooseDestinationHost,
  chooseNew,
  chooseSourceDataset,
  chooseSourceHost,
} from '../wizard/draft.ts';

export const routeOf = ({ opens, source }: Lesson): Route =>
  opens === 'explore'
    ? { page: 'explore', host: source.host, dataset: source.dataset }
    : { page: 'replicate', step: opens };

/**
 * @param begun a draft in which nothing is chosen
 * @returns the draft with both ends of the lesson, as far as it names them
 */
export function draftOf({ source, copy }: Lesson, begun: Draft): Draft {
  const from = chooseSourceDataset(chooseSourceHost(begun, source.host), source.dataset);
  if (copy === null) return from;
  const to = chooseDestinationHost(from, copy.host);
  if (copy.exists) return chooseContinued(to, copy.dataset);
  const cut = copy.dataset.lastIndexOf('/');
  return chooseNew(to, { parent: copy.dataset.slice(0, cut), name: copy.dataset.slice(cut + 1) });
}
