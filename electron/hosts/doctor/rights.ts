/** What a user may do with ZFS on a host: as root, through sudo, or by `zfs allow`, compared with what replication needs. */
import type { Host } from '../../../shared/model/host.ts';
import type { Inventory } from '../../../shared/model/inventory.ts';
import { type AllowBlock, allowCommand, comparePermissions, permissionsOn } from '../../../shared/zfs/allow.ts';
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

interface DatasetRights {
  readonly dataset: string;
  readonly source: ReturnType<typeof comparePermissions>;
  readonly destination: ReturnType<typeof comparePermissions>;
}

/** Datasets beside which nothing is said because what is above them says it already. */
const isBelow = (name: string, others: readonly string[]): boolean =>
  others.some((other) => other !== name && name.startsWith(`${other}/`));

const spoken = (role: string, can: boolean, { dataset }: DatasetRights, missing: readonly string[]): string =>
  `${can ? '' : 'not yet '}${role} ${dataset}${missing.length === 0 ? '' : `, lacking ${missing.join(', ')}`}`;

/** True if the user has something that only this side of a replication is given. */
const isMeant = (have: readonly string[], needs: readonly string[], others: readonly string[]): boolean =>
  have.some((permission) => needs.includes(permission) && !others.includes(permission));

function delegatedRights(
  survey: Survey,
  rights: readonly DatasetRights[],
  inventory: Inventory,
  admin: Admin,
): Finding {
  const can = (one: DatasetRights) => ({
    send: one.source.have.includes('send'),
    receive: ['receive', 'create', 'mount'].every((permission) => one.destination.have.includes(permission)),
  });
  const useful = rights.filter((one) => one.source.have.length > 0 || one.destination.have.length > 0);
  const top = useful.filter(
    ({ dataset }) =>
      !isBelow(
        dataset,
        useful.map((one) => one.dataset),
      ),
  );
  const evidence = {
    user: survey.user,
    datasets: top.map(({ dataset, source, destination }) => ({ dataset, source, destination })),
  };
  const linux = inventory.zfs.system.startsWith('Linux')
    ? ' On Linux nobody but root can mount, so copies arrive unmounted; that is what Sluice asks for anyway.'
    : '';
  const elsewise = [sudoersFix(survey, admin), doasFix(survey)].flatMap((fix) => fix ?? []);
  const suggestion = inventory.datasets[0]?.name;
  if (!top.some((one) => can(one).send || can(one).receive)) {
    const [partial] = top;
    const dataset = partial?.dataset ?? suggestion;
    return line({
      code: 'rights',
      title: 'Rights',
      state: 'blocks',
      detail: `${survey.user} is not root, may not run zfs through sudo, doas or pfexec, and no dataset allows it to send or to receive.${partial === undefined ? '' : ` On ${partial.dataset} it has ${[...new Set([...partial.source.have, ...partial.destination.have])].join(', ')}.`}`,
      evidence: { ...evidence, need: { source: SOURCE_NEEDS, destination: DESTINATION_NEEDS } },
      fixes: [
        ...(dataset === undefined
          ? []
          : [
              asAdmin(
                'allow-source',
                `Let ${survey.user} send from ${dataset}`,
                allowCommand(survey.user, SOURCE_NEEDS, dataset),
                admin,
              ),
              asAdmin(
                'allow-destination',
                `Let ${survey.user} receive below ${dataset}`,
                allowCommand(survey.user, DESTINATION_NEEDS, dataset),
                admin,
              ),
            ]),
        ...elsewise,
      ],
    });
  }
  const sources = top.filter(({ source }) => isMeant(source.have, SOURCE_NEEDS, DESTINATION_NEEDS));
  const destinations = top.filter(({ destination }) => isMeant(destination.have, DESTINATION_NEEDS, SOURCE_NEEDS));
  const fixes = [
    ...sources
      .filter(({ source }) => source.missing.length > 0)
      .map(({ dataset, source }) =>
        asAdmin(
          `allow-source-${dataset}`,
          `Complete the rights of ${survey.user} as a source`,
          allowCommand(survey.user, source.missing, dataset),
          admin,
        ),
      ),
    ...destinations
      .filter(({ destination }) => destination.missing.length > 0)
      .map(({ dataset, destination }) =>
        asAdmin(
          `allow-destination-${dataset}`,
          `Complete the rights of ${survey.user} as a destination`,
          allowCommand(survey.user, destination.missing, dataset),
          admin,
        ),
      ),
  ];
  const sentences = [
    ...sources.map((one) => spoken('send from', can(one).send, one, one.source.missing)),
    ...destinations.map((one) => spoken('receive below', can(one).receive, one, one.destination.missing)),
  ];
  return line({
    code: 'rights',
    title: 'Rights',
    state: fixes.length === 0 ? 'ok' : 'warns',
    detail: `By zfs allow ${survey.user} may ${sentences.join('; ')}.${linux}`,
    evidence,
    fixes,
  });
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
    return line({ code: 'rights', title: 'Rights', detail, evidence: { elevation: tools.elevation } });
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
  return delegatedRights({ ...survey, user }, rights, inventory, adminOf(tools, survey));
}
