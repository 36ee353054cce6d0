/** The lines of a check come one by one, and all of them come. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CheckEvent } from '../../../shared/api/hosts.ts';
import { SluiceError } from '../../../shared/model/failure.ts';
import type { Inventory } from '../../../shared/model/inventory.ts';
import { sshHost } from '../../../shared/model/testing/hosts.ts';
import { inventory, openzfs } from '../../../shared/planning/testing/inventories.ts';
import { askNobody, localShell, type Shell } from '../../ssh/index.ts';
import type { Hosts } from '../hosts.ts';
import { Doctor } from './doctor.ts';

const host = sshHost('nas', {
  address: { kind: 'ssh', user: 'bob', host: 'nas.lan', port: 22 },
  identityFile: '/k',
});
const empty = inventory('nas');

describe.skipIf(process.platform === 'win32')('a check', () => {
  let stateDir: string;
  let shell: Shell;
  let reconnected: number;
  beforeEach(() => {
    stateDir = mkdtempSync(join(tmpdir(), 'sluice-watch-'));
    shell = localShell();
    reconnected = 0;
  });
  afterEach(async () => {
    await shell.close();
    rmSync(stateDir, { recursive: true, force: true });
  });
  const doctor = (read: () => Promise<Inventory>, connect: () => Promise<Shell> = async () => shell) => {
    const hosts: Pick<Hosts, 'get' | 'list' | 'noteCheck'> = {
      get: () => host,
      list: () => [host],
      noteCheck: () => {},
    };
    return new Doctor({
      hosts: hosts as Hosts,
      stateDir,
      ask: askNobody,
      connect,
      reconnect: async () => {
        reconnected += 1;
        return shell;
      },
      probe: async () => ({ zfs: openzfs, elevation: [], root: true }),
      read,
    });
  };
  const codeOf = (event: CheckEvent) => (event.event === 'check' ? event.check.code : 'report');

  it('tells what it knows while the host is still being read, and ends with the report of all', async () => {
    let finish = (_: Inventory) => {};
    const reading = new Promise<Inventory>((resolve) => {
      finish = resolve;
    });
    const events: CheckEvent[] = [];
    for await (const event of doctor(() => reading).watch('nas')) {
      events.push(event);
      // The listings end only after these were told.
      const told = events.map(codeOf);
      if (['login', 'shell', 'tools', 'clock'].every((code) => told.includes(code))) finish(empty);
    }
    const last = events.at(-1);
    if (last?.event !== 'report') throw new Error('no report');
    expect(last.report.checks.map(({ code }) => code)).toEqual(events.slice(0, -1).map(codeOf));
    expect(last.report.checks.map(({ code }) => code)).toContain('pools');
  });

  it('goes on with what can be known when the listings fail, and says why they did', async () => {
    const report = await doctor(() => Promise.reject(new SluiceError({ code: 'timeout', message: 'Too long.' }))).check(
      'nas',
    );
    expect(report.checks.map(({ code }) => code)).toEqual(expect.arrayContaining(['tools', 'clock', 'timeout']));
    expect(report.checks.find(({ code }) => code === 'timeout')?.state).toBe('blocks');
  });

  it('is over for a listener that leaves, and done nevertheless', async () => {
    const one = doctor(async () => empty);
    for await (const _ of one.watch('nas')) break;
    expect((await one.check('nas')).checks.map(({ code }) => code)).toContain('pools');
  });

  it('connects afresh after no command ran: the account may have another login shell by now', async () => {
    const mute: Shell = {
      ...shell,
      collect: async () => ({ stdout: '', stderr: 'no\n', status: 1, signal: null, lost: null }),
    };
    const one = doctor(
      async () => empty,
      async () => mute,
    );
    expect((await one.check('nas')).checks.find(({ code }) => code === 'shell')?.state).toBe('blocks');
    expect(reconnected).toBe(0);
    expect((await one.check('nas')).checks.find(({ code }) => code === 'shell')?.state).toBe('ok');
    expect(reconnected).toBe(1);
  });
});
