/** Runs a command as root: as it is where commands run as root, else through sudo with the user's password. */
import { once } from 'node:events';
import { SluiceError } from '../../../shared/model/failure.ts';
import { showCommand, wireCommand } from '../../../shared/zfs/wire.ts';
import type { Ask, Shell } from '../../ssh/index.ts';

const TRIES = 3;
/** "Sorry, try again." and "sudo: no password was provided", "sudo: 1 incorrect password attempt". */
const WRONG = /try again|incorrect password|no password was provided/i;

export interface AdminParts {
  readonly shell: Shell;
  readonly ask: Ask;
  readonly hostName: string;
  /** `root@nas2:22` */
  readonly address: string;
  /** As `accountOf` names it, with the hosts that are jumped through: sudo's password there is no other host's. */
  readonly account: string;
  readonly user: string;
  /** True if commands run as root as they are. */
  readonly root: boolean;
}

/** The password goes to the command's input, never into an argument list. */
async function withPassword(shell: Shell, argv: readonly string[], password: string) {
  const running = await shell.start(wireCommand(['sudo', '-S', '-k', '-p', '', '--', ...argv]));
  running.stdout.resume();
  running.stdin.end(`${password}\n`);
  await Promise.race([once(running.stdin, 'close'), running.exit]).catch(() => {});
  return await running.exit;
}

/** @throws SluiceError `password-needed` if nobody gives it */
async function askPassword(parts: AdminParts, argv: readonly string[], again: boolean): Promise<string> {
  const { ask, hostName, address, account, user } = parts;
  const answers = await ask(
    {
      host: hostName,
      address,
      kind: 'password',
      title: `sudo on ${hostName} asks for the password of ${user}.`,
      instructions: showCommand(['sudo', ...argv]),
      fields: [{ label: `Password of ${user} for sudo`, echo: false }],
      again,
      secret: `sudo:${account}`,
      key: null,
    },
    new AbortController().signal,
  );
  const password = answers?.[0];
  if (password !== undefined) return password;
  throw new SluiceError({
    code: 'password-needed',
    message: `Nothing was done on ${hostName}: sudo needs the password of ${user}.`,
    next: 'Try again and give it, or run the command there yourself.',
  });
}

/** @throws SluiceError `password-needed`, `fix-failed` with what the command said */
export async function runAsAdmin(parts: AdminParts, argv: readonly string[]): Promise<void> {
  const { shell, hostName, root } = parts;
  for (let attempt = 1; ; attempt += 1) {
    const exit = root
      ? await shell.collect(wireCommand(argv))
      : await withPassword(shell, argv, await askPassword(parts, argv, attempt > 1));
    if (exit.status === 0) return;
    if (!root && attempt < TRIES && WRONG.test(exit.stderr)) continue;
    throw new SluiceError({
      code: 'fix-failed',
      message: `${showCommand(argv)} did not work on ${hostName}.`,
      cause: exit.stderr.trim().split('\n').at(-1) ?? '',
      next: 'Run it there yourself as an administrator.',
      stderr: { source: exit.stderr },
      evidence: { status: exit.status },
    });
  }
}

/**
 * Writes the lines after `$1` to the file `$1`, and lets visudo see them first: a file with a dot in its name sudo does not
 * read. Lines come one by one, because csh takes no argument with a newline.
 */
const WRITE_SUDOERS =
  'umask 0337; f="$1"; shift; rm -f "$f.new"; printf "%s\\n" "$@" > "$f.new" && visudo -cqf "$f.new" && mv -f "$f.new" "$f" && chmod 0440 "$f"; s=$?; rm -f "$f.new"; exit $s';

/** @returns the argument list that writes a file of sudoers rules */
export const writeSudoers = (file: string, text: string): string[] => [
  'sh',
  '-c',
  WRITE_SUDOERS,
  'sh',
  file,
  ...text.trimEnd().split('\n'),
];
