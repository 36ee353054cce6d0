/** Checks one host, stage by stage, and reports each finding as soon as it is made. */
import { toFailure } from '../../../shared/model/failure.ts';
import type { Host } from '../../../shared/model/host.ts';
import type { Inventory, Zfs } from '../../../shared/model/inventory.ts';
import { type Account, type AllowBlock, listAllow, parseAllow, permissionsOn } from '../../../shared/zfs/allow.ts';
import { collectAll, type Shell } from '../../ssh/index.ts';
import type { Hosts } from '../hosts.ts';
import type { HostTools } from '../probe.ts';
import { adminOf, elevatedRights } from './elevated-rights.ts';
import * as checks from './host-checks.ts';
import type { Finding, Treatment } from './line.ts';
import { reachChecks } from './reach-checks.ts';
import { rightsCheck } from './rights.ts';
import { routeChecks } from './route-checks.ts';
import { readRefusals, type Survey, surveyHost } from './survey.ts';

export interface ExaminerParts {
  readonly hosts: Hosts;
  /** Opens the control connection, whatever the host may have to ask. */
  readonly connect: (name: string) => Promise<Shell>;
  /** The same, over a new connection. */
  readonly reconnect: (name: string) => Promise<Shell>;
  /** Asks again what the host can do. */
  readonly probe: (shell: Shell, host: Host) => Promise<HostTools>;
  readonly read: (shell: Shell, host: Host, tools: HostTools) => Promise<Inventory>;
}

type Tell = (...findings: readonly Finding[]) => void;

/** Datasets whose grants are asked; each costs the host a process. */
const MOST_DATASETS = 40;

const depth = (name: string): number => name.split('/').length;

/**
 * Grants hold for what is below, so they are looked for level by level, from the pools down, until a level has some for
 * the account.
 */
async function readAllowed(shell: Shell, inventory: Inventory, account: Account): Promise<Map<string, AllowBlock[]>> {
  const allowed = new Map<string, AllowBlock[]>();
  const names = inventory.datasets.map(({ name }) => name);
  const deepest = names.reduce((most, name) => Math.max(most, depth(name)), 0);
  for (let level = 1; level <= deepest && allowed.size < MOST_DATASETS; level += 1) {
    const asked = names.filter((name) => depth(name) === level).slice(0, MOST_DATASETS - allowed.size);
    const { parts } = await collectAll(shell, asked.map(listAllow), { timeoutMs: 120_000 });
    const found = asked.map((name, index) => [name, parseAllow(parts[index]?.stdout ?? '')] as const);
    for (const [name, blocks] of found) allowed.set(name, blocks);
    if (found.some(([name, blocks]) => permissionsOn(blocks, name, account).size > 0)) break;
  }
  return allowed;
}

/** Waits for both, also when one fails, so that nothing is reported after the end. */
async function bothOf(one: Promise<void>, other: Promise<void>): Promise<void> {
  for (const result of await Promise.allSettled([one, other])) if (result.status === 'rejected') throw result.reason;
}

export class Examiner {
  readonly #parts: ExaminerParts;
  /** Connections on which no command runs. */
  readonly #useless = new WeakSet<Shell>();

  constructor(parts: ExaminerParts) {
    this.#parts = parts;
  }

  /**
   * @param loginFixes offered beside a login that works
   * @param tell called with each finding
   * @returns the host's ZFS; null if it has none that works
   */
  async examine(host: Host, loginFixes: readonly Treatment[], tell: Tell): Promise<Zfs | null> {
    const { hosts, connect, reconnect } = this.#parts;
    let shell: Shell;
    try {
      shell = await connect(host.name);
      // sshd takes the login shell from the account when the connection is made.
      if (this.#useless.has(shell)) shell = await reconnect(host.name);
    } catch (thrown) {
      tell(...reachChecks(hosts.get(host.name), toFailure(thrown), []));
      return null;
    }
    const known = hosts.get(host.name);
    tell(...reachChecks(known, null, loginFixes));
    try {
      return await this.#lookInside(known, shell, tell);
    } catch (thrown) {
      tell(checks.faultCheck(toFailure(thrown)));
      return null;
    }
  }

  async #lookInside(host: Host, shell: Shell, tell: Tell): Promise<Zfs | null> {
    const survey = await surveyHost(shell, host);
    if (!host.practice) tell(checks.shellCheck(survey, host.address.kind === 'ssh' ? host.address.user : ''));
    if (!survey.runs) {
      this.#useless.add(shell);
      return null;
    }
    const inside = this.#lookAtZfs(host, shell, survey, tell);
    await bothOf(
      inside.then(() => {}),
      host.practice ? Promise.resolve() : this.#lookAround(host, shell, survey, tell),
    );
    return await inside;
  }

  async #lookAtZfs(host: Host, shell: Shell, survey: Survey, tell: Tell): Promise<Zfs | null> {
    const tools = await this.#probed(host, shell, survey, tell);
    if (tools === null) return null;
    const found = checks.moduleCheck(survey, tools.zfs, adminOf(tools, survey), tools.elevation.length > 0);
    tell(found, checks.resumeCheck(tools.zfs));
    if (found.state === 'blocks') return null;
    const [by] = tools.elevation;
    const elevated = by === 'sudo' || by === 'doas' ? await readRefusals(shell, by) : null;
    // Before the listings, which fail if zpool is not let through.
    if (elevated !== null) tell(elevatedRights(tools, survey, elevated));
    const inventory = await this.#parts.read(shell, host, tools);
    if (elevated === null) tell(await this.#ownRights(host, shell, tools, survey, inventory));
    tell(...checks.poolChecks(inventory));
    return tools.zfs;
  }

  async #lookAround(host: Host, shell: Shell, survey: Survey, tell: Tell): Promise<void> {
    const { clockCheck, toolsCheck, serverChecks, transfersCheck } = checks;
    const quick = [clockCheck(survey), toolsCheck(survey), ...serverChecks(survey), transfersCheck(survey)];
    tell(...quick.flatMap((one) => one ?? []));
    const others = this.#parts.hosts.list().filter((one) => one.name !== host.name);
    await Promise.all(routeChecks(shell, others).map(async (route) => tell(await route)));
  }

  async #ownRights(host: Host, shell: Shell, tools: HostTools, survey: Survey, inventory: Inventory): Promise<Finding> {
    const asksAllow = !tools.root && tools.elevation.length === 0;
    const account = { user: survey.user, groups: survey.groups };
    const allowed = asksAllow ? await readAllowed(shell, inventory, account) : new Map<string, AllowBlock[]>();
    return rightsCheck(host, tools, survey, inventory, allowed);
  }

  /** Without its kernel module the tools do not even say what they can do. */
  async #probed(host: Host, shell: Shell, survey: Survey, tell: Tell): Promise<HostTools | null> {
    try {
      return await this.#parts.probe(shell, host);
    } catch (thrown) {
      const failure = toFailure(thrown);
      if (failure.code !== 'zfs-not-answering') throw thrown;
      const sudoWithPassword = /password is required/i.test(survey.sudo?.stderr ?? '');
      tell(checks.unreachable(survey, { root: survey.uid === 0, sudoWithPassword }));
      return null;
    }
  }
}
