/** The commands of a plan's steps: run on their hosts, singly or all of a host at once, and judged by what they say. */
import { type Failure, failure, toFailure } from '../../shared/model/failure.ts';
import type { Command, Plan, Step } from '../../shared/model/plan.ts';
import { commandFailure, saysAlreadySo } from '../../shared/zfs/diagnose.ts';
import { showCommand, wireCommand } from '../../shared/zfs/wire.ts';
import type { ReachHost } from '../hosts/reached.ts';
import { collectAll } from '../ssh/collect-all.ts';
import { StepFault } from './step-fault.ts';

/** ms */
const COMMAND_TIMEOUT = 30 * 60_000;

export interface StepCommandsParts {
  readonly reach: ReachHost;
  readonly signal: AbortSignal;
  /** A command is about to be run. */
  readonly onCommand: (command: Command) => void;
  readonly remark: (host: string, text: string, level: 'info' | 'warning') => void;
}

interface Order {
  readonly step: Step;
  readonly command: Command;
}

interface Said {
  /** null: its end was never seen. */
  readonly status: number | null;
  readonly stderr: string;
}

const STILL_NEEDED = failure({
  code: 'still-needed',
  message:
    'Not released: the newer snapshot could not be held, so the next update may have to start from the older one.',
  next: 'The next run that holds the newer one releases it.',
});

const copiesOf = (steps: readonly Step[]) => new Set(steps.map(({ copy }) => copy));

const NOTHING: Said = { status: null, stderr: '' };

const holdKey = (host: string, { copy }: Step): string => JSON.stringify([host, copy]);

export class StepCommands {
  readonly #parts: StepCommandsParts;
  /** Where the last hold of a copy was refused: at the source it comes before the stream, long before anything is released. */
  readonly #unheld = new Set<string>();

  constructor(parts: StepCommandsParts) {
    this.#parts = parts;
  }

  /**
   * Runs a step's commands one after the other.
   *
   * @throws StepFault for the first that fails, or as the connection says
   */
  async perform(plan: Plan, step: Step): Promise<void> {
    const { reach, onCommand } = this.#parts;
    for (const command of step.commands) {
      onCommand(command);
      const { shell } = await reach(command.host);
      const said = await shell.collect(wireCommand(command.argv), this.#patience);
      const failed = this.#judge(plan, { step, command }, said);
      if (failed !== null) throw new StepFault(failed, false);
    }
  }

  /**
   * Does steps that do not wait for each other, all of a host in one round trip; but a hold goes only once the one that takes
   * its place is there, in a second. A full pool refuses `zfs hold` and carries out `zfs release`.
   *
   * @returns why those failed that did
   * @throws nothing
   */
  async performTogether(plan: Plan, steps: readonly Step[]): Promise<ReadonlyMap<Step, Failure>> {
    const orders = steps.flatMap((step) => step.commands.map((command) => ({ step, command })));
    const failures = new Map<Step, Failure>();
    const ask = async (host: string, own: readonly Order[]): Promise<void> => {
      if (own.length === 0) return;
      try {
        const said = await this.#askTogether(host, own);
        for (const [at, order] of own.entries()) {
          const failed = this.#judge(plan, order, said[at] ?? NOTHING);
          if (failed !== null && !failures.has(order.step)) failures.set(order.step, failed);
        }
      } catch (thrown) {
        for (const { step } of own) failures.set(step, toFailure(thrown));
      }
    };
    const atHost = async (host: string, own: readonly Order[]): Promise<void> => {
      const holds = own.flatMap(({ step }) => (step.kind === 'hold' ? [step] : []));
      const replaced = copiesOf(holds);
      const waits = ({ step }: Order) =>
        step.kind === 'release' && (replaced.has(step.copy) || this.#unheld.has(holdKey(host, step)));
      await ask(
        host,
        own.filter((order) => !waits(order)),
      );
      for (const hold of holds) {
        if (failures.has(hold)) this.#unheld.add(holdKey(host, hold));
        else this.#unheld.delete(holdKey(host, hold));
      }
      const isRefused = ({ step }: Order) => this.#unheld.has(holdKey(host, step));
      const waiting = own.filter(waits);
      for (const order of waiting) if (isRefused(order)) failures.set(order.step, STILL_NEEDED);
      await ask(
        host,
        waiting.filter((order) => !isRefused(order)),
      );
    };
    await Promise.all([...Map.groupBy(orders, ({ command }) => command.host)].map(([host, own]) => atHost(host, own)));
    return failures;
  }

  /** @returns what each command said */
  async #askTogether(host: string, orders: readonly Order[]): Promise<Said[]> {
    const argvs = orders.map(({ command }) => {
      this.#parts.onCommand(command);
      return command.argv;
    });
    const { shell } = await this.#parts.reach(host);
    const { parts, instead } = await collectAll(shell, argvs, this.#patience);
    return parts.map((part) => part ?? { ...NOTHING, stderr: instead });
  }

  get #patience(): { readonly timeoutMs: number; readonly signal: AbortSignal } {
    return { timeoutMs: COMMAND_TIMEOUT, signal: this.#parts.signal };
  }

  /** @returns why the command failed; null if it did what it was to do, or finds it done */
  #judge({ request }: Plan, { step, command }: Order, { status, stderr }: Said): Failure | null {
    const { host, argv } = command;
    if (status === 0) {
      if (stderr.trim() !== '') this.#parts.remark(host, stderr.trim(), 'info');
      return null;
    }
    if (saysAlreadySo(stderr)) return null;
    const side = host === request.source.host ? 'source' : 'destination';
    return failure(commandFailure({ what: `${step.title}: ${showCommand(argv)}`, side, status, stderr }));
  }
}
