/** A full stream to a name that is free, or that will be once the old copy is set aside or discarded. */
import { type DatasetName, datasetOf } from '../model/names.ts';
import type { Finding, Loss } from '../model/plan.ts';
import { olderThan } from './by-age.ts';
import { checkNameLengths, noteSkipped } from './conflict.ts';
import { type Decision, type Prelude, quiet, type Situation } from './decision.ts';
import { checkEncryption } from './encryption.ts';
import { datasetNamed, type Ends } from './ends.ts';
import { checkFeatures } from './features.ts';
import { blocks, notes } from './findings.ts';
import { chooseFlags } from './flags.ts';
import { checkMounts } from './mountpoints.ts';
import { checkParents, missingParents, nearestExisting } from './parents.ts';
import { newCopySends } from './sends.ts';

/**
 * @param prelude what makes the name free
 * @param losses what that costs
 */
export function planFull(situation: Situation, prelude: Prelude, losses: readonly Loss[]): Decision {
  const { ends, dataset, goal, snapshots, earlier, origin, movedTo } = situation;
  const originCopy = origin === null ? null : datasetNamed(ends.destination, datasetOf(origin.destination));
  const flags = chooseFlags({ ...ends, dataset, target: null, place: nearestExisting(ends, null), originCopy });
  const sends = newCopySends(situation);
  const brought = sends.flatMap((send) => send.brings);
  const { raw } = flags.send;
  const skipped = olderThan(snapshots, goal).length - (brought.length - 1);
  return {
    ends,
    dataset,
    target: null,
    goal,
    base: null,
    origin,
    movedTo,
    flags,
    sends,
    prelude: { ...prelude, createParents: missingParents(ends) },
    findings: [
      ...earlier,
      ...checkParents(ends),
      ...checkMounts(ends, dataset),
      ...checkNameLengths(ends, brought),
      ...checkEncryption({ ends, dataset, target: null, raw, open: true }),
      ...checkFeatures(ends, dataset, raw),
      ...noteSkipped(skipped, 'full'),
    ],
    losses,
  };
}

/** Nothing is at the name yet. */
export function planNew(situation: Situation): Decision {
  const full = planFull(situation, quiet, []);
  return { ...full, findings: [...full.findings, ...checkBaseWanted(situation.ends)] };
}

/** Whatever stands at the name, half-received or diverged, keeps its state under a new one. */
export function planAside(situation: Situation, aside: DatasetName): Decision {
  const target = situation.ends.request.destination.dataset;
  const note = notes('sets-aside', {
    message: `${target} is renamed to ${aside} and kept whole, children and snapshots included.`,
    evidence: { from: target, to: aside },
  });
  return planFull({ ...situation, earlier: [...situation.earlier, note] }, { ...quiet, setAside: aside }, []);
}

function checkBaseWanted({ request, destination }: Ends): Finding[] {
  if (request.base.kind !== 'snapshot' && request.base.kind !== 'bookmark') return [];
  return [
    blocks('base-not-at-destination', {
      message: `An incremental stream from ${request.base.label} was asked for, but ${request.destination.dataset} does not exist on ${destination.host}.`,
      evidence: { base: request.base.label },
      fixes: [
        {
          label: 'Make a full copy',
          detail: 'The base is then not needed.',
          change: { base: { kind: 'auto' } },
          destructive: false,
        },
      ],
    }),
  ];
}
