/** Asks a host what `zfs allow` grants to the user who is logged in, and compares it with a plan. */
import type { Inventory } from '../../shared/model/inventory.ts';
import type { DatasetName } from '../../shared/model/names.ts';
import type { Finding, Plan } from '../../shared/model/plan.ts';
import {
  checkPermissions,
  existsIn,
  type Grants,
  grantPlaces,
  isDelegated,
} from '../../shared/planning/permissions.ts';
import { listAllow, parseAllow } from '../../shared/zfs/allow.ts';
import { collectAll } from '../ssh/collect-all.ts';
import type { Shell } from '../ssh/shell.ts';

async function readGrants(shell: Shell, places: readonly DatasetName[]): Promise<Grants | null> {
  const { parts } = await collectAll(shell, [['id', '-un'], ['id', '-Gn'], ...places.map(listAllow)]);
  const [user, groups, ...answers] = parts;
  // Nothing is said of what could not be asked.
  if (!user || !groups || answers.some((answer) => answer?.status !== 0)) return null;
  return {
    account: { user: user.stdout.trim(), groups: groups.stdout.trim().split(/\s+/) },
    allowed: new Map(places.map((place, at) => [place, parseAllow(answers[at]?.stdout ?? '')])),
  };
}

/** @param ends both hosts as listed, and their shells */
export async function permissionFindings(
  plan: Plan,
  ends: readonly { readonly shell: Shell; readonly inventory: Inventory }[],
): Promise<Finding[]> {
  const existsOn = existsIn(ends.map(({ inventory }) => inventory));
  const asked = new Map(ends.filter(({ inventory }) => isDelegated(inventory)).map((end) => [end.inventory.host, end]));
  const found = await Promise.all(
    [...asked.values()].map(async ({ shell, inventory: { host } }) => {
      const grants = await readGrants(shell, grantPlaces(plan, host, existsOn));
      return grants === null ? [] : checkPermissions(plan, host, grants, existsOn);
    }),
  );
  return found.flat();
}
