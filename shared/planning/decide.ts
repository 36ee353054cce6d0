/** From a request and two inventories to what has to be sent, and what stands against it. Pure; nothing is read here. */
import type { Finding, Loss } from '../model/plan.ts';
import { findBase } from './base.ts';
import { type Base, type Decision, type Existing, quiet, stopped, stoppedAt } from './decision.ts';
import type { Changes } from './divergence.ts';
import { datasetNamed, type Ends } from './ends.ts';
import { blocks, isFinding } from './findings.ts';
import { planAside, planFull, planNew } from './full.ts';
import { findGoal } from './goal.ts';
import { planIncremental } from './incremental.ts';
import { ownSnapshots } from './lineage.ts';
import { checkDialects, checkKind, checkPlaces, checkPools } from './preflight.ts';
import { misfit, partialFinding, planResume } from './resume.ts';
import { asideName } from './ways.ts';

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
  if (target === null) return planNew(situation);
  const existing = { ...situation, target, targetSnapshots: ownSnapshots(destination, target.name) };
  const plain = decideExisting(existing);
  if (request.onDivergence !== 'set-aside' || !plain.findings.some(offersAside)) return plain;
  const aside = asideName(ends);
  return aside === null ? plain : planAside(situation, aside);
}

function noSuchDataset({ request, source }: Ends): Finding {
  const last = request.source.dataset.split('/').at(-1);
  const near = source.datasets.map((one) => one.name).filter((name) => name.split('/').at(-1) === last);
  return blocks('no-such-dataset', {
    message: `${source.host} has no dataset ${request.source.dataset}.`,
    evidence: { host: source.host, dataset: request.source.dataset, similar: near.slice(0, 5) },
  });
}

/** A copy that can simply be added to is never set aside, only one that stands in the way. */
const offersAside = (finding: Finding): boolean =>
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

function discard(existing: Existing, base: Base | null): Decision {
  const { target, targetSnapshots } = existing;
  const prelude = { ...quiet, discard: target.partial ?? ('undecoded' as const) };
  const losses: Loss[] = [{ what: 'partial', name: target.name, bytes: target.partial?.bytes ?? null }];
  // A full stream that is thrown away takes its dataset with it.
  return targetSnapshots.length === 0
    ? planFull(existing, prelude, losses)
    : planIncremental(existing, base, prelude, losses);
}
