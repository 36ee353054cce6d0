/** An incremental stream to a dataset that exists, or why there is none. */
import type { Finding, Loss } from '../model/plan.ts';
import { between } from './by-age.ts';
import { checkNameLengths, checkNamesakes, noCommonSnapshot, noteSkipped } from './conflict.ts';
import { fixNewName, safeFixes } from './conflict-fixes.ts';
import { type Base, type Decision, type Existing, type Prelude, stoppedAt } from './decision.ts';
import { checkDivergence, type Divergence, measureDivergence, rollsBack } from './divergence.ts';
import { checkEncryption } from './encryption.ts';
import { checkFeatures } from './features.ts';
import { blocks, notes } from './findings.ts';
import { chooseFlags } from './flags.ts';
import { checkFrozen } from './frozen.ts';
import { ownHolds } from './roll-back-holds.ts';
import { updateSends } from './sends.ts';

function nothingToSend({ goal, target }: Existing): Finding {
  return notes('nothing-to-send', {
    message: `${goal.name} is already at ${target.name}: same GUID.`,
    evidence: { guid: goal.guid },
  });
}

/** Only a full stream would do, and the name is taken. */
function nameTaken(existing: Existing): Finding {
  const { ends, target, targetSnapshots } = existing;
  if (ends.request.base.kind !== 'none') {
    return noCommonSnapshot(existing);
  }
  return blocks('destination-exists', {
    message: `A full copy was asked for, but ${target.name} already exists on ${ends.destination.host}.`,
    evidence: { target: target.name, snapshots: targetSnapshots.length },
    fixes: safeFixes(ends),
  });
}

function goalTooOld({ ends, goal, target }: Existing, base: Base): Finding {
  return blocks('goal-older-than-base', {
    message: `${goal.name} is older than ${base.source.name}, which ${target.name} already has; an incremental stream only goes forward.`,
    evidence: { goal: goal.name, base: base.source.name },
    fixes: [fixNewName(ends)],
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
  const divergence = base === null ? null : measureDivergence(existing, base.destination);
  const goesBack = divergence?.diverged === true && rollsBack(ends, divergence);
  if (there && !goesBack) return stoppedAt(existing, nothingToSend(existing), base);
  if (base === null || divergence === null) return stoppedAt(existing, nameTaken(existing));
  if (!there && base.source.createtxg > goal.createtxg) return stoppedAt(existing, goalTooOld(existing, base), base);
  return bringFrom(existing, base, divergence, prelude, losses);
}

function bringFrom(
  existing: Existing,
  base: Base,
  divergence: Divergence,
  prelude: Prelude,
  losses: readonly Loss[],
): Decision {
  const { ends, dataset, target, goal, snapshots, targetSnapshots } = existing;
  const goesBack = rollsBack(ends, divergence);
  const flags = chooseFlags({ ...ends, dataset, target, place: target });
  const { raw } = flags.send;
  const done = base.source.createtxg >= goal.createtxg;
  const sends = done ? [] : updateSends(existing, base.source);
  const brought = sends.flatMap((send) => send.brings);
  const surviving = goesBack ? between(targetSnapshots, null, base.destination) : targetSnapshots;
  return {
    ends,
    dataset,
    target,
    goal,
    base,
    origin: null,
    movedTo: null,
    flags,
    sends,
    prelude: {
      ...prelude,
      release: goesBack ? ownHolds(ends, divergence.newer) : [],
      rollBackTo: goesBack ? base.destination : null,
    },
    losses: [...losses, ...(goesBack ? divergence.losses : [])],
    findings: [
      ...existing.earlier,
      ...checkDivergence(existing, divergence),
      ...checkNamesakes(existing, brought, surviving),
      ...checkNameLengths(ends, brought),
      ...checkEncryption({ ends, dataset, target, raw, open: true }),
      ...checkFeatures(ends, dataset, raw),
      ...(sends.length === 0 ? [] : checkFrozen(ends, dataset, flags.send)),
      ...noteSkipped(between(snapshots, base.source, goal).length - brought.length, 'incremental'),
    ],
  };
}
