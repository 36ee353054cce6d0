/** An incremental stream to a dataset that exists, or why there is none. */
import type { Finding, Loss } from '../model/plan.ts';
import { checkDivergence, checkNamesakes, measureDivergence, noCommonSnapshot, noteSkipped } from './conflict.ts';
import { type Base, type Decision, type Existing, type Prelude, stoppedAt } from './decision.ts';
import { checkEncryption } from './encryption.ts';
import { asideName, blocks, fixNewName, fixSetAside, notes } from './findings.ts';
import { chooseFlags } from './flags.ts';
import { ownBookmarks, traceLineage } from './lineage.ts';
import { namesAt } from './preflight.ts';
import { incrementalSends, span } from './sends.ts';

function nothingToSend(existing: Existing): Finding {
  const { goal, target } = existing;
  return notes('nothing-to-send', {
    message: `${goal.name} is already at ${target.name}: same GUID.`,
    evidence: { guid: goal.guid },
  });
}

/** Only a full stream would do, and the name is taken. */
function nameTaken(existing: Existing): Finding {
  const { ends, target, snapshots, targetSnapshots } = existing;
  const { request, destination } = ends;
  if (request.base.kind !== 'none') {
    const bookmarks = ownBookmarks(ends.source, existing.dataset.name);
    return noCommonSnapshot(ends, target, targetSnapshots, traceLineage({ snapshots, bookmarks }, targetSnapshots));
  }
  const taken = namesAt(destination);
  return blocks('destination-exists', {
    message: `A full copy was asked for, but ${target.name} already exists on ${destination.host}.`,
    evidence: { target: target.name, snapshots: targetSnapshots.length },
    fixes: [fixNewName(request, taken), fixSetAside(request, asideName(target.name, destination.readAt, taken))],
  });
}

function goalTooOld({ ends, goal, target }: Existing, base: Base): Finding {
  return blocks('goal-older-than-base', {
    message: `${goal.name} is older than ${base.source.name}, which ${target.name} already has; an incremental stream only goes forward.`,
    evidence: { goal: goal.name, base: base.source.name },
    fixes: [fixNewName(ends.request, namesAt(ends.destination))],
  });
}

/**
 * @param prelude what happens before, such as discarding a half-received stream
 * @param losses what that costs
 */
export function planIncremental(
  existing: Existing,
  base: Base | null,
  prelude: Prelude,
  losses: readonly Loss[],
): Decision {
  const { ends, goal, targetSnapshots } = existing;
  const there = targetSnapshots.some((snapshot) => snapshot.guid === goal.guid);
  if (there && ends.request.onDivergence !== 'rollback') return stoppedAt(existing, nothingToSend(existing), base);
  if (base === null) return stoppedAt(existing, nameTaken(existing));
  if (base.source.createtxg > goal.createtxg) return stoppedAt(existing, goalTooOld(existing, base), base);
  return bringFrom(existing, base, prelude, losses);
}

function bringFrom(existing: Existing, base: Base, prelude: Prelude, losses: readonly Loss[]): Decision {
  const { ends, changes, dataset, target, goal, snapshots, targetSnapshots, earlier } = existing;
  const divergence = measureDivergence(target, targetSnapshots, base.destination);
  const rollsBack = ends.request.onDivergence === 'rollback' && divergence.losses.length > 0;
  const flags = chooseFlags({ ...ends, dataset, target });
  const sends = base.source.guid === goal.guid ? [] : incrementalSends(ends.request, snapshots, base.source, goal);
  const brought = sends.flatMap((send) => send.brings);
  const surviving = rollsBack
    ? targetSnapshots.filter((snapshot) => snapshot.createtxg <= base.destination.createtxg)
    : targetSnapshots;
  return {
    ends,
    dataset,
    target,
    goal,
    base,
    flags,
    sends,
    prelude: { ...prelude, rollBackTo: rollsBack ? base.destination : null },
    losses: [...losses, ...(ends.request.onDivergence === 'rollback' ? divergence.losses : [])],
    findings: [
      ...earlier,
      ...checkDivergence(ends, target, base.destination, divergence, changes),
      ...checkNamesakes(ends, target, brought, surviving),
      ...checkEncryption(ends, dataset, target, flags.send.raw),
      ...noteSkipped(span(snapshots, base.source, goal).length - brought.length, 'incremental'),
    ],
  };
}
