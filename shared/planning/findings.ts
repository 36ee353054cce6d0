/** Builders of findings and fixes; the ways out of a conflict in the order in which they are offered: the safe one first. */
import type { DatasetName } from '../model/names.ts';
import type { Finding, Fix, Loss } from '../model/plan.ts';
import type { ReplicationRequest } from '../model/request.ts';

interface Said {
  readonly message: string;
  readonly evidence?: Record<string, unknown>;
  readonly fixes?: readonly Fix[];
}

const finding =
  (severity: Finding['severity']) =>
  (code: string, said: Said): Finding => ({
    code,
    severity,
    message: said.message,
    evidence: said.evidence ?? {},
    fixes: [...(said.fixes ?? [])],
  });

export const blocks = finding('blocks');
export const warns = finding('warns');
export const notes = finding('notes');

/** Tells a finding from what was looked for. */
export const isFinding = (found: object): found is Finding => 'severity' in found;

/** The first of `name-2`, `name-3`, … that is free. */
export function freeName(name: string, taken: ReadonlySet<string>): DatasetName {
  for (let number = 2; ; number++) {
    const candidate = `${name}-${number}`;
    if (!taken.has(candidate)) return candidate as DatasetName;
  }
}

/** Where the old copy goes when it is set aside: the day of the inventory in its name, so that plan and run agree. */
export function asideName(name: string, readAt: string, taken: ReadonlySet<string>): DatasetName {
  const dated = `${name}-old-${readAt.slice(0, 10)}`;
  return taken.has(dated) ? freeName(dated, taken) : (dated as DatasetName);
}

export function fixNewName(request: ReplicationRequest, taken: ReadonlySet<string>): Fix {
  const name = freeName(request.destination.dataset, taken);
  return {
    label: `Copy to ${name} instead`,
    detail: 'Nothing that exists is touched; a full copy is made and needs its own space.',
    change: { destination: { ...request.destination, dataset: name }, base: { kind: 'auto' }, onDivergence: 'stop' },
    destructive: false,
  };
}

export function fixSetAside(request: ReplicationRequest, aside: DatasetName): Fix {
  return {
    label: `Rename the old copy to ${aside} and copy again`,
    detail:
      'The old copy is kept whole under its new name, with its children and snapshots; a full copy is made and needs its own space.',
    change: { onDivergence: 'set-aside', base: { kind: 'auto' }, destination: request.destination },
    destructive: false,
  };
}

export function fixRollBack(losses: readonly Loss[], base: string): Fix {
  const snapshots = losses.filter((loss) => loss.what === 'snapshot').length;
  const things = [
    ...(snapshots > 0 ? [`${snapshots} snapshot${snapshots === 1 ? '' : 's'}`] : []),
    ...(losses.some((loss) => loss.what === 'changes') ? ['the changes made since'] : []),
  ].join(' and ');
  return {
    label: `Roll the destination back to ${base}`,
    detail: `This deletes from the destination: ${things}. Nothing at the source is touched.`,
    change: { onDivergence: 'rollback' },
    destructive: true,
  };
}
