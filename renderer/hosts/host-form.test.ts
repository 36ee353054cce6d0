import { describe, expect, it } from 'vitest';
import { nameOf, readForm, startForm as start } from './host-form.ts';

const startForm = start(true);

describe('readForm', () => {
  it('needs no more than an address', () => {
    expect(readForm({ ...startForm, address: 'admin@nas2.lan:2222' }, [])).toEqual({
      ok: true,
      value: {
        name: 'nas2',
        address: { kind: 'ssh', user: 'admin', host: 'nas2.lan', port: 2222 },
        identityFile: null,
        privilege: 'auto',
      },
    });
  });

  it('says every fault at once', () => {
    expect(readForm({ ...startForm, name: 'a b', login: 'file' }, [])).toEqual({
      ok: false,
      error: { address: 'empty', name: 'form', identityFile: 'empty' },
    });
  });

  it('refuses a name that the host book has', () => {
    expect(readForm({ ...startForm, address: 'nas2' }, ['nas2'])).toEqual({ ok: false, error: { name: 'taken' } });
  });

  it('takes the key file only where it was chosen', () => {
    const typed = { ...startForm, address: 'nas2', identityFile: '/home/me/.ssh/id_ed25519' };
    expect(readForm(typed, [])).toMatchObject({ ok: true, value: { identityFile: null } });
    expect(readForm({ ...typed, login: 'file' }, [])).toMatchObject({
      ok: true,
      value: { identityFile: '/home/me/.ssh/id_ed25519' },
    });
  });
});

it('begins with the agent where one answers', () => {
  expect(start(true).login).toBe('agent');
  expect(start(false).login).toBe('file');
});

describe('nameOf', () => {
  it('follows the address until it is typed', () => {
    expect(nameOf({ ...startForm, address: 'root@backup.example.org' })).toBe('backup');
    expect(nameOf({ ...startForm, address: 'root@backup.example.org', name: 'vault' })).toBe('vault');
    expect(nameOf(startForm)).toBe('');
  });
});
