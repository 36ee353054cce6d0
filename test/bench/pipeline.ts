import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { showCommand, wireCommand } from '../../shared/zfs/wire.ts';
import type { BenchHost, Scenario } from './scenario.ts';

/**
 * `ssh A send | ssh B receive`, as people type it.
 *
 * @param cipher for both connections; null: OpenSSH's own choice
 * @returns seconds from start to end
 * @throws Error with what was said if either end fails
 */
export async function runPipeline(scenario: Scenario, cipher: string | null): Promise<number> {
  const { source, destination, send, receive } = scenario;
  const line = [ssh(source, cipher, send), ssh(destination, cipher, receive)].map(showCommand).join(' | ');
  const began = performance.now();
  const shell = spawn('bash', ['-o', 'pipefail', '-c', line], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  shell.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [status] = await once(shell, 'close');
  if (status !== 0) throw new Error(`The shell pipeline ended with status ${status}:\n${said}`);
  return (performance.now() - began) / 1000;
}

/** Of an ssh to that host, up to the command. */
export function sshOptions(host: BenchHost, cipher: string | null): string[] {
  const options = [
    'BatchMode=yes',
    'IdentitiesOnly=yes',
    'StrictHostKeyChecking=no',
    'UserKnownHostsFile=/dev/null',
    'LogLevel=ERROR',
    ...(cipher === null ? [] : [`Ciphers=${cipher}`]),
  ];
  const where = ['-p', String(host.port), '-i', host.identityFile, `${host.user}@127.0.0.1`];
  return ['-F', 'none', '-T', ...options.flatMap((option) => ['-o', option]), ...where];
}

const ssh = (host: BenchHost, cipher: string | null, command: readonly string[]): string[] => [
  'ssh',
  ...sshOptions(host, cipher),
  wireCommand(command),
];
