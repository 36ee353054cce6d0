/** From a request and two inventories to what has to be sent, and what stands against it. Pure; nothing is read here. */
import type { Finding, Loss } from '../model/plan.ts';
import { findBase } from './base.ts';
import { type Changes, checkDivergence, measureDivergence } from './conflict.ts';
import { type Base, type Decision, type Existing, quiet, stopped, stoppedAt } from './decision.ts';
import { blocks, isFinding } from './findings.ts';
import { planAside, planFull } from './full.ts';
import { findGoal } from './goal.ts';
import { planIncremental } from './incremental.ts';
import { ownSnapshots } from './lineage.ts';
import { checkDialects, checkKind, checkPlaces, checkPools, datasetNamed, type Ends } from './preflight.ts';
import { misfit, partialFinding, planResume } from './resume.ts';

/** @param changes what `zfs diff` told of the destination, if it was asked */
export function decide(ends: Ends, changes: Changes | null): Decision {
  const { request, source, destination } = ends;
  const early = [...checkPlaces(ends), ...checkPools(ends), ...checkDialects(ends)];
  const dataset = datasetNamed(source, request.source.dataset);
  if (dataset === null) return stopped(ends, [...early, noSuchDataset(ends)]);
  const snapshots = ownSnapshots(source, dataset.name);
  const goal = findGoal(ends, snapshots);
  if (isFinding(goal)) return stopped(ends, [...early, goal], { dataset });
  if (early.some((finding) => finding.severity === 'blocks')) return stopped(ends, early, { dataset, goal });

  const situation = { ends, changes, dataset, goal, snapshots, earlier: early };
  const target = datasetNamed(destination, request.destination.dataset);
  if (target === null) return planFull(situation, quiet, []);
  const kind = checkKind(ends, dataset, target);
  if (kind.length > 0) return stopped(ends, [...early, ...kind], { dataset, goal });
  if (request.onDivergence === 'set-aside') return planAside(situation);
  return decideExisting({ ...situation, target, targetSnapshots: ownSnapshots(destination, target.name) });
}

function noSuchDataset({ request, source }: Ends): Finding {
  const last = request.source.dataset.split('/').at(-1);
  const near = source.datasets.map((one) => one.name).filter((name) => name.split('/').at(-1) === last);
  return blocks('no-such-dataset', {
    message: `${source.host} has no dataset ${request.source.dataset}.`,
    evidence: { host: source.host, dataset: request.source.dataset, similar: near.slice(0, 5) },
  });
}

function decideExisting(existing: Existing): Decision {
  const { target } = existing;
  const base = findBase(existing);
  if (base !== null && isFinding(base)) return stoppedAt(existing, base);
  if (target.partial === null && target.undecodedToken === null) return planIncremental(existing, base, quiet, []);
  return existing.ends.request.partial === 'discard' ? discard(existing, base) : goOn(existing, base);
}

function discard(existing: Existing, base: Base | null): Decision {
  const { target, targetSnapshots } = existing;
  const prelude = { ...quiet, discard: target.partial ?? ('undecoded' as const) };
  const losses: Loss[] = [{ what: 'partial', name: target.name, bytes: target.partial?.bytes ?? null }];
  // A full stream that is thrown away takes its dataset with it.
  return targetSnapshots.length === 0
    ? planFull(existing, prelude, losses)
    : planIncremental(existing, base, prelude, losses);
}

function goOn(existing: Existing, base: Base | null): Decision {
  const { ends, changes, target, targetSnapshots, earlier } = existing;
  const reason = misfit(existing);
  if (reason !== null) return stoppedAt(existing, partialFinding(existing, reason));
  if (base === null) return planResume(existing, null);
  const divergence = measureDivergence(target, targetSnapshots, base.destination);
  const conflict = checkDivergence(ends, target, base.destination, divergence, changes);
  const resumed = planResume({ ...existing, earlier: [...earlier, ...conflict] }, base);
  if (ends.request.onDivergence !== 'rollback') return resumed;
  const rollBackTo = divergence.losses.length > 0 ? base.destination : null;
  return { ...resumed, prelude: { ...quiet, rollBackTo }, losses: divergence.losses };
}
