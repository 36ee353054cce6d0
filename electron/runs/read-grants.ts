/** Asks a host what `zfs allow` grants to the user who is logged in, and compares it with a plan. */
import type { Inventory } from '../../shared/model/inventory.ts';
import type { DatasetName } from '../../shared/model/names.ts';
import type { Finding, Plan } from '../../shared/model/plan.ts';
import {
  checkPermissions,
  existingAt,
  type Grants,
  grantPlaces,
  isDelegated,
} from '../../shared/planning/permissions.ts';
import { listAllow, parseAllow } from '../../shared/zfs/allow.ts';
import { readBatch, wireBatch } from '../../shared/zfs/wire.ts';
import type { Shell } from '../ssh/shell.ts';

/** Datasets asked about in one round trip: a command line has its limit. */
const PORTION = 200;

async function readGrants(shell: Shell, places: readonly DatasetName[]): Promise<Grants | null> {
  const allowed = new Map<DatasetName, ReturnType<typeof parseAllow>>();
  let account: Grants['account'] | null = null;
  for (let from = 0; from < places.length; from += PORTION) {
    const portion = places.slice(from, from + PORTION);
    const commands = [['id', '-un'], ['id', '-Gn'], ...portion.map(listAllow)];
    const { stdout, stderr } = await shell.collect(wireBatch(commands), { timeoutMs: 60_000 });
    const [user, groups, ...answers] = readBatch(commands.length, stdout, stderr);
    if (!user || !groups) return null;
    account = { user: user.stdout.trim(), groups: groups.stdout.trim().split(/\s+/) };
    portion.forEach((place, at) => {
      const answer = answers[at];
      // Nothing is said of what could not be asked.
      if (answer?.status === 0) allowed.set(place, parseAllow(answer.stdout));
    });
  }
  return account === null || allowed.size < places.length ? null : { account, allowed };
}

/** @param ends both hosts as listed, and their shells */
export async function permissionFindings(
  plan: Plan,
  ends: readonly { readonly shell: Shell; readonly inventory: Inventory }[],
): Promise<Finding[]> {
  const existing = existingAt(ends.map(({ inventory }) => inventory));
  const asked = new Map(ends.filter(({ inventory }) => isDelegated(inventory)).map((end) => [end.inventory.host, end]));
  const found = await Promise.all(
    [...asked.values()].map(async ({ shell, inventory: { host } }) => {
      const grants = await readGrants(shell, grantPlaces(plan, host, existing));
      return grants === null ? [] : checkPermissions(plan, host, grants, existing);
    }),
  );
  return found.flat();
}
