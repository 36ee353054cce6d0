import { describe, expect, it } from 'vitest';
import type { Host } from '../../shared/model/host.ts';
import { codeOf } from '../../shared/model/testing/failures.ts';
import { sshHost } from '../../shared/model/testing/hosts.ts';
import { withoutAlias } from './by-alias.ts';

const imported = (changes: Partial<Host> = {}): Host => ({ ...sshHost('nas'), sshAlias: 'nas', ...changes });
const elsewhere = { kind: 'ssh', user: 'root', host: '10.0.0.9', port: 22 } as const;
const { address } = imported();

describe('a host of ~/.ssh/config', () => {
  it.each([
    ['another address', { address: elsewhere }],
    ['another key', { identityFile: '/k/other' }],
    ['another way', { jump: 'edge' }],
  ])('that is given %s is no longer called by its name there', (_, changes) => {
    expect(withoutAlias(imported(), changes)).toEqual({ sshAlias: null });
    expect(codeOf(() => withoutAlias(imported({ carrier: 'system' }), changes))).toBe('host-by-alias');
    expect(withoutAlias(imported({ carrier: 'system' }), { ...changes, carrier: 'auto' })).toEqual({ sshAlias: null });
  });

  it('keeps it with what leads to the same place', () => {
    const same = { notes: 'in the cellar', name: 'box', address: { ...address }, identityFile: null, jump: null };
    expect(withoutAlias(imported(), same)).toEqual({});
    expect(withoutAlias(imported({ carrier: 'system' }), same)).toEqual({});
  });

  it('has none to lose if it was added by its address', () => {
    expect(withoutAlias(imported({ sshAlias: null, carrier: 'system' }), { address: elsewhere })).toEqual({});
  });
});
