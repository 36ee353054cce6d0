/** Checks hosts, remembers what it offered to make a check pass, and does it when told to. */
import type { HostReport } from '../../../shared/api/hosts.ts';
import { SluiceError, toFailure } from '../../../shared/model/failure.ts';
import { describeAddress, type Host } from '../../../shared/model/host.ts';
import type { Inventory, Zfs } from '../../../shared/model/inventory.ts';
import { type Account, type AllowBlock, listAllow, parseAllow, permissionsOn } from '../../../shared/zfs/allow.ts';
import { showZfs } from '../../../shared/zfs/capabilities.ts';
import { type Ask, collectAll, connectSsh, type Shell } from '../../ssh/index.ts';
import type { Hosts } from '../hosts.ts';
import type { HostTools } from '../probe.ts';
import { type AdminParts, runAsAdmin, writeSudoers } from './as-admin.ts';
import { adminOf, elevatedRights } from './elevated-rights.ts';
import * as checks from './host-checks.ts';
import { type Finding, type Treatment, toCheck } from './line.ts';
import { authorise, type OwnKey, ownKeyFor, saveOwnKey } from './own-keys.ts';
import { reachChecks } from './reach-checks.ts';
import { rightsCheck } from './rights.ts';
import { routeChecks } from './route-checks.ts';
import { readRefusals, type Survey, surveyHost } from './survey.ts';

export interface DoctorParts {
  readonly hosts: Hosts;
  /** Absolute; keys of Sluice's own are kept below it. */
  readonly stateDir: string;
  readonly ask: Ask;
  /** Opens the control connection, whatever the host may have to ask. */
  readonly connect: (name: string) => Promise<Shell>;
  /** The same, over a new connection. */
  readonly reconnect: (name: string) => Promise<Shell>;
  /** Asks afresh what the host can do. */
  readonly probe: (shell: Shell, host: Host) => Promise<HostTools>;
  readonly read: (shell: Shell, host: Host, tools: HostTools) => Promise<Inventory>;
}

interface Offer {
  readonly treatments: readonly Treatment[];
  readonly ownKey: OwnKey;
}

const GRAVITY = ['ok', 'notes', 'warns', 'blocks'] as const;
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

export class Doctor {
  readonly #parts: DoctorParts;
  readonly #offers = new Map<string, Offer>();
  /** Connections on which no command runs. */
  readonly #useless = new WeakSet<Shell>();

  constructor(parts: DoctorParts) {
    this.#parts = parts;
  }

  /** @throws SluiceError `host-unknown`; what is wrong with the host is in the report */
  async check(name: string): Promise<HostReport> {
    const { hosts, stateDir } = this.#parts;
    const host = hosts.get(name);
    const ownKey = ownKeyFor(stateDir, name);
    const { findings, zfs } = await this.#examine(host, ownKey);
    this.#offers.set(name, { treatments: findings.flatMap(({ fixes }) => fixes), ownKey });
    const at = new Date().toISOString();
    const [worst] = findings.toSorted((a, b) => GRAVITY.indexOf(b.state) - GRAVITY.indexOf(a.state));
    hosts.noteCheck(name, {
      at,
      state: worst?.state ?? 'ok',
      title: worst === undefined || worst.state === 'ok' ? '' : worst.title,
      zfs: zfs === null ? null : showZfs(zfs),
    });
    return { checks: findings.map(toCheck), zfs, at };
  }

  /**
   * Does what a fix of the last check showed, and checks again.
   *
   * @throws SluiceError `fix-unknown`, `fix-by-hand`, `password-needed`, `fix-failed`, and what the connection says
   */
  async fix(name: string, id: string): Promise<HostReport> {
    const host = this.#parts.hosts.get(name);
    const offer = this.#offers.get(name);
    const treatment = offer?.treatments.find((one) => one.id === id);
    if (offer === undefined || treatment === undefined) {
      throw new SluiceError({
        code: 'fix-unknown',
        message: `The last check of ${name} offered no fix “${id}”.`,
        next: 'Check the host again, and choose one of the fixes it offers now.',
        evidence: { fix: id },
      });
    }
    await this.#carryOut(host, treatment, offer.ownKey);
    return await this.check(name);
  }

  /**
   * Runs a command that a person has seen, as root or through sudo with the user's password.
   *
   * @throws SluiceError `password-needed`, `fix-failed`, and what the connection says
   */
  async runAsAdmin(name: string, argv: readonly string[]): Promise<void> {
    await runAsAdmin(await this.#adminParts(this.#parts.hosts.get(name)), argv);
  }

  async #examine(host: Host, ownKey: OwnKey): Promise<{ findings: Finding[]; zfs: Zfs | null }> {
    const { hosts, connect, reconnect } = this.#parts;
    let shell: Shell;
    try {
      shell = await connect(host.name);
      // sshd takes the login shell from the account when the connection is made.
      if (this.#useless.has(shell)) shell = await reconnect(host.name);
    } catch (thrown) {
      return { findings: reachChecks(hosts.get(host.name), toFailure(thrown), []), zfs: null };
    }
    const findings = reachChecks(hosts.get(host.name), null, this.#loginFixes(host, ownKey));
    try {
      return { findings, zfs: await this.#lookInside(hosts.get(host.name), shell, findings) };
    } catch (thrown) {
      findings.push(checks.faultCheck(toFailure(thrown)));
      return { findings, zfs: null };
    }
  }

  /** @returns the host's ZFS, null if it has none that works; findings are added as they are made */
  async #lookInside(host: Host, shell: Shell, findings: Finding[]): Promise<Zfs | null> {
    const { probe, read, hosts } = this.#parts;
    const survey = await surveyHost(shell, host);
    if (!host.practice) findings.push(checks.shellCheck(survey, host.address.kind === 'ssh' ? host.address.user : ''));
    if (!survey.runs) {
      this.#useless.add(shell);
      return null;
    }
    const tools = await this.#probed(shell, host, survey, findings, probe);
    if (tools === null) return null;
    const found = checks.moduleCheck(survey, tools.zfs, adminOf(tools, survey), tools.elevation.length > 0);
    findings.push(found, checks.resumeCheck(tools.zfs));
    if (found.state === 'blocks') return null;
    const [by] = tools.elevation;
    const elevated =
      by === 'sudo' || by === 'doas' ? elevatedRights(tools, survey, await readRefusals(shell, by)) : null;
    // Before the listings, which fail if zpool is not let through.
    if (elevated !== null) findings.push(elevated);
    const inventory = await read(shell, host, tools);
    if (elevated === null) findings.push(await this.#rights(host, shell, tools, survey, inventory));
    findings.push(...checks.poolChecks(inventory));
    if (host.practice) return tools.zfs;
    const others = hosts.list().filter((one) => one.name !== host.name);
    const more = [
      checks.clockCheck(survey),
      checks.toolsCheck(survey),
      ...checks.serverChecks(survey),
      checks.transfersCheck(survey),
    ];
    findings.push(...more.flatMap((one) => one ?? []), ...(await routeChecks(shell, others)));
    return tools.zfs;
  }

  async #rights(host: Host, shell: Shell, tools: HostTools, survey: Survey, inventory: Inventory): Promise<Finding> {
    const asksAllow = !tools.root && tools.elevation.length === 0;
    const account = { user: survey.user, groups: survey.groups };
    return rightsCheck(
      host,
      tools,
      survey,
      inventory,
      asksAllow ? await readAllowed(shell, inventory, account) : new Map(),
    );
  }

  /** Without its kernel module the tools do not even tell what they can do. */
  async #probed(
    shell: Shell,
    host: Host,
    survey: Survey,
    findings: Finding[],
    probe: DoctorParts['probe'],
  ): Promise<HostTools | null> {
    try {
      return await probe(shell, host);
    } catch (thrown) {
      const failure = toFailure(thrown);
      if (failure.code !== 'zfs-missing' || survey.tools.zfs === undefined) throw thrown;
      const admin = {
        root: survey.uid === 0,
        sudoWithPassword: /password is required/i.test(survey.sudo?.stderr ?? ''),
      };
      findings.push(checks.unreachable(survey, admin));
      return null;
    }
  }

  #loginFixes(host: Host, ownKey: OwnKey): Treatment[] {
    if (host.address.kind !== 'ssh' || host.practice || host.identityFile !== null) return [];
    return [
      {
        id: 'install-key',
        label: `Log in with a key of Sluice's own from now on (kept in ${ownKey.file})`,
        command: `# added to ~/.ssh/authorized_keys of ${host.address.user}\n${ownKey.line}`,
        where: 'host',
        canDo: true,
        asksPassword: false,
        act: { kind: 'install-key' },
      },
    ];
  }

  async #carryOut(host: Host, { id, act }: Treatment, ownKey: OwnKey): Promise<void> {
    switch (act.kind) {
      case 'by-hand':
        throw new SluiceError({
          code: 'fix-by-hand',
          message: `“${id}” is for a person to do.`,
          next: 'Run the command that is shown, then check again.',
          evidence: { fix: id },
        });
      case 'install-key':
        return await this.#installKey(host, ownKey);
      case 'as-admin':
        return await runAsAdmin(await this.#adminParts(host), act.argv);
      case 'sudoers':
        return await runAsAdmin(await this.#adminParts(host), writeSudoers(act.file, act.text));
    }
  }

  async #adminParts(host: Host): Promise<AdminParts> {
    const shell = await this.#parts.connect(host.name);
    const { uid, user } = await surveyHost(shell, host);
    return {
      shell,
      ask: this.#parts.ask,
      hostName: host.name,
      address: describeAddress(host.address),
      user,
      root: uid === 0,
    };
  }

  async #installKey(host: Host, key: OwnKey): Promise<void> {
    const { hosts, connect } = this.#parts;
    const failed = (cause: string, stderr = ''): SluiceError =>
      new SluiceError({
        code: 'fix-failed',
        message: `The key was not installed on ${host.name}.`,
        cause,
        next: 'Add the line to ~/.ssh/authorized_keys there yourself.',
        stderr: { source: stderr },
      });
    await saveOwnKey(key);
    const { status, stderr } = await authorise(await connect(host.name), key);
    if (status !== 0) throw failed(stderr.trim(), stderr);
    const target = hosts.targetNow({ ...host, identityFile: key.file });
    if (target === null) return;
    try {
      // Only the new key, and nobody to ask: what opens now opens by it.
      await (await connectSsh(target, { ask: this.#parts.ask })).close();
    } catch (thrown) {
      throw failed(`It is in authorized_keys, but the host does not take it: ${toFailure(thrown).cause}`);
    }
    hosts.edit(host.name, { identityFile: key.file });
  }
}
