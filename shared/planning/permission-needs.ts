/** Which permissions (zfs-allow(8)) a plan's commands need, and on which dataset: read off the commands themselves. */
import { type DatasetName, isWithin, parentOf } from '../model/names.ts';
import type { Command, Plan, Step } from '../model/plan.ts';

export interface Need {
  readonly host: string;
  /** Existing or not: what the plan creates is granted through its parent. */
  readonly dataset: DatasetName;
  readonly permission: string;
  /** `copy`: without it there is none. `profile`: the copy arrives, a property is not set. `upkeep`: only holds and bookmarks. */
  readonly for: 'copy' | 'profile' | 'upkeep';
}

/** `pool/ds`, without the part behind `@` or `#`. */
const bare = (name: string): DatasetName => name.replace(/[@#].*$/s, '') as DatasetName;
const parentOrSelf = (name: DatasetName): DatasetName => parentOf(name) ?? name;

/** Values of an option that comes several times. */
const valuesOf = (words: readonly string[], option: string): string[] =>
  words.filter((_, at) => words[at - 1] === option);

/** User properties have a colon, and one permission for all of them. */
const propertyPermission = (assignment: string): string => {
  const name = assignment.split('=')[0] ?? '';
  return name.includes(':') ? 'userprop' : name;
};

/** Dataset and permissions of one command. */
type Wanted = readonly (readonly [DatasetName, readonly string[]])[];

function wantedBy(
  words: readonly string[],
  exists: (name: DatasetName) => boolean,
  loses: (name: string) => boolean,
): Wanted {
  const [verb, ...rest] = words;
  const last = rest.at(-1) ?? '';
  const on = bare(last);
  const names = rest.filter((word) => word.includes('@')).map(bare);
  switch (verb) {
    case 'snapshot':
    case 'hold':
    case 'release':
      return [...new Set(names)].map((name) => [name, [verb]]);
    case 'bookmark':
      return [[on, ['bookmark']]];
    case 'send':
      // `cannot hold: permission denied`: with -I, send holds what it goes through.
      return rest.includes('-t') ? [] : [[on, rest.includes('-I') ? ['send', 'hold'] : ['send']]];
    case 'receive':
      return rest.includes('-A')
        ? [[on, ['destroy', 'mount']]]
        : [[exists(on) ? on : parentOrSelf(on), ['receive', 'create', 'mount']]];
    case 'create':
      return [[parentOrSelf(on), ['create', 'mount']]];
    case 'rename': {
      const from = bare(rest[0] ?? '');
      return [
        [from, ['rename', 'mount']],
        [parentOrSelf(on), ['create', 'mount']],
      ];
    }
    case 'rollback':
      return [[on, loses(`${on}@`) ? ['rollback', 'destroy', 'mount'] : ['rollback']]];
    default:
      return [];
  }
}

/** Properties that a command gives to a dataset. */
function propertiesOf(words: readonly string[]): { readonly on: DatasetName; readonly names: string[] } {
  const [verb, first] = words;
  const on = bare(words.at(-1) ?? '');
  if (verb === 'set') return { on, names: first === undefined ? [] : [propertyPermission(first)] };
  if (verb !== 'receive' && verb !== 'create') return { on, names: [] };
  const given = valuesOf(words, '-o').filter((one) => !one.startsWith('origin='));
  return { on, names: [...given, ...valuesOf(words, '-x')].map(propertyPermission) };
}

/** Whether a host had a dataset before the plan. */
export type ExistsOn = (host: string, name: DatasetName) => boolean;

/**
 * Properties that a stream carries (`send -p`) are not known before it is sent, so they are not among the needs; a
 * permission missing for one leaves it unset, which `receive` reports.
 *
 * @param existsOn datasets of the hosts before the plan
 */
export function permissionNeeds(plan: Plan, existsOn: ExistsOn): Need[] {
  const needs = new Map<string, Need>();
  const loses = (prefix: string) =>
    plan.losses.some(({ what, name }) => what === 'snapshot' && name.startsWith(prefix));
  const add = (need: Need) => {
    const key = [need.host, need.dataset, need.permission].join('\n');
    const known = needs.get(key);
    const order = ['copy', 'profile', 'upkeep'];
    if (known === undefined || order.indexOf(need.for) < order.indexOf(known.for)) needs.set(key, need);
  };
  const made = new Set<DatasetName>();
  const moved = new Map<DatasetName, DatasetName>();
  /** What is granted on a dataset stays with it when it is renamed. */
  const nameBefore = (name: DatasetName): DatasetName => {
    const found = [...moved].find(([to]) => isWithin(name, to));
    return found === undefined ? name : (`${found[1]}${name.slice(found[0].length)}` as DatasetName);
  };
  const read = (step: Step, { host, argv }: Command) => {
    const words = argv.slice(argv.indexOf('zfs') + 1);
    const exists = (name: DatasetName) => existsOn(host, name) || made.has(name);
    for (const [dataset, permissions] of wantedBy(words, exists, loses))
      for (const permission of permissions)
        add({ host, dataset: nameBefore(dataset), permission, for: step.essential ? 'copy' : 'upkeep' });
    const { on, names } = propertiesOf(words);
    for (const permission of names) add({ host, dataset: on, permission, for: 'profile' });
    if (words[0] === 'rename') moved.set(on, bare(words[1] ?? ''));
    if (words[0] === 'receive' || words[0] === 'create') made.add(on);
  };
  for (const step of plan.steps) {
    // Where both ends are in one step, the send is the source's and the receive the destination's.
    if (step.kind !== 'verify') for (const command of step.commands) read(step, command);
  }
  return [...needs.values()];
}

/** The nearest existing dataset: permissions for what does not exist yet are granted through it. */
export function grantPlace(dataset: DatasetName, exists: (name: DatasetName) => boolean): DatasetName {
  let place = dataset;
  for (let above = parentOf(place); !exists(place) && above !== null; above = parentOf(place)) place = above;
  return place;
}

/** Only the topmost of several places: a grant also covers what is below. */
export const widest = (places: readonly DatasetName[]): DatasetName[] =>
  [...new Set(places)].filter((place) => !places.some((other) => other !== place && isWithin(place, other)));
