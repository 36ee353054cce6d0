/** Everything that Sluice can do, without a window: the router, the command line and the tests call this. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { AppInfo, Tree } from '../shared/api/contract.ts';
import { SluiceError } from '../shared/model/failure.ts';
import type { Host } from '../shared/model/host.ts';
import type { Bookmark, Inventory, Snapshot } from '../shared/model/inventory.ts';
import type { DatasetName } from '../shared/model/names.ts';
import type { PackagePreview } from '../shared/model/package-preview.ts';
import type { Plan } from '../shared/model/plan.ts';
import type { PracticeDialects } from '../shared/model/practice.ts';
import type { ReplicationRequest } from '../shared/model/request.ts';
import type { PlannedPlan } from '../shared/planning/assemble.ts';
import { unconfirmed } from '../shared/planning/confirmed.ts';
import { type PreviewedSource, previewPackages } from '../shared/planning/package/preview.ts';
import type { DatasetPlace } from '../shared/zfs/dataset-listing.ts';
import { openHostBook } from './hosts/book.ts';
import { Doctor } from './hosts/doctor/doctor.ts';
import { Hosts } from './hosts/hosts.ts';
import { readInventory, readPlace } from './hosts/inventory.ts';
import { type HostTools, probeHost } from './hosts/probe.ts';
import { PromptDesk } from './hosts/prompt-desk.ts';
import type { Reached } from './hosts/reached.ts';
import { type Keychain, Secrets } from './hosts/secrets.ts';
import { ShellPool } from './hosts/shells.ts';
import { openToolBook } from './hosts/tool-memory.ts';
import { treeOf } from './hosts/tree.ts';
import { type PracticeDesk, practiceDesk } from './practice-desk.ts';
import { makePlan } from './runs/make-plan.ts';
import { openPairBook } from './runs/pairs.ts';
import { RunBook } from './runs/run-book.ts';
import { type DraftBook, openDraft } from './settings/draft-book.ts';
import { openSettings, type SettingsBook } from './settings/settings-book.ts';
import { agentSocket, type Shell } from './ssh/index.ts';
import { VerifyBook } from './verify/verify-book.ts';
import { version } from './version.ts';

export interface EngineOptions {
  /** Absolute path of the state folder; practice state lives in a folder of its own below it. */
  readonly stateDir: string;
  /** Offer the practice hosts, and nothing else. */
  readonly practice: boolean;
  readonly practiceDialects?: PracticeDialects;
  /** See {@link PracticeDeskParts.openWindow}. */
  readonly openPractice?: (() => Promise<string | null>) | null;
  readonly shell: AppInfo['shell'];
  /** Where secrets may outlive the session; without one they are kept in memory only. */
  readonly keychain?: Keychain | null;
  /** How the `sluice` command is called on this state folder; without it by its name. */
  readonly program?: readonly string[];
}

export interface Engine {
  info(): AppInfo;
  readonly hosts: Hosts;
  readonly doctor: Doctor;
  /** Questions that logins have for a person. */
  readonly prompts: PromptDesk;
  /** @param place what to read; null: everything */
  inventory(host: string, place: DatasetPlace | null): Promise<Inventory>;
  tree(host: string): Promise<Tree>;
  snapshots(host: string, dataset: DatasetName): Promise<{ snapshots: Snapshot[]; bookmarks: Bookmark[] }>;
  plan(request: ReplicationRequest): Promise<{ id: string; plan: Plan }>;
  /**
   * Runs the command of a fix of a plan that was made here, as an administrator of its host.
   *
   * @param finding index in the plan's findings
   * @param fix index in the finding's fixes
   * @throws SluiceError `plan-unknown`, `fix-by-hand`, `password-needed`, `fix-failed`, and what the connection says
   */
  applyFix(plan: string, finding: number, fix: number): Promise<void>;
  /** Each kind of package of a source, as a first copy of it; writes nothing. */
  preview(host: string, chosen: PreviewedSource): Promise<PackagePreview[]>;
  /** Carries out a plan that was made here. @throws SluiceError `plan-unknown`, `plan-blocked`, `plan-changed`, `not-confirmed` */
  start(plan: string, how: StartOptions): Promise<string>;
  readonly runs: RunBook;
  readonly verify: VerifyBook;
  readonly settings: SettingsBook;
  readonly draft: DraftBook;
  /** The practice hosts' stories, and how to break them and put them back. */
  readonly practice: PracticeDesk;
  close(): Promise<void>;
}

export interface StartOptions {
  /** The target's name as it was typed, for a plan with losses; null: it was not asked for. */
  readonly typedTarget: string | null;
  /** False only for a plan that was made for this start just now. One that somebody took the time to read is made again and compared. */
  readonly replan: boolean;
}

const PLANS_KEPT = 50;
const LOCAL_ZFS = ['/usr/sbin/zfs', '/sbin/zfs', '/usr/local/sbin/zfs', '/usr/local/zfs/bin/zfs'];

/** What must not differ between the plan that was shown and the one that would run now. */
const essence = (plan: Plan): string =>
  JSON.stringify([
    plan.ready,
    plan.steps.map((step) => [step.kind, step.commands]),
    plan.losses.map((loss) => [loss.what, loss.name]),
  ]);

export async function createEngine(options: EngineOptions): Promise<Engine> {
  const book = openHostBook(options.stateDir);
  // Loaded only where it is wanted: the simulation is of no use to real hosts.
  const simulation = options.practice ? await import('./practice/index.ts') : null;
  const dialects = options.practiceDialects ?? {};
  const practice = (await simulation?.startPractice({ stateDir: options.stateDir, dialects })) ?? null;
  const practiceHosts = practice?.toHosts() ?? null;
  const tools = new WeakMap<Shell, Promise<HostTools>>();
  const memory = openToolBook(options.stateDir);
  const plans = new Map<string, PlannedPlan>();
  const localZfs = LOCAL_ZFS.some((path) => existsSync(path));

  const prompts = new PromptDesk();
  const secrets = new Secrets(prompts, options.keychain ?? null);
  const hosts = new Hosts({ book, practiceHosts, localZfs, ask: secrets.ask });
  const pool = new ShellPool(secrets.ask);

  /** What a connection was found to offer is remembered as long as the connection lives. */
  function toolsOf(shell: Shell, host: Host): Promise<HostTools> {
    const known = tools.get(shell);
    if (known !== undefined) return known;
    const probing = probeHost(shell, host, memory);
    tools.set(shell, probing);
    probing.catch(() => tools.delete(shell));
    return probing;
  }

  async function reach(name: string): Promise<Reached> {
    const target = await hosts.target(name);
    const shell = await pool.get(name, target);
    const host = hosts.get(name);
    return { host, shell, tools: await toolsOf(shell, host), target, ask: secrets.ask };
  }

  const doctor = new Doctor({
    hosts,
    stateDir: options.stateDir,
    ask: secrets.ask,
    connect: async (name) => await pool.get(name, await hosts.target(name)),
    reconnect: async (name) => await pool.renew(name, await hosts.target(name)),
    // What was found before may have been put right since.
    probe: (shell, host) => {
      tools.delete(shell);
      return toolsOf(shell, host);
    },
    read: readInventory,
  });
  const pairs = openPairBook(options.stateDir);
  const runs = new RunBook(options.stateDir, reach, pairs);
  const verify = new VerifyBook(options.stateDir, reach);

  async function inventory(name: string, place: DatasetPlace | null): Promise<Inventory> {
    const { host, shell, tools: found } = await reach(name);
    return await (place === null ? readInventory(shell, host, found) : readPlace(shell, host, found, place, 'source'));
  }

  function shownPlan(id: string): PlannedPlan {
    const shown = plans.get(id);
    if (shown === undefined)
      throw new SluiceError({ code: 'plan-unknown', message: 'This plan is no longer known.', next: 'Plan again.' });
    return shown;
  }

  return {
    runs,
    verify,
    settings: openSettings(options.stateDir),
    draft: openDraft(options.stateDir),
    inventory,
    info: () => ({
      version,
      shell: options.shell,
      practice: options.practice,
      stateDir: options.stateDir,
      localZfs,
      agent: agentSocket() !== null,
      keychain: (options.keychain ?? null) !== null,
      program: [...(options.program ?? ['sluice', '--state-dir', options.stateDir])],
    }),
    hosts,
    doctor,
    prompts,
    practice: practiceDesk({
      practice:
        simulation === null || practice === null || practiceHosts === null
          ? null
          : { running: practice, stories: simulation.STORIES, dialects, offered: practiceHosts },
      disconnect: (name) => pool.close(name),
      openWindow: options.openPractice ?? null,
    }),
    tree: async (name) => treeOf(await inventory(name, null)),
    async snapshots(name, dataset) {
      const { snapshots, bookmarks } = await inventory(name, { kind: 'dataset', name: dataset });
      return { snapshots, bookmarks };
    },
    async plan(request) {
      const plan = await makePlan(request, reach, pairs.get, pairs.directRate);
      const id = randomUUID();
      plans.set(id, plan);
      for (const old of [...plans.keys()].slice(0, -PLANS_KEPT)) plans.delete(old);
      return { id, plan };
    },
    async applyFix(id, finding, fix) {
      const found = shownPlan(id).findings[finding]?.fixes[fix];
      if (found?.command === undefined || found.asAdmin !== true) {
        throw new SluiceError({
          code: 'fix-by-hand',
          message: 'Sluice does not do this by itself.',
          next: 'Run the command that is shown, then plan again.',
          evidence: { finding, fix },
        });
      }
      await doctor.runAsAdmin(found.command.host, found.command.argv);
    },
    preview: async (name, chosen) => previewPackages(await inventory(name, null), chosen),
    async start(id, { typedTarget, replan }) {
      const shown = shownPlan(id);
      if (!shown.ready)
        throw new SluiceError({
          code: 'plan-blocked',
          message: 'A plan that is blocked cannot be started.',
          next: 'Follow one of its fixes.',
        });
      if (shown.losses.length > 0 && typedTarget !== shown.target) {
        throw new SluiceError({
          code: 'not-confirmed',
          message: `This plan deletes data from ${shown.target}; its name has to be typed to confirm that.`,
          evidence: { losses: shown.losses },
        });
      }
      if (!replan) return runs.start(shown);
      const now = await makePlan(shown.request, reach, pairs.get, pairs.directRate);
      if (essence(now) !== essence(shown) || unconfirmed(now.losses, shown.losses).length > 0) {
        throw new SluiceError({
          code: 'plan-changed',
          message:
            'The hosts have changed since this plan was shown, and other steps would be needed now. Nothing was done.',
          next: 'Look at the new plan.',
        });
      }
      return runs.start(now);
    },
    async close() {
      prompts.close();
      verify.close();
      await runs.close();
      await pool.closeAll();
      await practice?.stop();
    },
  };
}
