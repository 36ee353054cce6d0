/**
 * The direct route against the pipeline that a person types on the source host: the same bytes, the same two servers, in turns.
 *
 *   node test/bench/direct.ts [--rounds N] [--mib N]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { connectSsh, OneKeyAgent } from '../../electron/ssh/index.ts';
import { relaySucceeded } from '../../electron/transfer/job.ts';
import { startPipe } from '../../electron/transfer/pipe.ts';
import { type DirectWay, directSsh, keyOptions } from '../../shared/transfer/direct.ts';
import { showCommand } from '../../shared/zfs/wire.ts';
import { raw } from './raw.ts';
import type { BenchHost, Scenario } from './scenario.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, mib: { type: 'string', default: '512' } },
});
const [rounds, bytes] = [Number(values.rounds), Number(values.mib) * 1024 ** 2];
const report = (line: string): void => console.error(line);

const folderOf = (host: BenchHost): string => dirname(host.identityFile);

function wayTo(host: BenchHost): DirectWay {
  const [type = '', blob = ''] = readFileSync(join(folderOf(host), 'host_ed25519.pub'), 'utf8').split(' ');
  return { user: host.user, address: '127.0.0.1', port: host.port, hostKey: { type, blob }, knownHostsCommand: true };
}

/** As the source's user would type it; @returns seconds */
async function typed({ destination, send, receive }: Scenario, cipher: string | null): Promise<number> {
  const settings = ['BatchMode=yes', 'StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'LogLevel=ERROR'];
  const options = [...settings, ...(cipher === null ? [] : [`Ciphers=${cipher}`])].flatMap((one) => ['-o', one]);
  const where = ['-p', String(destination.port), '-i', destination.identityFile, `${destination.user}@127.0.0.1`];
  const ssh = ['ssh', '-F', 'none', '-T', ...options, ...where, showCommand(receive)];
  const began = performance.now();
  const shell = spawn('bash', ['-o', 'pipefail', '-c', `${showCommand(send)} | ${showCommand(ssh)}`], {
    stdio: 'ignore',
  });
  const [status] = await once(shell, 'close');
  if (status !== 0) throw new Error(`The typed pipeline ended with status ${status}.`);
  return (performance.now() - began) / 1000;
}

/** From the login at the source to the end of both commands; the key is let in before. @returns seconds */
async function direct({ source, destination, send, receive }: Scenario): Promise<number> {
  const agent = new OneKeyAgent();
  appendFileSync(join(folderOf(destination), 'authorized_keys'), `${keyOptions([receive])} ${agent.publicKey} bench;\n`);
  const began = performance.now();
  const pipe = startPipe(
    {
      commands: [send, directSsh(wayTo(destination))],
      open: (signal) =>
        connectSsh({ ...source, host: '127.0.0.1', hostName: 'loopback' }, { signal, forwardedAgent: agent }),
      remote: true,
    },
    { onMeter: () => undefined },
  );
  const end = await pipe.done;
  if (!relaySucceeded(end)) throw new Error(`The direct route did not succeed:\n${JSON.stringify(end, null, 2)}`);
  return (performance.now() - began) / 1000;
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

const stage = await raw.open({ bytes, report });
try {
  const [scenario] = stage.scenarios;
  if (scenario === undefined) throw new Error('nothing to carry');
  for (const cipher of raw.ciphers) {
    const seconds = { typed: [] as number[], direct: [] as number[] };
    for (let round = 0; round <= rounds; round += 1) {
      const [first, second] = [await typed(scenario, cipher), await direct(scenario)];
      if (round === 0) continue;
      seconds.typed.push(first);
      seconds.direct.push(second);
    }
    const rate = (all: readonly number[]) => bytes / 1024 ** 2 / median(all);
    console.log(
      `${cipher ?? 'default cipher'}: typed ${rate(seconds.typed).toFixed(0)} MiB/s, direct ${rate(seconds.direct).toFixed(0)} MiB/s, ratio ${(rate(seconds.direct) / rate(seconds.typed)).toFixed(2)}`,
    );
  }
} finally {
  await stage.close();
}
