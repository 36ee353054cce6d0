/** The command line at a person's terminal: keys confirmed, passwords typed and kept to themselves, a key installed instead. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { connectLab, type LabHost } from './lab.ts';
import { Sluice } from './sluice.ts';
import { END_OF_INPUT, Person } from './terminal.ts';
import { ACCOUNTS } from './types.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

const POOL = 'prompts';
const USER = ACCOUNTS.sudoer;

let host: LabHost;
let sluice: Sluice;

const everyFile = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));

/** Argument lists and environments of all processes of this machine, those of the zfs-fuse host among them. */
function everyProcess(): string {
  const read = (file: string): string => {
    try {
      return readFileSync(file, 'latin1');
    } catch {
      return '';
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => [read(`/proc/${pid}/cmdline`), read(`/proc/${pid}/environ`)])
    .join('\n');
}

/** What the processes show while a copy is being received. */
async function whileReceiving(copy: string): Promise<string> {
  return await vi.waitFor(
    () => {
      const shown = everyProcess();
      expect(shown).toMatch(new RegExp(`receive\\0.*${POOL}/${copy}`));
      return shown;
    },
    { timeout: 90_000, interval: 100 },
  );
}

/** Nobody's agent, no key files: only what is typed opens the door. */
const person = (...args: string[]) =>
  new Person([...args, '--state-dir', sluice.stateDir], { SSH_AUTH_SOCK: '', HOME: sluice.stateDir });

const ASKS = `Password of ${USER}@127.0.0.1:`;

beforeAll(async () => {
  host = connectLab().host('fuse');
  await host.pool(POOL, { sizeMb: 200 });
  await host.run(`zfs create ${POOL}/from && head -c 6000000 /dev/urandom >/run/lab/mnt/${POOL}/from/data`);
  await host.run(`zfs snapshot ${POOL}/from@a`);
  sluice = await Sluice.create();
});
afterAll(async () => {
  await sluice.dispose();
  await host.run(`sed -i '/ sluice-nas$/d' ~${USER}/.ssh/authorized_keys; zpool destroy ${POOL}`, {
    allowFailure: true,
  });
});

describe('a host that is new', () => {
  const url = () => host.url('sudoer');

  test('is refused without anybody who could compare its key', async () => {
    const { status, stderr } = await sluice.command('hosts', 'add', 'nas', url());
    expect(status).toBe(1);
    expect(stderr).toContain(host.hostKeyFingerprint);
    expect((await sluice.command('hosts', 'list', '--json')).stdout).not.toContain('"nas"');
  });

  test('is not added when a person does not confirm its key, and added when one does', async () => {
    const careful = person('hosts', 'add', 'nas', url());
    await careful.sees(host.hostKeyFingerprint);
    await careful.answers('Type yes to trust it:', 'no');
    expect(await careful.end()).toBe(1);
    const sure = person('hosts', 'add', 'nas', url());
    await sure.sees('ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub');
    await sure.answers('Type yes to trust it:', 'yes');
    await sure.sees('Added nas');
    expect(await sure.end()).toBe(0);
  });
});

describe('a password', () => {
  test('that nobody types, or that is wrong three times, ends the command with what to do', async () => {
    const silent = person('inventory', 'nas');
    await silent.answers(ASKS, END_OF_INPUT);
    await silent.sees('nobody answered');
    expect(await silent.end()).toBe(1);
    const wrong = person('inventory', 'nas');
    for (const again of [false, true, true]) {
      if (again) await wrong.sees('That was not right.');
      await wrong.answers(ASKS, 'not-it');
    }
    expect(await wrong.end()).toBe(1);
    expect(wrong.shown).not.toContain('not-it');
  });

  test('that is typed carries a whole run, and is nowhere but in memory, also when the run is killed', async () => {
    const first = person('run', `nas:${POOL}/from`, `nas:${POOL}/killed`, '--yes', '--limit', '400K');
    await first.answers(ASKS, host.password);
    const processes = [await whileReceiving('killed')];
    // What it leaves when it dies.
    execFileSync('pkill', ['-SEGV', '-f', `${sluice.stateDir}$`, '-P', String(first.child.pid)]);
    expect(await first.end()).toBe(128 + 11);

    const second = person('run', `nas:${POOL}/from`, `nas:${POOL}/whole`, '--limit', '3M');
    await second.answers(ASKS, host.password);
    await second.answers('Start? [y/N]', 'y');
    processes.push(await whileReceiving('whole'));
    expect(await second.end()).toBe(0);

    const journals = everyFile(join(sluice.stateDir, 'runs'));
    expect(journals.join('')).toContain(`${POOL}/whole`);
    for (const text of [...processes, ...everyFile(sluice.stateDir), first.shown, second.shown])
      expect(text.includes(host.password)).toBe(false);
  });

  test('is not needed any more once a key is installed over it', async () => {
    const installing = person('hosts', 'check', 'nas', '--fix', 'install-key');
    await installing.answers(ASKS, host.password);
    await installing.sees('ssh-ed25519 ');
    await installing.answers('Type yes to do it:', 'yes');
    expect(await installing.end()).toBe(0);
    // Nobody could be asked here.
    const { status, stdout } = await sluice.command('hosts', 'check', 'nas', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ host: 'nas' });
  });
});
