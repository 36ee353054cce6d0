/** What a user may do with ZFS on a host: as root, through sudo, or by `zfs allow`, compared with what replication needs. */
import type { Host } from '../../../shared/model/host.ts';
import type { Inventory } from '../../../shared/model/inventory.ts';
import { type AllowBlock, allowCommand, comparePermissions, permissionsOn } from '../../../shared/zfs/allow.ts';
import type { HostTools } from '../probe.ts';
import { type Admin, asAdmin, type Finding, line, type Treatment } from './line.ts';
import type { Survey, Tool } from './survey.ts';

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

/** For sudo: nothing but reading, and what a replication does; `destroy` and `rollback` only by hand. */
const VERBS = [
  'list',
  'get',
  'holds',
  'send',
  'hold',
  'release',
  'bookmark',
  'snapshot',
  'receive',
  'create',
  'set',
  'rename',
  'diff',
];

const adminOf = (tools: HostTools, survey: Survey): Admin => ({
  root: tools.root && tools.elevation.length === 0,
  sudoWithPassword: survey.sudo !== null && /password is required|terminal is required/i.test(survey.sudo.stderr),
});

/** A user name stands unquoted in sudoers(5): only what needs no quoting is written there. */
const PLAIN_USER = /^[A-Za-z_][A-Za-z0-9_-]*$/;

const PLAIN_PATH = /^\/[A-Za-z0-9/._-]+$/;
const pathsOf = (tool: Tool | undefined, usual: string): string[] =>
  tool === undefined ? [usual] : [...new Set([tool.real, tool.path])];

function sudoersFix(survey: Survey, admin: Admin): Treatment | null {
  if (!PLAIN_USER.test(survey.user) || survey.tools.sudo === undefined) return null;
  const zfs = pathsOf(survey.tools.zfs, '/usr/sbin/zfs');
  const zpool = pathsOf(survey.tools.zpool, '/usr/sbin/zpool');
  if (![...zfs, ...zpool].every((path) => PLAIN_PATH.test(path))) return null;
  const commands = [
    ...zfs.flatMap((path) => VERBS.map((verb) => `${path} ${verb} *`)),
    ...zpool.flatMap((path) => ['list', 'get', 'status'].map((verb) => `${path} ${verb} *`)),
  ];
  const text = `# Lets Sluice replicate: read, send, hold, receive. No destroy, no rollback.\n${survey.user} ALL=(root) NOPASSWD: ${commands.join(', ')}\n`;
  const file = `/etc/sudoers.d/sluice-${survey.user}`;
  const canDo = admin.root || admin.sudoWithPassword;
  return {
    id: 'sudoers',
    label: `Let ${survey.user} run the ZFS commands of a replication as root, without a password`,
    command: `# ${file}, checked with visudo -c, mode 0440\n${text.trimEnd()}`,
    where: 'host',
    canDo,
    asksPassword: canDo && !admin.root,
    act: { kind: 'sudoers', file, text },
  };
}

/** @param refused verbs that sudo lets not through without a password */
export function sudoRights(tools: HostTools, survey: Survey, refused: readonly string[]): Finding {
  const by = tools.elevation.join(' ');
  if (refused.length === 0) {
    return line({
      code: 'rights',
      title: 'Rights',
      detail: `ZFS commands run as root through ${by}.`,
      evidence: { elevation: tools.elevation },
    });
  }
  const fix = sudoersFix(survey, adminOf(tools, survey));
  return line({
    code: 'rights',
    title: 'Rights',
    state: 'warns',
    detail: `${by} lets zfs through, but not ${refused.map((verb) => `zfs ${verb}`).join(', ')}.`,
    evidence: { elevation: tools.elevation, refused },
    fixes: fix === null ? [] : [fix],
  });
}

interface DatasetRights {
  readonly dataset: string;
  readonly source: ReturnType<typeof comparePermissions>;
  readonly destination: ReturnType<typeof comparePermissions>;
}

/** Datasets beside which nothing is said because what is above them says it already. */
const isBelow = (name: string, others: readonly string[]): boolean =>
  others.some((other) => other !== name && name.startsWith(`${other}/`));

const spoken = (role: string, { dataset }: DatasetRights, missing: readonly string[]): string =>
  missing.length === 0 ? `${role} ${dataset}` : `${role} ${dataset}, lacking ${missing.join(', ')}`;

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
  const sudo = sudoersFix(survey, admin);
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
        ...(sudo === null ? [] : [sudo]),
      ],
    });
  }
  const sources = top.filter((one) => can(one).send);
  const destinations = top.filter((one) => can(one).receive);
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
    ...sources.map((one) => spoken('send from', one, one.source.missing)),
    ...destinations.map((one) => spoken('receive below', one, one.destination.missing)),
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

export { adminOf };
