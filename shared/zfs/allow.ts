/**
 * What `zfs allow DATASET` prints, and whether it is enough (zfs-allow(8)).
 *
 * One block a dataset that grants anything, from the asked one up to the pool; in it permission sets, what creators get, and
 * what is granted to whom: `Local` for the dataset alone, `Descendent` for what is below, `Local+Descendent` for both.
 */
import { isWithin } from '../model/names.ts';

/** For which datasets a grant holds, seen from the one it was made on. */
export type GrantScope = 'local' | 'descendent' | 'both';

export interface Grant {
  readonly scope: GrantScope;
  readonly who: { readonly kind: 'user' | 'group' | 'everyone'; readonly name: string };
  /** Permissions, and names of sets (`@backup`). */
  readonly permissions: readonly string[];
}

export interface AllowBlock {
  readonly dataset: string;
  readonly sets: ReadonlyMap<string, readonly string[]>;
  /** What the creator of a dataset below is granted on it. */
  readonly create: readonly string[];
  readonly grants: readonly Grant[];
}

/** Who the permissions are asked for. */
export interface Account {
  readonly user: string;
  readonly groups: readonly string[];
}

interface Draft {
  readonly dataset: string;
  readonly sets: Map<string, readonly string[]>;
  readonly create: string[];
  readonly grants: Grant[];
}

const TITLE = /^---- Permissions on (.+?) -+$/;
const SECTIONS: Readonly<Record<string, GrantScope | 'sets' | 'create'>> = {
  'Permission sets:': 'sets',
  'Create time permissions:': 'create',
  'Local permissions:': 'local',
  'Descendent permissions:': 'descendent',
  'Local+Descendent permissions:': 'both',
};

const listOf = (text: string): string[] => text.split(',').filter((word) => word !== '');

function readGrant(line: string, scope: GrantScope): Grant | null {
  const match = /^(user|group|everyone)\s+(.*)$/.exec(line);
  const kind = match?.[1] as Grant['who']['kind'] | undefined;
  const rest = match?.[2];
  if (kind === undefined || rest === undefined) return null;
  if (kind === 'everyone') return { scope, who: { kind, name: '' }, permissions: listOf(rest.trim()) };
  // Names may have spaces (`(unknown: 1234)` for one that is gone), permissions have none.
  const at = rest.trimEnd().lastIndexOf(' ');
  return at < 0
    ? null
    : { scope, who: { kind, name: rest.slice(0, at).trim() }, permissions: listOf(rest.slice(at + 1).trim()) };
}

/**
 * @param text the command's stdout under `LC_ALL=C`; empty if nothing is granted
 * @returns the blocks in the order printed, the nearest dataset first
 */
export function parseAllow(text: string): AllowBlock[] {
  const blocks: Draft[] = [];
  let section: GrantScope | 'sets' | 'create' | null = null;
  for (const line of text.split('\n')) {
    const dataset = TITLE.exec(line)?.[1];
    if (dataset !== undefined) {
      blocks.push({ dataset, sets: new Map(), create: [], grants: [] });
      section = null;
      continue;
    }
    const block = blocks.at(-1);
    if (block === undefined) continue;
    const heading = Object.hasOwn(SECTIONS, line.trim()) ? SECTIONS[line.trim()] : undefined;
    if (heading !== undefined) {
      section = heading;
      continue;
    }
    const words = line.trim();
    if (words === '' || section === null) continue;
    if (section === 'create') block.create.push(...listOf(words));
    else if (section === 'sets') {
      const [name, permissions] = words.split(/\s+/);
      if (name?.startsWith('@') && permissions !== undefined) block.sets.set(name, listOf(permissions));
    } else {
      const grant = readGrant(words, section);
      if (grant !== null) block.grants.push(grant);
    }
  }
  return blocks;
}

/** A set is known on the dataset on which it was made and below; the nearest of a name counts. Sets may name sets. */
function resolve(
  permissions: readonly string[],
  blocks: readonly AllowBlock[],
  seen: ReadonlySet<string> = new Set(),
): string[] {
  return permissions.flatMap((permission) => {
    if (!permission.startsWith('@')) return [permission];
    if (seen.has(permission)) return [];
    const found = blocks.find((block) => block.sets.has(permission))?.sets.get(permission);
    return found === undefined ? [] : resolve(found, blocks, new Set([...seen, permission]));
  });
}

const isFor = ({ who }: Grant, account: Account): boolean =>
  who.kind === 'everyone' || (who.kind === 'user' ? who.name === account.user : account.groups.includes(who.name));

/**
 * What an account may do on a dataset.
 *
 * @param blocks of `zfs allow` for this dataset, or for an ancestor if the dataset does not exist yet
 * @param dataset the one that is meant; blocks of datasets that are neither it nor above it grant nothing
 */
export function permissionsOn(blocks: readonly AllowBlock[], dataset: string, account: Account): Set<string> {
  const above = blocks.filter((block) => isWithin(dataset, block.dataset));
  return new Set(
    above.flatMap((block, index) =>
      block.grants
        .filter((grant) => isFor(grant, account))
        .filter(({ scope }) => scope === 'both' || (scope === 'local') === (block.dataset === dataset))
        .flatMap((grant) => resolve(grant.permissions, above.slice(index))),
    ),
  );
}

export interface PermissionVerdict {
  /** What the account has of what is needed. */
  readonly have: readonly string[];
  readonly need: readonly string[];
  readonly missing: readonly string[];
}

/** A narrower permission that will do where a wider one is asked for; `receive:append` (OpenZFS 2.3.3) cannot roll back. */
const NARROWER: Readonly<Record<string, readonly string[]>> = {
  receive: ['receive:append'],
  send: ['send:raw', 'send:encrypted'],
};

/**
 * @param narrow permissions of which a narrower form is enough for what is planned
 */
export function comparePermissions(
  has: ReadonlySet<string>,
  need: readonly string[],
  narrow: readonly string[] = [],
): PermissionVerdict {
  const fulfilled = (permission: string): boolean =>
    has.has(permission) ||
    (narrow.includes(permission) && (NARROWER[permission] ?? []).some((narrower) => has.has(narrower)));
  const wanted = [...new Set(need)];
  return {
    have: wanted.filter(fulfilled),
    need: wanted,
    missing: wanted.filter((permission) => !fulfilled(permission)),
  };
}

/** The command an administrator runs; zfs-allow(8) takes permissions as one list with commas. */
export const allowCommand = (user: string, permissions: readonly string[], dataset: string): string[] => [
  'zfs',
  'allow',
  '-u',
  user,
  permissions.join(','),
  dataset,
];

/** The command whose answer {@link parseAllow} reads; it needs no rights. */
export const listAllow = (dataset: string): string[] => ['zfs', 'allow', dataset];
