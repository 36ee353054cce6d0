/** The direct route against the pipeline that a person types on the source host: the same bytes, the same two servers. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { connectSsh, OneKeyAgent } from '../../electron/ssh/index.ts';
import { streamSucceeded } from '../../electron/transfer/job.ts';
import { startPipe } from '../../electron/transfer/pipe.ts';
import { type DirectWay, directSsh, keyOptions } from '../../shared/transfer/direct.ts';
import { showCommand } from '../../shared/zfs/wire.ts';
import { sshdUnavailableReason } from '../sshd/sshd.ts';
import type { Measured, Part } from './contest.ts';
import { sshOptions } from './pipeline.ts';
import { openRaw } from './raw.ts';
import { type BenchHost, cipherName, GCM, type Scenario } from './scenario.ts';

/** So long a stream that the logins of a second or so do not decide. */
const BYTES = 4 * 1024 ** 3;
const AIM = 0.98;

const folderOf = (host: BenchHost): string => dirname(host.identityFile);

function wayTo(host: BenchHost): DirectWay {
  const [type = '', blob = ''] = readFileSync(join(folderOf(host), 'host_ed25519.pub'), 'utf8').split(' ');
  return { user: host.user, address: '127.0.0.1', port: host.port, hostKey: { type, blob }, knownHostsCommand: true };
}

/** As the source's user would type it. @returns seconds */
async function typed({ destination, send, receive }: Scenario, cipher: string | null): Promise<number> {
  const ssh = ['ssh', ...sshOptions(destination, cipher), showCommand(receive)];
  const began = performance.now();
  const shell = spawn('bash', ['-o', 'pipefail', '-c', `${showCommand(send)} | ${showCommand(ssh)}`], {
    stdio: 'ignore',
  });
  const [status] = await once(shell, 'close');
  if (status !== 0) throw new Error(`The typed pipeline ended with status ${status}.`);
  return (performance.now() - began) / 1000;
}

/** From the login at the source to the end of both commands; the key is let in before. */
async function direct({ source, destination, send, receive }: Scenario): Promise<Measured> {
  const agent = new OneKeyAgent();
  const keys = join(folderOf(destination), 'authorized_keys');
  appendFileSync(keys, `${keyOptions([receive])} ${agent.publicKey} bench;\n`);
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
  if (!streamSucceeded(end)) throw new Error(`The direct route did not succeed:\n${JSON.stringify(end, null, 2)}`);
  return { seconds: (performance.now() - began) / 1000, cpuSeconds: null, peakRss: null, loopDelayP99: null };
}

export const directRoute: Part = {
  name: 'direct',
  unavailable: sshdUnavailableReason,
  async open({ bytes, report }) {
    const size = bytes ?? BYTES;
    const { scenario, close } = await openRaw(size, report);
    const contests = [GCM, null].map((cipher) => ({
      title: 'Direct, raw bytes',
      against: `\`send \\| ssh\` at the source, ${cipherName(cipher)}`,
      aim: AIM,
      bytes: size,
      theirs: () => typed(scenario, cipher),
      ours: () => direct(scenario),
    }));
    return { contests, close };
  },
};
