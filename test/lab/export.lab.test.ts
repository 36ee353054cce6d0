import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { releaseAll } from './holds.ts';
import { connectLab, type LabHost } from './lab.ts';
import { Sluice } from './sluice.ts';
import type { LabDescription } from './types.ts';

let alpha: LabHost;
let beta: LabHost;
let sluice: Sluice;
let ssh: string;

beforeAll(async () => {
  const lab = connectLab();
  alpha = lab.host('alpha');
  beta = lab.host('beta');
  sluice = await Sluice.create();
  const description = JSON.parse(await readFile(process.env.SLUICE_LAB ?? '', 'utf8')) as LabDescription;
  // A login takes seconds in an emulated guest; one connection serves them all, and ends by itself.
  ssh = `ssh -F none -o UserKnownHostsFile=${description.knownHostsFile} -o ControlMaster=auto -o ControlPersist=5 -o ControlPath=${sluice.stateDir}/%C`;
  await alpha.pool('plsrc', { sizeMb: 200 });
  await beta.pool('pldst', { sizeMb: 400 });
  await alpha.run(
    'zfs create "plsrc/my home"; cd "/plsrc/my home"; for s in a b c; do dd if=/dev/urandom of=$s bs=1M count=4; zfs snapshot "plsrc/my home@$s"; done',
  );
  for (const host of [alpha, beta]) await sluice.addHost(host);
});
afterAll(async () => {
  await sluice.dispose();
  await alpha.run('zpool destroy plsrc');
  await beta.run('zpool destroy pldst');
});

/** The script as somebody else would run it: piped into a shell, with nothing of Sluice about. */
async function runScript(text: string): Promise<{ status: number | null; said: string }> {
  const child = spawn('/bin/sh', [], { env: { PATH: process.env.PATH, SSH: ssh }, stdio: ['pipe', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (data) => {
    said += data;
  });
  child.stdin.end(text);
  const [status] = await once(child, 'close');
  return { status, said };
}

async function exported(...args: string[]): Promise<string> {
  const { status, stdout, stderr } = await sluice.command('export', ...args, '--as', 'sh');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

/** Snapshots with GUIDs and holds, properties, and what waits half-received: all that a copy is. */
async function copyAt(dataset: string): Promise<string> {
  const { stdout } = await beta.run([
    ...['sh', '-c'],
    `zfs list -Hp -r -t snapshot -o name,guid,userrefs ${dataset}; zfs get -H -o property,value readonly,canmount,setuid,devices,mounted,receive_resume_token ${dataset}; zfs list -H -o written ${dataset}`,
  ]);
  return stdout.replaceAll(dataset, 'COPY');
}
const atSource = async (): Promise<string> =>
  (
    await alpha.run(
      'zfs list -Hp -r -t bookmark -o name,guid plsrc; zfs list -Hp -r -t snapshot -o name,userrefs plsrc',
    )
  ).stdout;

describe('an exported script, run by itself', () => {
  let before = '';
  test('makes the same copy as a run does, and running it again changes nothing', async () => {
    const script = await exported('alpha:plsrc/my home@a', 'beta:pldst/by/script');
    expect(await runScript(script)).toMatchObject({
      status: 0,
      said: expect.stringContaining('proved: pldst/by/script@a'),
    });
    before = await atSource();
    expect(await sluice.run('alpha:plsrc/my home@a', 'beta:pldst/by/run')).toMatchObject({ status: 0 });
    const copy = await copyAt('pldst/by/script');
    expect(copy).toBe(await copyAt('pldst/by/run'));
    const again = await runScript(script);
    expect(again).toMatchObject({ status: 0, said: expect.stringContaining('pldst/by/script@a is there already.') });
    expect(await copyAt('pldst/by/script')).toBe(copy);
    expect(before).toContain('#sluice-a');
  });

  test('goes on with a stream that was cut, brings the rest, and ends as a run does', async () => {
    const script = await exported('alpha:plsrc/my home', 'beta:pldst/by/script');
    const cut = `${ssh} -i ${alpha.identityFile} -p ${alpha.port} root@127.0.0.1 "zfs send -c -I 'plsrc/my home@a' 'plsrc/my home@c'" | head -c 2000000 | ${ssh} -i ${beta.identityFile} -p ${beta.port} root@127.0.0.1 'zfs receive -s -u pldst/by/script'`;
    await runScript(cut);
    expect(await copyAt('pldst/by/script')).toMatch(/receive_resume_token\t1-/);
    const ran = await runScript(script);
    expect(ran).toMatchObject({ status: 0, said: expect.stringContaining('Resuming the half-received stream') });
    expect(ran.said).toContain('proved: pldst/by/script@c');
    expect(await sluice.run('alpha:plsrc/my home', 'beta:pldst/by/run')).toMatchObject({ status: 0 });
    expect(await copyAt('pldst/by/script')).toBe(await copyAt('pldst/by/run'));
  });

  test('rolls back only what it was written to roll back', async () => {
    // What is written counts as a change once it is synced, and an empty snapshot alone stops no receive: then nothing
    // has to be rolled back.
    await beta.run(
      `zfs set readonly=off pldst/by/script; zfs rollback -r pldst/by/script@b 2>/dev/null || { ${releaseAll('pldst/by/script@c')}; zfs rollback -r pldst/by/script@b; }; zfs snapshot pldst/by/script@mine; zfs mount pldst/by/script; echo x > /pldst/by/script/x && zpool sync pldst`,
    );
    const script = await exported('alpha:plsrc/my home', 'beta:pldst/by/script', '--on-divergence', 'rollback');
    expect(script).toContain('#   snapshot pldst/by/script@mine');
    await beta.run('zfs snapshot pldst/by/script@newer');
    const refused = await runScript(script);
    expect(refused).toMatchObject({
      status: 1,
      said: expect.stringContaining('other snapshots than when this script'),
    });
    expect(await copyAt('pldst/by/script')).toContain('COPY@mine');
    await beta.run('zfs destroy pldst/by/script@newer');
    expect(await runScript(script)).toMatchObject({ status: 0 });
    const copy = await copyAt('pldst/by/script');
    expect(copy).not.toContain('@mine');
    expect(copy).toContain('COPY@c');
    expect(await runScript(script)).toMatchObject({ status: 0, said: expect.stringContaining('rolled back before') });
  });
});
