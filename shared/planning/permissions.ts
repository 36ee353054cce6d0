/** Whether a user without root's rights may do what a plan needs: have, need, missing, and the line to run. */
import type { Dataset, Inventory } from '../model/inventory.ts';
import { type DatasetName, isWithin } from '../model/names.ts';
import type { Finding, Fix, Plan } from '../model/plan.ts';
import { type Account, type AllowBlock, allowCommand, comparePermissions, permissionsOn } from '../zfs/allow.ts';
import { blocks, warns } from './findings.ts';
import { type ExistsOn, grantPlace, type Need, permissionNeeds, widest } from './permission-needs.ts';

/** What a host grants to the user who is logged in. */
export interface Grants {
  readonly account: Account;
  /** What `zfs allow` prints for a dataset that exists. */
  readonly allowed: ReadonlyMap<DatasetName, readonly AllowBlock[]>;
}

/** Both ends may be one host that was listed twice. */
export function existsIn(ends: readonly Inventory[]): ExistsOn {
  const names = new Map<string, Set<DatasetName>>();
  for (const { host, datasets } of ends) {
    const known = names.get(host) ?? new Set();
    for (const { name } of datasets as readonly Dataset[]) known.add(name);
    names.set(host, known);
  }
  return (host, name) => names.get(host)?.has(name) ?? false;
}

/**
 * True where permissions are ZFS's own (`zfs allow`): for root everything is allowed, `pfexec` has profiles of its own, and
 * the early tools let nobody but root in.
 */
export const isDelegated = ({ root, elevation, zfs }: Inventory): boolean =>
  !root && elevation.length === 0 && zfs.dialect !== 'legacy';

/** Datasets of a host of which `zfs allow` has to be asked. */
export function grantPlaces(plan: Plan, host: string, existsOn: ExistsOn): DatasetName[] {
  const needs = permissionNeeds(plan, existsOn).filter((need) => need.host === host);
  return [...new Set(needs.map(({ dataset }) => grantPlace(dataset, (name) => existsOn(host, name))))];
}

/** What is granted on a dataset; of one that the plan makes, what its creator gets, too. */
function grantedOn(grants: Grants, place: DatasetName, dataset: DatasetName): Set<string> {
  const found = grants.allowed.get(place) ?? [];
  const own = permissionsOn(found, dataset, grants.account);
  if (place === dataset) return own;
  return new Set([...own, ...found.flatMap(({ create }) => create)]);
}

interface Lack {
  readonly place: DatasetName;
  readonly need: Need;
}

/** `-F` is never given, so a right to receive that cannot roll back is enough; and a raw stream may be sent by who may only that. */
const narrow = (raw: boolean): string[] => (raw ? ['receive', 'send'] : ['receive']);

function lacking(plan: Plan, grants: Grants, host: string, existsOn: ExistsOn) {
  const needs = permissionNeeds(plan, existsOn).filter((need) => need.host === host);
  const raw = plan.steps.some(({ commands }) =>
    commands.some(({ argv }) => argv.includes('send') && argv.includes('-w')),
  );
  const lacks: Lack[] = [];
  const have = new Set<string>();
  for (const need of needs) {
    const place = grantPlace(need.dataset, (name) => existsOn(host, name));
    const { missing } = comparePermissions(grantedOn(grants, place, need.dataset), [need.permission], narrow(raw));
    if (missing.length > 0) lacks.push({ place, need });
    else have.add(need.permission);
  }
  return { lacks, have, need: [...new Set(needs.map(({ permission }) => permission))] };
}

function allowFixes(host: string, user: string, lacks: readonly Lack[]): Fix[] {
  return widest(lacks.map(({ place }) => place)).map((place) => {
    const within = lacks.filter((lack) => isWithin(lack.place, place));
    const permissions = [...new Set(within.map(({ need }) => need.permission))].sort();
    return {
      label: `Grant it to ${user} on ${place}`,
      detail: 'An administrator of that host runs this line once; then check again.',
      command: { host, argv: allowCommand(user, permissions, place) },
      asAdmin: true,
      destructive: false,
    };
  });
}

/**
 * What blocks is told with everything that lacks, so that one line is enough; what only concerns properties, holds or
 * bookmarks warns.
 *
 * @param existsOn datasets of both hosts before the plan
 */
export function checkPermissions(plan: Plan, host: string, grants: Grants, existsOn: ExistsOn): Finding[] {
  const { lacks, have, need } = lacking(plan, grants, host, existsOn);
  if (lacks.length === 0) return [];
  const { user } = grants.account;
  const of = (which: Need['for'][]) => [
    ...new Set(lacks.filter((lack) => which.includes(lack.need.for)).map((lack) => lack.need.permission)),
  ];
  const evidence = {
    host,
    user,
    have: [...have].sort(),
    need: need.sort(),
    missing: of(['copy', 'profile', 'upkeep']).sort(),
    datasets: [...new Set(lacks.map(({ need: { dataset } }) => dataset))].slice(0, 10),
  };
  const fixes = allowFixes(host, user, lacks);
  const hard = of(['copy']);
  if (hard.length > 0) {
    return [
      blocks('permission-missing', {
        message: `${user} on ${host} lacks permissions: ${hard.join(', ')} ${hard.length === 1 ? 'is' : 'are'} not allowed on ${widest(lacks.map(({ place }) => place)).join(', ')}.`,
        evidence,
        fixes,
      }),
    ];
  }
  const profile = of(['profile']);
  const upkeep = of(['upkeep']);
  return [
    warns('permission-partly-missing', {
      message: [
        `${user} on ${host} may create the copy, but not everything that belongs to it.`,
        ...(profile.length === 0 ? [] : [`Without ${profile.join(', ')} these properties are not set on the copy.`]),
        ...(upkeep.length === 0 ? [] : [`Without ${upkeep.join(', ')} the base of the next update is less protected.`]),
      ].join(' '),
      evidence,
      fixes,
    }),
  ];
}
