import { describe, expect, it } from 'vitest';
import { parseAddress, suggestName } from './address.ts';

describe('parseAddress', () => {
  it.each([
    ['nas2', 'root', 'nas2', 22],
    ['admin@nas2.lan', 'admin', 'nas2.lan', 22],
    [' admin@10.0.0.7:2222 ', 'admin', '10.0.0.7', 2222],
    ['ssh://admin@nas2:2200', 'admin', 'nas2', 2200],
    ['ssh://admin@nas2/', 'admin', 'nas2', 22],
    ['ssh -p 2022 admin@nas2', 'admin', 'nas2', 2022],
    ['ssh admin@nas2', 'admin', 'nas2', 22],
    ['root@[fd00::7]:22', 'root', 'fd00::7', 22],
    ['root@fd00::7', 'root', 'fd00::7', 22],
  ])('reads %s', (text, user, host, port) => {
    expect(parseAddress(text)).toEqual({ ok: true, value: { kind: 'ssh', user, host, port } });
  });

  it.each([
    ['', 'empty'],
    ['nas2:0', 'port'],
    ['nas2:70000', 'port'],
    ['ad min@nas2', 'user'],
    ['root@-nas2', 'host'],
    ['root@', 'host'],
    ['ssh -v -p 22 root@nas2', 'command'],
    ['ssh root@nas2 -oProxyCommand=x', 'command'],
    ['root@nas2:many', 'port'],
    ['nas2:', 'port'],
  ])('says what is wrong with %j', (text, error) => expect(parseAddress(text)).toEqual({ ok: false, error }));
});

describe('suggestName', () => {
  it.each([
    ['nas2.example.org', 'nas2'],
    ['10.0.0.7', '10.0.0.7'],
    ['fd00::7', 'fd00--7'],
    ['::1', '1'],
  ])('names %s %s', (host, name) => expect(suggestName(host)).toBe(name));
});
