import { describe, expect, it } from 'vitest';
import { keysOf, wayOutOf } from './way-out.ts';

describe('wayOutOf', () => {
  it.each([
    ['host-key-changed', { host: '10.0.0.7', port: 22, hostName: 'nas' }, { page: 'host', host: 'nas' }],
    ['zfs-not-answering', { hostName: 'nas' }, { page: 'host', host: 'nas' }],
    // A journal from before the host was named.
    ['host-key-changed', { host: '10.0.0.7', port: 22 }, { page: 'hosts' }],
    ['run-unknown', {}, { page: 'runs' }],
    ['host-not-found', { hostName: 'nas' }, null],
  ])('%s, %j', (code, evidence, place) => expect(wayOutOf({ code, evidence })).toEqual(place));
});

describe('keysOf', () => {
  const shown = [{ type: 'ssh-ed25519', fingerprint: 'SHA256:new' }];
  it('has the key that is pinned beside the one that was shown', () =>
    expect(keysOf({ code: 'host-key-changed', evidence: { pinned: 'SHA256:old', shown } })).toEqual({
      saved: [{ fingerprint: 'SHA256:old', type: null }],
      shown,
    }));
  it('has what known_hosts knows where nothing is pinned', () =>
    expect(
      keysOf({
        code: 'host-key-changed',
        evidence: { shown, known: { entries: [{ line: 3, type: 'ssh-rsa', fingerprint: 'SHA256:old' }] } },
      })?.saved,
    ).toEqual([{ fingerprint: 'SHA256:old', type: 'ssh-rsa' }]));
  it.each([
    ['host-key-changed', {}],
    ['host-key-changed', { pinned: 'SHA256:old', shown: 'none' }],
    ['login-refused', { pinned: 'SHA256:old', shown }],
  ])('is nothing for %s with %j', (code, evidence) => expect(keysOf({ code, evidence })).toBeNull());
});
