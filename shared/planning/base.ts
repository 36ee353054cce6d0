/** Where an incremental stream starts. */
import type { Snapshot } from '../model/inventory.ts';
import { labelOf } from '../model/names.ts';
import type { Finding } from '../model/plan.ts';
import type { Base, Existing } from './decision.ts';
import { blocks } from './findings.ts';
import { newestCommon } from './newest-common.ts';
import { ownBookmarks } from './own-snapshots.ts';

/**
 * @returns what the user picked as the base, or the newest common one; null if there is none or none is wanted; a
 *   blocking finding where the pick cannot be used
 */
export function findBase(existing: Existing): Base | Finding | null {
  const { ends, snapshots, targetSnapshots } = existing;
  const { base: choice, source } = ends.request;
  if (choice.kind === 'none') return null;
  const bookmarks = ownBookmarks(ends.source, source.dataset);
  if (choice.kind === 'auto') {
    const base = newestCommon({ snapshots, bookmarks }, targetSnapshots);
    return base === null ? null : { source: base.source, destination: base.destination };
  }
  const picked = (choice.kind === 'snapshot' ? snapshots : bookmarks).find(
    (candidate) => labelOf(candidate.name) === choice.label,
  );
  const twin: Snapshot | undefined =
    picked === undefined ? undefined : targetSnapshots.find((snapshot) => snapshot.guid === picked.guid);
  if (picked !== undefined && twin !== undefined) return { source: picked, destination: twin };
  return blocks(picked === undefined ? 'no-such-base' : 'base-not-at-destination', {
    message:
      picked === undefined
        ? `${source.dataset} has no ${choice.kind} ${choice.label}.`
        : `${picked.name} is not at the destination: none of its snapshots has the GUID ${picked.guid}.`,
    evidence: { base: choice.label, guid: picked?.guid ?? null },
    fixes: [
      {
        label: 'Use the newest common snapshot',
        detail: 'It is found by its GUID.',
        change: { base: { kind: 'auto' } },
        destructive: false,
      },
    ],
  });
}
