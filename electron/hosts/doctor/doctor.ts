/** Checks hosts, remembers what it offered to make a check pass, and does it when told to. */
import type { Check, CheckEvent, HostReport } from '../../../shared/api/hosts.ts';
import { SluiceError, toFailure } from '../../../shared/model/failure.ts';
import { describeAddress, type Host } from '../../../shared/model/host.ts';
import { showZfs } from '../../../shared/zfs/capabilities.ts';
import { EventQueue } from '../../event-queue.ts';
import { type Ask, accountOf, connectSsh } from '../../ssh/index.ts';
import { type AdminParts, runAsAdmin, writeSudoers } from './as-admin.ts';
import { Examiner, type ExaminerParts } from './examiner.ts';
import { type Finding, type Treatment, toCheck } from './line.ts';
import { authorise, type OwnKey, ownKeyFor, saveOwnKey } from './own-keys.ts';
import { surveyHost } from './survey.ts';

export interface DoctorParts extends ExaminerParts {
  /** Absolute; keys of Sluice's own are kept below it. */
  readonly stateDir: string;
  readonly ask: Ask;
}

interface Offer {
  readonly treatments: readonly Treatment[];
  readonly ownKey: OwnKey;
}

const GRAVITY = ['ok', 'notes', 'warns', 'blocks'] as const;

const keyFixes = (host: Host, ownKey: OwnKey): Treatment[] =>
  host.address.kind !== 'ssh' || host.practice || host.identityFile !== null
    ? []
    : [
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

/**
 * For a login that is to prove a key: a password of the host's, which this session may still know, would open it as well. What
 * hosts on the way ask, and a code that is wanted besides the key, is asked as ever.
 */
const withoutSecretsOf =
  (hostName: string, ask: Ask): Ask =>
  async (question, signal) =>
    question.host === hostName && question.secret !== null ? null : await ask(question, signal);

export class Doctor {
  readonly #parts: DoctorParts;
  readonly #examiner: Examiner;
  readonly #offers = new Map<string, Offer>();

  constructor(parts: DoctorParts) {
    this.#parts = parts;
    this.#examiner = new Examiner(parts);
  }

  /** Each line of the check as soon as it is known, then the report. Goes on to the end, also when nobody listens any more. */
  async *watch(name: string): AsyncGenerator<CheckEvent> {
    const queue = new EventQueue<CheckEvent>();
    const checking = this.check(name, (check) => queue.push({ event: 'check', check }))
      .then((report) => queue.push({ event: 'report', report }))
      .finally(() => queue.end());
    // It is awaited below; a listener that leaves before is no reason to be without one.
    checking.catch(() => {});
    yield* queue.read();
    await checking;
  }

  /**
   * @param onCheck called with each line as soon as it is known
   * @throws SluiceError `host-unknown`; what is wrong with the host is in the report
   */
  async check(name: string, onCheck: (check: Check) => void = () => {}): Promise<HostReport> {
    const { hosts, stateDir } = this.#parts;
    const host = hosts.get(name);
    const ownKey = ownKeyFor(stateDir, name);
    const findings: Finding[] = [];
    const zfs = await this.#examiner.examine(host, keyFixes(host, ownKey), (...found) => {
      findings.push(...found);
      for (const finding of found) onCheck(toCheck(finding));
    });
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

  async #carryOut(host: Host, { id, act }: Treatment, ownKey: OwnKey): Promise<void> {
    switch (act.kind) {
      case 'by-hand':
        throw new SluiceError({
          code: 'fix-by-hand',
          message: `“${id}” has to be done by hand.`,
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
    const { hosts, connect } = this.#parts;
    const shell = await connect(host.name);
    // Read again: a key that was not confirmed before is pinned by now.
    const target = hosts.targetNow(hosts.get(host.name));
    const { uid, user } = await surveyHost(shell, host);
    return {
      shell,
      ask: this.#parts.ask,
      hostName: host.name,
      address: describeAddress(host.address),
      account: target === null ? describeAddress(host.address) : accountOf(target),
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
      await (await connectSsh(target, { ask: withoutSecretsOf(host.name, this.#parts.ask) })).close();
    } catch (thrown) {
      throw failed(`It is in authorized_keys, but the host does not take it: ${toFailure(thrown).cause}`);
    }
    hosts.edit(host.name, { identityFile: key.file });
  }
}
