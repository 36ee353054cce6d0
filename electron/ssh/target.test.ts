import { getCiphers, getCurves } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { thisComputer } from '../../shared/model/host.ts';
import { sshHost } from '../../shared/model/testing/hosts.ts';
import { CIPHERS, HOST_KEYS, hostKeysExcept, KEX, MACS } from './algorithms.ts';
import { agentSocket } from './credentials.ts';
import { fingerprintOf, hostKeyCheck, typeOfKey } from './host-key.ts';
import { accountOf, describeTarget, targetOf } from './target.ts';

const nas = sshHost('nas', {
  address: { kind: 'ssh', user: 'root', host: 'fe80::1', port: 2222 },
  identityFile: '/k',
});

describe('a target', () => {
  it('is plain data that a worker thread can be handed', () => {
    const target = targetOf(nas);
    expect(structuredClone(target)).toEqual({
      user: 'root',
      host: 'fe80::1',
      port: 2222,
      identityFile: '/k',
      hostKey: nas.hostKey,
      hostName: 'nas',
    });
    expect(target && describeTarget(target)).toBe('nas (root@[fe80::1]:2222)');
  });

  it('names the account of its secrets: by its address alone as ever, behind others by all of them', () => {
    const inner = { ...nas, name: 'inner', jump: 'edge' };
    const edge = sshHost('edge', { address: { kind: 'ssh', user: 'ann', host: 'edge', port: 22 }, jump: 'gate' });
    const gate = sshHost('gate', { address: { kind: 'ssh', user: 'ann', host: 'gate', port: 22 } });
    expect(accountOf({ user: 'root', host: '10.0.0.7', port: 22 })).toBe('root@10.0.0.7:22');
    const target = targetOf(inner, [inner, edge, gate]);
    expect(target && accountOf(target)).toBe('root@[fe80::1]:2222 through ann@edge:22 through ann@gate:22');
  });

  it('is not needed for this computer, and refused to a host that nobody has looked at', () => {
    expect(targetOf(thisComputer)).toBeNull();
    expect(() => targetOf({ ...nas, hostKey: null })).toThrow(/No host key is pinned for nas/);
  });
});

describe('what is offered', () => {
  it('has no SHA-1 and nothing that BoringSSL lacks', () => {
    for (const name of [...KEX, ...MACS, ...HOST_KEYS])
      expect(name).not.toMatch(/sha1|^ssh-rsa$|ssh-dss|group1-|exchange/);
    expect(CIPHERS.join()).not.toMatch(/chacha|cbc|arcfour|3des/);
  });

  it('is known to this Node', () => {
    const known = getCiphers();
    for (const cipher of CIPHERS)
      expect(known).toContain(cipher.replace('@openssh.com', '').replace(/^aes(\d+)-/, 'aes-$1-'));
    expect(getCurves()).toEqual(expect.arrayContaining(['prime256v1', 'secp384r1', 'secp521r1']));
  });

  it('leaves out the types of host key that were seen', () => {
    expect(hostKeysExcept([])).toEqual(HOST_KEYS);
    expect(hostKeysExcept(['ssh-ed25519', 'ssh-rsa'])).toEqual([
      'ecdsa-sha2-nistp256',
      'ecdsa-sha2-nistp384',
      'ecdsa-sha2-nistp521',
    ]);
  });
});

describe('the check of a host key', () => {
  const key = Buffer.from('\0\0\0\x0bssh-ed25519\0\0\0\x01k', 'latin1');

  it('may be asked any number of times: a transfer of 1 GiB asked it 251 times', () => {
    const check = hostKeyCheck(fingerprintOf(key));
    for (let rekeys = 0; rekeys < 251; rekeys += 1) expect(check.verify(key)).toBe(true);
    expect(check.refused()).toBeNull();
    const other = Buffer.from(`${key.toString('latin1')}!`, 'latin1');
    expect(check.verify(other)).toBe(false);
    expect(check.refused()).toEqual({ type: 'ssh-ed25519', fingerprint: fingerprintOf(other) });
  });

  it('accepts nothing where nothing is pinned', () => {
    expect(hostKeyCheck(null).verify(key)).toBe(false);
  });

  it('reads the type of a key, however short the blob is', () => {
    expect(typeOfKey(key)).toBe('ssh-ed25519');
    expect(typeOfKey(Buffer.alloc(2))).toBe('unknown');
  });
});

it('the agent is where the variable says; on Windows it has a name of its own', () => {
  expect(agentSocket({ SSH_AUTH_SOCK: '/run/agent' }, 'linux')).toBe('/run/agent');
  expect(agentSocket({}, 'linux')).toBeNull();
  expect(agentSocket({}, 'win32')).toBe('\\\\.\\pipe\\openssh-ssh-agent');
});
