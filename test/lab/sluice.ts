/** Runs the `sluice` command as a user would, with a state folder of its own and the lab's hosts in its book. */
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { PlanSchema } from '../../shared/model/plan.ts';
import { type RunEvent, RunEventSchema } from '../../shared/model/run.ts';
import { type Verdict, type VerifyEvent, VerifyEventSchema } from '../../shared/model/verify.ts';
import type { LabHost, LabUser } from './types.ts';

const entry = fileURLToPath(new URL('../../electron/cli/main.ts', import.meta.url));

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Of `finished`, what a line has that no run was begun for. */
const FinishedSchema = z.looseObject({
  event: z.literal('finished'),
  status: z.string(),
  error: z.looseObject({ code: z.string(), message: z.string() }).nullable(),
});
export type Finished = z.infer<typeof FinishedSchema>;

/** A run under way in a process of its own. */
export interface RunProcess {
  readonly child: ChildProcess;
  readonly events: RunEvent[];
  /** Resolves with the first event that satisfies the condition, past ones included. */
  until(condition: (event: RunEvent) => boolean): Promise<RunEvent>;
  readonly ended: Promise<{ status: number | null; finished: Finished | null; stderr: string }>;
}

type CompareProgress = Extract<VerifyEvent, { event: 'progress' }>;

/** A comparison under way in a process of its own. */
export interface CompareProcess {
  readonly child: ChildProcess;
  readonly progress: CompareProgress[];
  /** Resolves once some progress satisfies the condition, past progress included. */
  until(condition: (progress: CompareProgress) => boolean): Promise<void>;
  readonly ended: Promise<{ status: number | null; verdict: Verdict | null }>;
}

export class Sluice {
  readonly stateDir: string;

  constructor(stateDir: string) {
    this.stateDir = stateDir;
  }

  static async create(): Promise<Sluice> {
    return new Sluice(await mkdtemp(join(tmpdir(), 'sluice-lab-state-')));
  }

  async dispose(): Promise<void> {
    await rm(this.stateDir, { recursive: true, force: true });
  }

  #spawn(args: readonly string[]): ChildProcess {
    return spawn(process.execPath, [entry, ...args, '--state-dir', this.stateDir], {
      stdio: ['ignore', 'pipe', 'pipe'],
      // The sources are stripped of their types once, not for each of hundreds of processes.
      env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'sluice-lab-compiled') },
    });
  }

  async command(...args: readonly string[]): Promise<Ended> {
    const child = this.#spawn(args);
    let stdout = '';
    let stderr = '';
    child.stdout?.on('data', (data) => {
      stdout += data;
    });
    child.stderr?.on('data', (data) => {
      stderr += data;
    });
    const [status] = await once(child, 'close');
    return { status, stdout, stderr };
  }

  /** Adds a lab host under its name (or another), as one of its users, by its real port or a link's. */
  async addHost(
    host: LabHost,
    options: { name?: string; user?: LabUser; url?: string; hostKey?: string; identity?: string } = {},
  ): Promise<void> {
    const url = options.url ?? host.url(options.user);
    const key = options.hostKey ?? host.hostKeyFingerprint;
    const ended = await this.command(
      'hosts',
      'add',
      options.name ?? host.name,
      url,
      '--identity',
      options.identity ?? host.identityFile,
      '--host-key',
      key,
    );
    if (ended.status !== 0) throw new Error(`hosts add failed: ${ended.stderr}`);
  }

  async plan(...args: readonly string[]) {
    const { status, stdout, stderr } = await this.command('plan', ...args, '--json');
    const parsed = PlanSchema.safeParse(JSON.parse(stdout || '{}'));
    if (!parsed.success) throw new Error(`no plan: ${stdout}${stderr}`);
    return { status, plan: parsed.data };
  }

  start(...args: readonly string[]): RunProcess {
    const child = this.#spawn([...args, '--json']);
    const events: RunEvent[] = [];
    const waiting: {
      condition: (event: RunEvent) => boolean;
      resolve: (event: RunEvent) => void;
      reject: (reason: Error) => void;
    }[] = [];
    let finished: Finished | null = null;
    let stderr = '';
    child.stderr?.on('data', (data) => {
      stderr += data;
    });
    if (child.stdout === null) throw new Error('no stdout');
    createInterface({ input: child.stdout }).on('line', (line) => {
      const document: unknown = JSON.parse(line);
      const last = FinishedSchema.safeParse(document);
      if (last.success) finished = last.data;
      const event = RunEventSchema.safeParse(document);
      if (!event.success) return;
      events.push(event.data);
      for (const waiter of waiting) if (waiter.condition(event.data)) waiter.resolve(event.data);
    });
    const ended = once(child, 'close').then(([status]) => {
      for (const waiter of waiting)
        waiter.reject(new Error(`the run ended first: ${JSON.stringify(finished)} ${stderr}`));
      return { status: status as number | null, finished, stderr };
    });
    return {
      child,
      events,
      ended,
      until: (condition) => {
        const past = events.find(condition);
        if (past !== undefined) return Promise.resolve(past);
        return new Promise((resolve, reject) => waiting.push({ condition, resolve, reject }));
      },
    };
  }

  /** `verify SRC DST --content --json` in a process of its own. */
  compare(source: string, destination: string): CompareProcess {
    const child = this.#spawn(['verify', source, destination, '--content', '--json']);
    if (child.stdout === null) throw new Error('no stdout');
    const progress: CompareProgress[] = [];
    let verdict: Verdict | null = null;
    let last = '';
    const heard = new EventEmitter();
    createInterface({ input: child.stdout }).on('line', (line) => {
      last = line;
      const event = VerifyEventSchema.parse(JSON.parse(line));
      if (event.event === 'finished') verdict = event.verdict;
      else progress.push(event);
      heard.emit('event');
    });
    const ended = once(child, 'close').then(([status]) => ({ status: status as number | null, verdict }));
    return {
      child,
      progress,
      ended,
      until: async (condition) => {
        const over = ended.then(() => true);
        while (!progress.some(condition))
          if ((await Promise.race([over, once(heard, 'event').then(() => false)])) && !progress.some(condition))
            throw new Error(`the comparison ended first: ${last}`);
      },
    };
  }

  /** `run SRC DST … --yes --json` to its end. */
  async run(...args: readonly string[]) {
    const run = this.start('run', ...args, '--yes');
    return { ...(await run.ended), events: run.events };
  }
}

export const hasProgressed = (bytes: number) => (event: RunEvent) => event.event === 'progress' && event.bytes >= bytes;
