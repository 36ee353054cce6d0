/** What has to be sent for one dataset, and what prevents it. Pure; nothing is read here. */
import type { Dataset } from '../model/inventory.ts';
import type { Finding, Loss } from '../model/plan.ts';
import { findBase } from './base.ts';
import { type Base, type Decision, type Existing, quiet, type Situation, stoppedAt } from './decision.ts';
import { datasetNamed } from './ends.ts';
import { isFinding } from './findings.ts';
import { planFull, planNew } from './full.ts';
import { planIncremental } from './incremental.ts';
import { ownSnapshots } from './own-snapshots.ts';
import { checkKind } from './preflight.ts';
import { misfit, partialFinding, planResume } from './resume.ts';

/** What is done for one dataset of a request. */
export function decideDataset(situation: Situation): Decision {
  const { ends, movedTo } = situation;
  const target = movedTo !== null ? null : datasetNamed(ends.destination, ends.request.destination.dataset);
  if (target === null) return planNew(situation);
  return decideExisting({ ...situation, target, targetSnapshots: ownSnapshots(ends.destination, target.name) });
}

/** A copy that can simply be updated is never set aside, only one that is in the way. */
export const offersAside = (finding: Finding): boolean =>
  finding.severity === 'blocks' && finding.fixes.some((fix) => fix.change?.onDivergence === 'set-aside');

function decideExisting(existing: Existing): Decision {
  const { ends, dataset, target } = existing;
  const [kind] = checkKind(ends, dataset, target);
  if (kind !== undefined) return stoppedAt(existing, kind);
  const base = findBase(existing);
  if (base !== null && isFinding(base)) return stoppedAt(existing, base);
  if (target.partial === null && target.undecodedToken === null) return planIncremental(existing, base, quiet, []);
  const reason = misfit(existing, base);
  if (reason === null) return planResume(existing, base);
  if (ends.request.partial === 'discard') return discard(existing, base);
  return stoppedAt(existing, partialFinding(existing, reason));
}

/** What `zfs receive -A` destroys. */
export const discardLoss = ({ name, partial }: Dataset): Loss => ({
  what: 'partial',
  name,
  guid: null,
  bytes: partial?.bytes ?? null,
});

function discard(existing: Existing, base: Base | null): Decision {
  const { target, targetSnapshots } = existing;
  const prelude = { ...quiet, discard: target.partial ?? ('undecoded' as const) };
  const losses = [discardLoss(target)];
  // A full stream that is thrown away takes its dataset with it.
  return targetSnapshots.length === 0
    ? planFull(existing, prelude, losses)
    : planIncremental(existing, base, prelude, losses);
}
