/** Pairs that are up to date or nearly so, against syncoid: both run here, both hosts are guests of the lab. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEngine, type Engine } from '../../electron/engine.ts';
import type { DatasetName } from '../../shared/model/names.ts';
import { defaultOptions, plainSource } from '../../shared/model/request.ts';
import { connectLab, labUnavailableReason, startLab } from '../lab/lab.ts';
import type { Lab, LabHost } from '../lab/types.ts';
import type { Contest, Measured, Part } from './contest.ts';

const [SOURCE, COPY] = ['speedsrc', 'speeddst'];
/** syncoid is 2.1 in Debian 12, 2.2 in 13; the packages are unpacked, not installed. */
const PACKAGES = ['sanoid', 'libcapture-tiny-perl', 'libconfig-inifiles-perl'];
const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** A folder with syncoid, and an ssh that knows both guests by name. */
function unpackSyncoid(hosts: readonly LabHost[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-peers-'));
  execFileSync('apt-get', ['download', '-q', ...PACKAGES], { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'] });
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.deb')))
    execFileSync('dpkg', ['-x', file, '.'], { cwd: folder });
  const config = [
    ...hosts.flatMap(({ name, port }) => [`Host ${name}`, `  Port ${port}`]),
    'Host *',
    '  HostName 127.0.0.1',
    `  IdentityFile ${hosts[0]?.identityFile}`,
    '  IdentitiesOnly yes',
    '  StrictHostKeyChecking no',
    '  UserKnownHostsFile /dev/null',
    '  LogLevel ERROR',
  ];
  writeFileSync(join(folder, 'config'), `${config.join('\n')}\n`);
  const ssh = execFileSync('sh', ['-c', 'command -v ssh'], { encoding: 'utf8' }).trim();
  writeFileSync(join(folder, 'ssh'), `#!/bin/sh\nexec ${ssh} -F ${join(folder, 'config')} "$@"\n`);
  chmodSync(join(folder, 'ssh'), 0o755);
  return folder;
}

/** @returns seconds; throws with what was said unless it ends with status 0 */
async function timed(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
  const began = performance.now();
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said = (said + chunk).slice(-8192);
    });
  const [status] = await once(child, 'close');
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${said}`);
  return (performance.now() - began) / 1000;
}

class Pair {
  readonly #folder: string;
  readonly #state = mkdtempSync(join(tmpdir(), 'sluice-bench-state-'));
  #engine: Engine | null = null;

  constructor(hosts: readonly LabHost[]) {
    this.#folder = unpackSyncoid(hosts);
  }

  async addHosts(hosts: readonly LabHost[]): Promise<void> {
    for (const host of hosts)
      await timed(process.execPath, [
        CLI,
        'hosts',
        'add',
        host.name,
        host.url(),
        '--identity',
        host.identityFile,
        '--host-key',
        host.hostKeyFingerprint,
        '--state-dir',
        this.#state,
      ]);
  }

  async copy(dataset: string): Promise<void> {
    const ssh = join(this.#folder, 'ssh');
    const send = `${ssh} root@alpha zfs send -R ${SOURCE}/${dataset}@a`;
    const receive = `${ssh} root@beta zfs receive -u ${COPY}/${dataset}`;
    await timed('bash', ['-o', 'pipefail', '-c', `${send} | ${receive}`]);
  }

  syncoid(dataset: string, ...options: string[]): Promise<number> {
    const env = {
      ...process.env,
      PATH: `${this.#folder}:${process.env.PATH}`,
      PERL5LIB: join(this.#folder, 'usr/share/perl5'),
    };
    const ends = [`root@alpha:${SOURCE}/${dataset}`, `root@beta:${COPY}/${dataset}`];
    return timed('perl', [join(this.#folder, 'usr/sbin/syncoid'), '--no-sync-snap', ...options, ...ends], env);
  }

  async sluice(dataset: string, ...options: string[]): Promise<Measured> {
    const ends = [`alpha:${SOURCE}/${dataset}`, `beta:${COPY}/${dataset}`];
    const args = [CLI, 'run', ...ends, ...options, '--yes', '--json', '--state-dir', this.#state];
    return { seconds: await timed(process.execPath, args), cpuSeconds: null, peakRss: null, loopDelayP99: null };
  }

  /** As the window does it: the hosts stay connected from one time to the next. */
  async kept(dataset: string): Promise<Measured> {
    this.#engine ??= await createEngine({ stateDir: this.#state, practice: false, shell: 'browser' });
    const began = performance.now();
    const { id, plan } = await this.#engine.plan({
      ...defaultOptions,
      source: { ...plainSource, host: 'alpha', dataset: `${SOURCE}/${dataset}` as DatasetName, snapshot: null },
      destination: { host: 'beta', dataset: `${COPY}/${dataset}` as DatasetName, naming: 'exact' },
    });
    if (!plan.ready) throw new Error(`Blocked: ${JSON.stringify(plan.findings)}`);
    if (plan.streams.length > 0) {
      const run = await this.#engine.start(id, { typedTarget: null, replan: false });
      for await (const event of this.#engine.runs.watch(run))
        if (event.event === 'finished' && event.status !== 'done') throw new Error(JSON.stringify(event));
    }
    return { seconds: (performance.now() - began) / 1000, cpuSeconds: null, peakRss: null, loopDelayP99: null };
  }

  async remove(): Promise<void> {
    await this.#engine?.close();
    for (const folder of [this.#folder, this.#state]) rmSync(folder, { recursive: true, force: true });
  }
}

const SYNCOID = '`syncoid --no-sync-snap`';

/** The datasets and their copies, made by `zfs send -R` alone so that nothing of either tool is in them. */
async function fill(alpha: LabHost, beta: LabHost, pair: Pair, many: number, report: (line: string) => void) {
  report(`making ${many} datasets and their copies`);
  await alpha.pool(SOURCE, { sizeMb: 512 });
  await beta.pool(COPY, { sizeMb: 512 });
  const script = `zfs create ${SOURCE}/one; echo text > /${SOURCE}/one/file; zfs create -o canmount=off ${SOURCE}/many
for n in $(seq ${many - 1}); do zfs create -o canmount=off ${SOURCE}/many/n$n; done; zfs snapshot -r ${SOURCE}/one@a; zfs snapshot -r ${SOURCE}/many@a`;
  await alpha.run(script, { timeoutMs: 1_200_000 });
  for (const dataset of ['one', 'many']) await pair.copy(dataset);
}

function contestsOf(pair: Pair, alpha: LabHost, many: number): Contest[] {
  let number = 0;
  const change = async (): Promise<void> => {
    number += 1;
    await alpha.run(`echo ${number} > /${SOURCE}/one/file; zfs snapshot ${SOURCE}/one@n${number}`);
  };
  const ofOne = (title: string, ours: Contest['ours']): Contest => ({
    title,
    against: SYNCOID,
    aim: 5,
    bytes: null,
    theirs: () => pair.syncoid('one'),
    ours,
  });
  return [
    ofOne('A pair that is up to date', () => pair.sluice('one')),
    { ...ofOne('A small increment', () => pair.sluice('one')), prepare: change },
    ofOne('A pair that is up to date, hosts connected already', () => pair.kept('one')),
    { ...ofOne('A small increment, hosts connected already', () => pair.kept('one')), prepare: change },
    {
      title: `${many} datasets that are up to date`,
      against: `${SYNCOID} \`-r\``,
      aim: 20,
      bytes: null,
      mostRounds: 1,
      theirs: () => pair.syncoid('many', '-r'),
      ours: () => pair.sluice('many', '--package', 'replication'),
    },
  ];
}

/** Of the lab that `SLUICE_LAB` names, or one of its own. */
export const peers: Part = {
  name: 'peers',
  unavailable: labUnavailableReason,
  async open({ datasets, report }) {
    const lab: Lab = process.env.SLUICE_LAB ? connectLab() : await startLab({ hosts: ['alpha', 'beta'], report });
    const [alpha, beta] = [lab.host('alpha'), lab.host('beta')];
    const pair = new Pair([alpha, beta]);
    const close = async () => {
      await pair.remove();
      await alpha.run(`zpool destroy ${SOURCE} || true`);
      await beta.run(`zpool destroy ${COPY} || true`);
      await lab.stop();
    };
    try {
      await fill(alpha, beta, pair, datasets, report);
      await pair.addHosts([alpha, beta]);
      return { contests: contestsOf(pair, alpha, datasets), close };
    } catch (error) {
      await close();
      throw error;
    }
  },
};
