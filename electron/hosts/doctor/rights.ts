/** What a user may do with ZFS on a host: as root, through sudo, or by `zfs allow`, compared with what replication needs. */

import type { Host } from '../../../shared/model/host.ts';
import type { Inventory } from '../../../shared/model/inventory.ts';
import type { Side } from '../../../shared/model/side.ts';
import {
  type AllowBlock,
  allowCommand,
  comparePermissions,
  type PermissionVerdict,
  permissionsOn,
} from '../../../shared/zfs/allow.ts';
import type { HostTools } from '../probe.ts';
import { adminOf, doasFix, sudoersFix } from './elevated-rights.ts';
import { type Admin, asAdmin, type Finding, line } from './line.ts';
import type { Survey } from './survey.ts';

/** What a source needs: sending, and keeping the base of the next run. */
export const SOURCE_NEEDS = ['send', 'hold', 'release', 'bookmark'];
/** What a destination needs, with the properties of the usual receive profile. */
export const DESTINATION_NEEDS = [
  'receive',
  'create',
  'mount',
  'hold',
  'release',
  'readonly',
  'canmount',
  'mountpoint',
  'setuid',
  'devices',
];

/** A dataset, and how much of each side's needs the user has there. */
type DatasetRights = { readonly dataset: string } & Readonly<Record<Role['side'], PermissionVerdict>>;

/** A side of a replication that a host can be. */
interface Role {
  readonly side: Side;
  /** What the user does to a dataset then, in words. */
  readonly does: string;
  readonly needs: readonly string[];
  /** Without these nothing goes; the others make it safe, or the next time possible. */
  readonly first: readonly string[];
}
const ROLES: readonly Role[] = [
  { side: 'source', does: 'send from', needs: SOURCE_NEEDS, first: ['send'] },
  { side: 'destination', does: 'receive below', needs: DESTINATION_NEEDS, first: ['receive', 'create', 'mount'] },
];

const can = ({ side, first }: Role, rights: DatasetRights): boolean =>
  first.every((permission) => rights[side].have.includes(permission));

/** True if the user has a permission only this role needs: both hold snapshots, so that alone says nothing. */
function isMeant(role: Role, rights: DatasetRights): boolean {
  const needed = ROLES.filter((other) => other !== role).flatMap(({ needs }) => needs);
  return rights[role.side].have.some((permission) => !needed.includes(permission));
}

/** The uppermost that have anything: nothing is said of what lies below them, because it has the same. */
function uppermost(rights: readonly DatasetRights[]): DatasetRights[] {
  const useful = rights.filter((one) => ROLES.some(({ side }) => one[side].have.length > 0));
  return useful.filter(({ dataset }) => !useful.some((other) => dataset.startsWith(`${other.dataset}/`)));
}

/** Whose rights are looked at, and who could give more. */
interface Case {
  readonly survey: Survey;
  readonly inventory: Inventory;
  readonly admin: Admin;
}

/** Nothing can be sent or received: what would allow it, for a dataset or for all. */
function noRights(
  { survey, inventory, admin }: Case,
  top: readonly DatasetRights[],
  evidence: Record<string, unknown>,
): Finding {
  const [partial] = top;
  const dataset = partial?.dataset ?? inventory.datasets[0]?.name;
  const has = partial === undefined ? [] : [...new Set(ROLES.flatMap(({ side }) => partial[side].have))];
  const allowing =
    dataset === undefined
      ? []
      : ROLES.map(({ side, does, needs }) =>
          asAdmin(
            `allow-${side}`,
            `Let ${survey.user} ${does} ${dataset}`,
            allowCommand(survey.user, needs, dataset),
            admin,
          ),
        );
  const elsewise = [sudoersFix(survey, admin), doasFix(survey)].flatMap((fix) => fix ?? []);
  return line({
    code: 'rights',
    title: 'Permissions',
    state: 'blocks',
    detail: `${survey.user} is not root, may not run zfs through sudo, doas or pfexec, and no dataset allows it to send or to receive.${partial === undefined ? '' : ` On ${partial.dataset} it has ${has.join(', ')}.`}`,
    evidence: { ...evidence, need: { source: SOURCE_NEEDS, destination: DESTINATION_NEEDS } },
    fixes: [...allowing, ...elsewise],
  });
}

/** Something can: which datasets, in which role, and what would complete it. */
function someRights(
  { survey, inventory, admin }: Case,
  top: readonly DatasetRights[],
  evidence: Record<string, unknown>,
): Finding {
  const meant = ROLES.flatMap((role) => top.filter((one) => isMeant(role, one)).map((rights) => ({ role, rights })));
  const sentences = meant.map(({ role, rights }) => {
    const { missing } = rights[role.side];
    return `Through zfs allow, ${survey.user} may ${can(role, rights) ? '' : 'not yet '}${role.does} ${rights.dataset}${missing.length === 0 ? '' : `, lacking ${missing.join(', ')}`}.`;
  });
  const fixes = meant.flatMap(({ role: { side }, rights }) => {
    const { missing } = rights[side];
    if (missing.length === 0) return [];
    const label = `Complete the permissions of ${survey.user} as a ${side}`;
    return [
      asAdmin(`allow-${side}-${rights.dataset}`, label, allowCommand(survey.user, missing, rights.dataset), admin),
    ];
  });
  const linux = inventory.zfs.system.startsWith('Linux')
    ? ' On Linux only root can mount, so copies arrive unmounted; that is what Sluice asks for anyway.'
    : '';
  return line({
    code: 'rights',
    title: 'Permissions',
    state: fixes.length === 0 ? 'ok' : 'warns',
    detail: `${sentences.join(' ')}${linux}`,
    evidence,
    fixes,
  });
}

function delegatedRights(given: Case, rights: readonly DatasetRights[]): Finding {
  const top = uppermost(rights);
  const evidence = { user: given.survey.user, datasets: top };
  return top.some((one) => ROLES.some((role) => can(role, one)))
    ? someRights(given, top, evidence)
    : noRights(given, top, evidence);
}

/** @param allowed what `zfs allow` prints for each dataset that was asked */
export function rightsCheck(
  host: Host,
  tools: HostTools,
  survey: Survey,
  inventory: Inventory,
  allowed: ReadonlyMap<string, readonly AllowBlock[]>,
): Finding {
  if (tools.elevation.length > 0 || tools.root) {
    const detail =
      tools.elevation.length > 0 ? `ZFS commands run through ${tools.elevation.join(' ')}.` : 'The user is root.';
    return line({ code: 'rights', title: 'Permissions', detail, evidence: { elevation: tools.elevation } });
  }
  const user = survey.user || (host.address.kind === 'ssh' ? host.address.user : '');
  const account = { user, groups: survey.groups };
  const rights = [...allowed].map(([dataset, blocks]): DatasetRights => {
    const has = permissionsOn(blocks, dataset, account);
    return {
      dataset,
      source: comparePermissions(has, SOURCE_NEEDS, ['send']),
      destination: comparePermissions(has, DESTINATION_NEEDS, ['receive']),
    };
  });
  return delegatedRights({ survey: { ...survey, user }, inventory, admin: adminOf(tools, survey) }, rights);
}
