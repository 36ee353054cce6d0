/** What two runs have in common and what not. Pure. */
import type { RunDetail } from '../../shared/model/run.ts';

/** The snapshots that a run brought or was to bring, by name. */
const broughtBy = ({ plan }: RunDetail): ReadonlySet<string> => new Set(plan.streams.map(({ snapshot }) => snapshot));

/** @returns snapshots that one run has in its stream table and the other has not */
export function onlyIn(one: RunDetail, other: RunDetail): string[] {
  const there = broughtBy(other);
  return [...broughtBy(one)].filter((snapshot) => !there.has(snapshot));
}

/** Whether a run's ends or status fit what is looked for. @param text lower case */
export function fitsRun(
  run: Pick<RunDetail['summary'], 'request' | 'status'>,
  text: string,
  status: RunDetail['summary']['status'] | null,
): boolean {
  if (status !== null && run.status !== status) return false;
  const { source, destination } = run.request;
  return [source.host, source.dataset, destination.host, destination.dataset].join(' ').toLowerCase().includes(text);
}
