/**
 * The keys of the direct route: one fresh key a stream, let in at the destination just before and taken out just after. Of each
 * that is let in a note lies on disk, so that a killed process leaves none behind for good. Private halves are only in memory.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { SluiceError } from '../../shared/model/failure.ts';
import { type Command, CommandSchema } from '../../shared/model/plan.ts';
import { RunIdSchema } from '../../shared/model/run.ts';
import { revoke } from '../../shared/transfer/direct.ts';
import { wireCommand } from '../../shared/zfs/wire.ts';
import { OneKeyAgent, type Shell } from '../ssh/index.ts';

/** ms */
const TIMEOUT = 60_000;

const NoteSchema = z.object({ run: RunIdSchema, command: CommandSchema });

/** `authorized_keys` of one login is changed by one command at a time. */
const turns = new Map<string, Promise<unknown>>();

async function inTurn<T>(host: string, act: () => Promise<T>): Promise<T> {
  const before = turns.get(host) ?? Promise.resolve();
  const mine = before.then(act, act);
  const settled = mine.catch(() => undefined);
  turns.set(host, settled);
  return await mine;
}

type ShellOf = (host: string) => Promise<Shell>;

async function perform(command: Command, shellOf: ShellOf, input: string, failure: string): Promise<void> {
  const shell = await shellOf(command.host);
  const running = await shell.start(wireCommand(command.argv));
  const giveUp = setTimeout(() => running.kill(), TIMEOUT);
  running.stdout.resume();
  running.stdin.on('error', () => undefined).end(input);
  const exit = await running.exit;
  clearTimeout(giveUp);
  if (exit.lost !== null) throw new SluiceError(exit.lost);
  if (exit.status === 0) return;
  throw new SluiceError({
    code: failure,
    message: `The list of keys that ${command.host} lets in could not be changed.`,
    cause: exit.stderr.trim(),
    next: 'Look at ~/.ssh/authorized_keys of the login there, or take the relay route.',
    stderr: { destination: exit.stderr },
  });
}

export class DirectKeys {
  readonly #folder: string;

  constructor(stateDir: string) {
    this.#folder = join(stateDir, 'direct-keys');
  }

  /**
   * Lets a fresh key in.
   *
   * @param command of the plan's `authorize` step
   * @param mark the key's mark, by which it is taken out
   * @throws SluiceError `key-not-let-in`, or as the connection says
   */
  async letIn(run: string, command: Command, mark: string, shellOf: ShellOf): Promise<OneKeyAgent> {
    const agent = new OneKeyAgent();
    const back = revoke(command.host, mark);
    const note = this.#noteOf(back);
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    writeFileSync(note, JSON.stringify({ run, command: back }), { mode: 0o600, flush: true });
    await inTurn(command.host, async () => {
      // One that was left by a run that is gone; a host has one stream into a target at a time.
      await perform(back, shellOf, '', 'key-not-let-in');
      await perform(command, shellOf, `${agent.publicKey}\n`, 'key-not-let-in');
    });
    return agent;
  }

  /** @throws SluiceError `key-not-taken-out`, or as the connection says; it is tried again at the next start then */
  async takeOut(command: Command, shellOf: ShellOf): Promise<void> {
    await inTurn(command.host, () => this.#remove(command, shellOf));
  }

  /**
   * Takes out what runs of killed processes have left. What cannot be reached now is left for the next time.
   *
   * @param isGone tells whether no process carries out a run any more
   */
  async takeOutLeft(isGone: (run: string) => boolean, shellOf: ShellOf): Promise<void> {
    for (const command of this.left(isGone)) {
      const tidy = async () => {
        // Another run into the same target may have let its own key in under the same mark meanwhile.
        const isLeft = this.left(isGone).some((one) => this.#noteOf(one) === this.#noteOf(command));
        if (isLeft) await this.#remove(command, shellOf);
      };
      await inTurn(command.host, tidy).catch(() => undefined);
    }
  }

  async #remove(command: Command, shellOf: ShellOf): Promise<void> {
    await perform(command, shellOf, '', 'key-not-taken-out');
    rmSync(this.#noteOf(command), { force: true });
  }

  /**
   * Keys that were let in and not taken out.
   *
   * @param which by the run that let them in
   */
  left(which: (run: string) => boolean): Command[] {
    return this.#read().flatMap((note) => (which(note.run) ? [note.command] : []));
  }

  /** One for each command: the process that resumes a killed one's run adds a key under the same mark. */
  #noteOf({ host, argv }: Command): string {
    const name = createHash('sha256')
      .update(JSON.stringify([host, argv]))
      .digest('hex')
      .slice(0, 32);
    return join(this.#folder, `${name}.json`);
  }

  #read() {
    let names: string[];
    try {
      names = readdirSync(this.#folder);
    } catch {
      return [];
    }
    return names.flatMap((name) => {
      try {
        const note = NoteSchema.safeParse(JSON.parse(readFileSync(join(this.#folder, name), 'utf8')));
        return note.success ? [note.data] : [];
      } catch {
        return [];
      }
    });
  }
}
