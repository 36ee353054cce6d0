import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { HOST_LOG, tail } from './log-tail.ts';
import { shellQuote } from './process.ts';
import { ACCOUNTS, type LabDescription, type LabUser, type RunOptions, type RunResult } from './types.ts';

const DEFAULT_TIMEOUT_MS = 120_000;

/**
 * The lab's own way into one host: OpenSSH's client over one lasting connection an account, so that a command costs a session
 * and not a login, which is a second under emulation.
 */
export class ControlSsh {
  readonly #options: string[];
  readonly #host: string;
  readonly #log: string;
  readonly #masters = new Map<LabUser, Promise<void>>();

  constructor(lab: LabDescription, host: { name: string; controlPort: number }) {
    this.#host = host.name;
    this.#log = join(lab.directory, host.name, HOST_LOG);
    const settings = [
      'BatchMode=yes',
      'IdentitiesOnly=yes',
      'StrictHostKeyChecking=yes',
      'LogLevel=ERROR',
      'ConnectTimeout=30',
      `UserKnownHostsFile=${lab.knownHostsFile}`,
      `ControlPath=${join(lab.directory, 'private', `${host.name}-%r`)}`,
    ].flatMap((setting) => ['-o', setting]);
    this.#options = ['-F', '/dev/null', '-i', lab.identityFile, '-p', String(host.controlPort), ...settings];
  }

  /** See `LabHost.run`. */
  async run(command: readonly string[] | string, options: RunOptions = {}): Promise<RunResult> {
    const user = options.user ?? 'root';
    await this.#connected(user);
    const line = typeof command === 'string' ? command : command.map(shellQuote).join(' ');
    const result = await this.#ssh([`${ACCOUNTS[user]}@127.0.0.1`, '--', line], options);
    if (result.status !== 0 && !options.allowFailure) {
      const said = `${result.stderr}${result.stdout}`.trim();
      throw new Error(`on ${this.#host}, as ${ACCOUNTS[user]}: ${line}\nended with ${result.status}: ${said}`);
    }
    return result;
  }

  /** Ends the lasting connections; the next command makes new ones. */
  async disconnect(): Promise<void> {
    await Promise.allSettled(this.#masters.values());
    this.#masters.clear();
    const users = Object.keys(ACCOUNTS) as LabUser[];
    await Promise.all(users.map((user) => this.#master(user, ['-O', 'exit'])));
  }

  /** Makes the lasting connection of an account, unless this or another process of the lab has one already. */
  #connected(user: LabUser): Promise<void> {
    const known = this.#masters.get(user);
    if (known) return known;
    const made = this.#connect(user);
    this.#masters.set(user, made);
    made.catch(() => this.#masters.delete(user));
    return made;
  }

  async #connect(user: LabUser): Promise<void> {
    if ((await this.#master(user, ['-O', 'check'])).status === 0) return;
    const { status, stderr } = await this.#master(user, ['-M', '-N', '-f', '-o', 'ControlPersist=yes']);
    // Somebody else was first: just as good.
    if (status !== 0 && (await this.#master(user, ['-O', 'check'])).status !== 0) {
      const reason = `no connection to ${this.#host} as ${ACCOUNTS[user]}: ${stderr.trim()}`;
      throw new Error(`${reason}\nthe host's last words:\n${tail(this.#log)}`);
    }
  }

  #master(user: LabUser, flags: string[]): Promise<{ status: number; stderr: string }> {
    return new Promise((resolve) => {
      const argv = [...this.#options, ...flags, `${ACCOUNTS[user]}@127.0.0.1`];
      execFile('ssh', argv, { timeout: 60_000 }, (error, _stdout, stderr) => {
        resolve({ status: error ? 1 : 0, stderr });
      });
    });
  }

  #ssh(argv: string[], { input, timeoutMs = DEFAULT_TIMEOUT_MS }: RunOptions): Promise<RunResult> {
    return new Promise((resolve, reject) => {
      const child = spawn('ssh', [...this.#options, ...argv], { stdio: ['pipe', 'pipe', 'pipe'] });
      const output = { stdout: '', stderr: '' };
      for (const stream of ['stdout', 'stderr'] as const) {
        child[stream].setEncoding('utf8').on('data', (text: string) => {
          output[stream] += text;
        });
      }
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        reject(new Error(`on ${this.#host}: no end after ${timeoutMs} ms: ${argv.at(-1)}\n${output.stderr}`));
      }, timeoutMs);
      child.once('error', reject);
      child.once('close', (code) => {
        clearTimeout(timer);
        resolve({ status: code ?? 255, ...output });
      });
      // A command that ends before it has read everything is no failure of the lab.
      child.stdin.on('error', () => undefined);
      child.stdin.end(input ?? '');
    });
  }
}
