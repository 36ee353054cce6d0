import { describe, expect, it } from 'vitest';
import { type Host, type SshAddress, thisComputer } from '../../shared/model/host.ts';
import { hostAt, parseEndpoint, parseSshUrl } from './endpoint.ts';

const ssh = (user: string, host: string, port = 22): SshAddress => ({ kind: 'ssh', user, host, port });

describe('endpoints', () => {
  it.each([
    ['nas:tank/home', 'nas', 'tank/home', null],
    ['nas:tank/home@a', 'nas', 'tank/home', 'a'],
    ['nas:tank', 'nas', 'tank', null],
    ['nas:tank/ my home@x y', 'nas', 'tank/ my home', 'x y'],
    ['nas:tank/home@auto_22:58:00', 'nas', 'tank/home', 'auto_22:58:00'],
    ['this-computer:tank', 'this-computer', 'tank', null],
    ['tank/home', 'this-computer', 'tank/home', null],
    ['tank/home@a', 'this-computer', 'tank/home', 'a'],
    ['tank/a:b', 'this-computer', 'tank/a:b', null],
    ['tank@22:58', 'this-computer', 'tank', '22:58'],
  ])('%s', (text, name, dataset, snapshot) => {
    expect(parseEndpoint(text)).toEqual({ ok: true, value: { host: { kind: 'book', name }, dataset, snapshot } });
  });

  it.each([
    ['ssh://root@nas/tank/home', ssh('root', 'nas'), 'tank/home', null],
    ['ssh://root@nas:2222/tank/home@a', ssh('root', 'nas', 2222), 'tank/home', 'a'],
    ['ssh://me@[2001:db8::5]:22/tank/a:b@x y', ssh('me', '2001:db8::5'), 'tank/a:b', 'x y'],
    ['ssh://me@[::1]/tank', ssh('me', '::1'), 'tank', null],
  ])('%s', (text, address, dataset, snapshot) => {
    expect(parseEndpoint(text)).toEqual({ ok: true, value: { host: { kind: 'address', address }, dataset, snapshot } });
  });

  it.each([
    ['', 'is empty'],
    ['nas:', 'is empty'],
    ['nas:tank/home@', 'is empty'],
    ['nas:tank/home#mark', '"#"'],
    ['nas:tank/home@a@b', '"@"'],
    ['nas:tank/%20home', '"%"'],
    ['nas:tank/home;id', '";"'],
    ['/tank/home', 'empty part'],
    ['ssh://nas/tank', 'ssh://user@host'],
    ['ssh://root@nas', 'is empty'],
    ['ssh://root@nas:99999/tank', 'expected number'],
    ['ssh://root@nas:x/tank', 'ssh://user@host'],
    ['ssh://-oProxyCommand=id@nas/tank', 'user name'],
    ['ssh://root@-oProxyCommand=id/tank', 'not a DNS name'],
    ['ssh://root@[::1/tank', 'ssh://user@host'],
  ])('%j is none: %s', (text, fault) => {
    const parsed = parseEndpoint(text);
    expect(parsed.ok ? null : parsed.error).toContain(fault);
  });
});

it('an address alone has nothing after it, or says what', () => {
  expect(parseSshUrl('ssh://root@nas:2222')).toEqual({
    ok: true,
    value: { address: ssh('root', 'nas', 2222), rest: null },
  });
  expect(parseSshUrl('ssh://root@nas/')).toMatchObject({ value: { rest: '' } });
  expect(parseSshUrl('ssh://root@nas/tank/a\nb')).toMatchObject({ value: { rest: 'tank/a\nb' } });
  expect(parseSshUrl('http://root@nas').ok).toBe(false);
});

describe('the host of the book with this address', () => {
  const host = (name: string, address: Host['address']): Host => ({ ...thisComputer, name, address });
  const hosts = [host('here', { kind: 'local' }), host('a', ssh('root', 'nas', 2222)), host('b', ssh('root', 'nas'))];

  it.each([
    [ssh('root', 'nas'), 'b'],
    [ssh('root', 'NAS', 2222), 'a'],
    [ssh('me', 'nas'), null],
    [ssh('root', 'nas', 23), null],
    [ssh('root', 'nas2'), null],
  ])('%o is %s', (address, name) => {
    expect(hostAt(address, hosts)?.name ?? null).toBe(name);
  });
});
