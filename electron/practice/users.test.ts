import { beforeEach, describe, expect, it } from 'vitest';
import { addPool } from './model/datasets.ts';
import type { System, User } from './shell/process.ts';
import { ADMIN, USERS } from './ssh/server.ts';
import { run, testSystem } from './testing/host.ts';

const DELEGATE = USERS.find(({ sudo }) => sudo === 'nothing');

let system: System;
beforeEach(() => {
  system = testSystem('users');
  addPool(system.machine, 'tank', 256 * 1024 * 1024);
});

const as = (user: User | undefined, command: string) => run(system, command, undefined, user);

describe('the users of a practice host', () => {
  it('are root, one with sudo, and one with what was allowed', () => {
    expect(USERS.map(({ name, root, sudo }) => [name, root, sudo])).toEqual([
      ['root', true, 'everything'],
      ['admin', false, 'everything'],
      ['backup', false, 'nothing'],
    ]);
  });

  it('sudo lets the administrator do what he alone may not', async () => {
    expect(await as(ADMIN, 'id -u')).toMatchObject({ stdout: '1000\n' });
    expect(await as(ADMIN, 'zfs snapshot tank@1')).toEqual({
      status: 1,
      stdout: '',
      stderr: 'cannot create snapshots : permission denied\n',
    });
    expect(await as(ADMIN, 'sudo -n id -u')).toMatchObject({ stdout: '0\n' });
    expect(await as(ADMIN, 'sudo -n zfs snapshot tank@1')).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('sudo asks the other for a password, which has to be the right one', async () => {
    expect(await as(DELEGATE, 'sudo -n zfs snapshot tank@1')).toEqual({
      status: 1,
      stdout: '',
      stderr: 'sudo: a password is required\n',
    });
    const saying = (password: string) => as(DELEGATE, `echo ${password} | sudo -S -k -p '' -- zfs snapshot tank@1`);
    expect(await saying('wrong')).toMatchObject({ status: 1, stderr: expect.stringContaining('Sorry, try again.') });
    expect(await saying('practice')).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});
