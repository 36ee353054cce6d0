import { describe, expect, it } from 'vitest';
import { sshHost } from '../../shared/model/testing/hosts.ts';
import { readEdit, startEdit } from './host-changes.ts';

const host = sshHost('nas', {
  address: { kind: 'ssh', user: 'root', host: 'nas.lan', port: 22 },
  identityFile: '/home/me/.ssh/id_ed25519',
});

describe('editing a host', () => {
  it('changes nothing where nothing was typed', () => {
    expect(readEdit(startEdit(host), host, ['other'])).toEqual({ ok: true, value: {} });
  });
  it('hands on only what is another', () => {
    const edit = { ...startEdit(host), name: 'nas-2', address: 'backup@nas.lan:2222', jump: 'gate', notes: 'cellar' };
    expect(readEdit(edit, host, ['gate'])).toEqual({
      ok: true,
      value: {
        name: 'nas-2',
        address: { kind: 'ssh', user: 'backup', host: 'nas.lan', port: 2222 },
        jump: 'gate',
        notes: 'cellar',
      },
    });
  });
  it('goes over to the agent', () => {
    expect(readEdit({ ...startEdit(host), login: 'agent' }, host, [])).toEqual({
      ok: true,
      value: { identityFile: null },
    });
  });
  it('says what cannot be taken', () => {
    expect(readEdit({ ...startEdit(host), name: 'gate' }, host, ['gate'])).toEqual({
      ok: false,
      error: { name: 'taken' },
    });
  });
});
