import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wireCommand } from '../../shared/zfs/wire.ts';
import { connectSsh, type Shell, targetOf } from '../ssh/index.ts';
import { asHost } from './start.ts';
import { STAFF_PASSPHRASE } from './story/office.ts';
import { STORIES } from './story/stories.ts';
import { type Bench, startBench } from './testing/shells.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(() => bench.stop());

const zfs = (shell: Shell, ...argv: string[]) => shell.collect(wireCommand(['zfs', ...argv]));
const value = async (shell: Shell, property: string, name: string) =>
  (await zfs(shell, 'get', '-Hp', '-o', 'value', property, name)).stdout.trim();

describe('breaking something', () => {
  it('cuts the line: whoever is connected is so no more, and can come back', async () => {
    const shell = await bench.connect('laptop');
    bench.served.break('cut-line', 'laptop');
    await expect(zfs(shell, 'version')).rejects.toMatchObject({ failure: { code: 'connection-lost' } });
    const again = await bench.connect('laptop');
    expect((await zfs(again, 'version')).status).toBe(0);
  });

  it('fills the pools of a host until nothing fits', async () => {
    const shell = await bench.connect('backupbox');
    bench.served.break('fill-pool', 'backupbox');
    expect(Number(await value(shell, 'available', 'backup'))).toBeLessThanOrEqual(1024 * 1024);
  });

  it('writes into copies, and into nothing else', async () => {
    const shell = await bench.connect('backupbox');
    const before = await value(shell, 'written', 'backup/media');
    expect(await value(shell, 'written', 'backup/laptop/projects')).toBe('0');
    bench.served.break('modify-destination', 'backupbox');
    expect(Number(await value(shell, 'written', 'backup/laptop/projects'))).toBeGreaterThan(1024 * 1024);
    expect(await value(shell, 'written', 'backup/media')).toBe(before);
  });

  it('changes the host key, which is refused', async () => {
    bench.served.break('change-host-key', 'laptop');
    await expect(bench.connect('laptop')).rejects.toMatchObject({ failure: { code: 'host-key-changed' } });
  });

  it('takes the rights away: everything but looking is refused', async () => {
    bench.served.break('take-permission', 'laptop');
    const shell = await bench.connect('laptop');
    expect((await shell.collect(wireCommand(['id', '-u']))).stdout).toBe('1000\n');
    const refused = await zfs(shell, 'snapshot', 'tank/home@mine');
    expect([refused.status, refused.stderr]).toEqual([1, 'cannot create snapshots : permission denied\n']);
    expect((await zfs(shell, 'list', 'tank/home')).status).toBe(0);
  });

  it('is all put back by a reset, identities included', async () => {
    const guid = await value(await bench.connect('laptop'), 'guid', 'tank/home@auto-008');
    await zfs(await bench.connect('laptop'), 'destroy', 'tank/home@auto-008');
    for (const what of ['fill-pool', 'modify-destination', 'change-host-key', 'take-permission'] as const) {
      bench.served.break(what, 'backupbox');
      bench.served.break(what, 'laptop');
    }
    bench.served.reset();
    const laptop = await bench.connect('laptop');
    const backupbox = await bench.connect('backupbox');
    expect(await value(laptop, 'guid', 'tank/home@auto-008')).toBe(guid);
    expect(await value(backupbox, 'written', 'backup/laptop/projects')).toBe('0');
    expect((await zfs(laptop, 'snapshot', 'tank/home@mine')).status).toBe(0);
  });
});

describe('the third host', () => {
  it('comes when it is asked for, once, with a locked room that its card opens', async () => {
    const [office] = await Promise.all([bench.served.addOffice(), bench.served.addOffice()]);
    expect(bench.served.hosts.map(({ name }) => name)).toEqual(['laptop', 'backupbox', 'office']);
    const target = targetOf(asHost(office));
    if (target === null) throw new Error('The office is not reached over SSH.');
    const shell = await connectSsh(target);
    expect(await value(shell, 'encryptionroot', 'srv/staff/payroll')).toBe('srv/staff');
    expect(await value(shell, 'origin', 'srv/web-redesign')).toBe('srv/web@daily-03');
    expect(STORIES.find(({ host }) => host === 'office')?.passphrase).toBe(STAFF_PASSPHRASE);
    await shell.close();
  });

  it('the old disk has room for the home and not for the photos', async () => {
    const [laptop, backupbox] = [await bench.connect('laptop'), await bench.connect('backupbox')];
    const room = Number(await value(backupbox, 'available', 'old-disk'));
    expect(Number(await value(laptop, 'referenced', 'tank/home'))).toBeLessThan(room);
    expect(Number(await value(laptop, 'referenced', 'tank/photos'))).toBeGreaterThan(room);
  });
});
