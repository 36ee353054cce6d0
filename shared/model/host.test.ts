import { describe, expect, it } from 'vitest';
import {
  describeAddress,
  FingerprintSchema,
  HostNameSchema,
  HostSchema,
  SshAddressSchema,
  thisComputer,
} from './host.ts';

const ssh = { kind: 'ssh', user: 'root', host: 'nas', port: 22 } as const;

describe('fingerprints', () => {
  const good = `SHA256:${'A'.repeat(43)}`;
  it.each([good, 'SHA256:uNiVztksCsDhcc0u9e8BrrVrFbRfdZgGTwRsp5i3KYs', `SHA256:aa/+${'b'.repeat(39)}`])(
    '%s is one',
    (text) => {
      expect(FingerprintSchema.safeParse(text).success).toBe(true);
    },
  );
  it.each(['', 'SHA256:', `${good}=`, good.slice(0, -1), good.replace('SHA256', 'MD5'), ` ${good}`, `${good}\n`])(
    '%j is none',
    (text) => {
      expect(FingerprintSchema.safeParse(text).success).toBe(false);
    },
  );
});

describe('names in the host book', () => {
  it.each(['nas', 'backup-1', 'a.b_c', '9lives', 'x'.repeat(64)])('%s is one', (text) => {
    expect(HostNameSchema.safeParse(text).success).toBe(true);
  });
  it.each(['', '-nas', '.nas', 'a b', 'a/b', 'a:b', 'a@b', 'x'.repeat(65), 'nas\n', 'ünter'])('%j is none', (text) => {
    expect(HostNameSchema.safeParse(text).success).toBe(false);
  });
});

describe('addresses', () => {
  it.each(['nas', 'nas.lan', '192.168.1.2', '::1', 'fe80::1%eth0', '2001:db8::5'])('%s is a host', (host) => {
    expect(SshAddressSchema.safeParse({ ...ssh, host }).success).toBe(true);
  });
  // What begins with a hyphen would be an option to ssh.
  it.each(['', '-oProxyCommand=id', 'a b', 'nas;id', 'nas/x', '[::1]', 'nas\n'])('%j is none', (host) => {
    expect(SshAddressSchema.safeParse({ ...ssh, host }).success).toBe(false);
  });
  it.each(['', '-l', 'a b', 'root;id', '0root', '$(id)'])('%j is no user', (user) => {
    expect(SshAddressSchema.safeParse({ ...ssh, user }).success).toBe(false);
  });
  it.each([0, 65536, -1, 22.5, Number.NaN])('%d is no port', (port) => {
    expect(SshAddressSchema.safeParse({ ...ssh, port }).success).toBe(false);
  });

  it('are said as a person would write them', () => {
    expect(describeAddress(ssh)).toBe('root@nas:22');
    expect(describeAddress({ ...ssh, host: '::1', port: 2222 })).toBe('root@[::1]:2222');
    expect(describeAddress(thisComputer.address)).toBe('this computer');
  });
});

it('this computer is a host like others', () => {
  expect(HostSchema.parse(thisComputer)).toEqual(thisComputer);
});
