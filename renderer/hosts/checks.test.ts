import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Check, HostReport } from '../../shared/api/contract.ts';
import { setConnection, useConnection } from '../connection/state.ts';

const { check, list } = vi.hoisted(() => ({ check: vi.fn(), list: vi.fn() }));
vi.mock('../connection/client.ts', () => ({ sluice: { hosts: { check, list } } }));
const kept = new Map<string, string>();
vi.stubGlobal('sessionStorage', {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
});
const { checkHost, forgetCheck, useChecks } = await import('./checks.ts');

const fine: Check = { code: 'ssh', state: 'ok', title: 'It is reached.', detail: '', evidence: {}, fixes: [] };
const report: HostReport = { checks: [fine], zfs: null, at: '2026-11-22T00:00:00.000Z' };
async function* telling(told: HostReport) {
  yield { event: 'report', report: told };
}
async function* losing() {
  yield { event: 'check', check: { ...fine, state: 'blocks' } };
  setConnection({ kind: 'reconnecting', attempt: 1 });
  throw new Error('gone');
}
const untilLost = async () => {
  await vi.waitFor(() => expect(useConnection.getState().state.kind).toBe('reconnecting'));
  await new Promise((resolve) => setTimeout(resolve));
};
const shown = () => useChecks.getState().byHost.nas;

describe('a check of a host', () => {
  beforeEach(() => {
    setConnection({ kind: 'open' });
    vi.clearAllMocks();
    list.mockResolvedValue([]);
    forgetCheck('nas');
  });

  it('has the host book read again once it ended, since it may have pinned a key', async () => {
    check.mockResolvedValueOnce(telling(report));
    await checkHost('nas');
    expect(shown()).toMatchObject({ isChecking: false, checks: [fine], failure: null });
    expect(list).toHaveBeenCalledOnce();
  });

  it('keeps the report before it while the window has no line, and is made anew on the next one', async () => {
    check.mockResolvedValueOnce(telling(report));
    await checkHost('nas');
    const before = shown();
    check.mockResolvedValueOnce(losing());
    const checked = checkHost('nas');
    await untilLost();
    expect(shown()).toEqual({ ...before, isChecking: true });
    const other = { ...report, checks: [] };
    check.mockResolvedValueOnce(telling(other));
    setConnection({ kind: 'open' });
    await checked;
    expect(shown()).toMatchObject({ isChecking: false, checks: [], failure: null });
  });

  it('is not made anew of a host that was forgotten meanwhile', async () => {
    check.mockResolvedValueOnce(losing());
    const checked = checkHost('nas');
    await untilLost();
    forgetCheck('nas');
    setConnection({ kind: 'open' });
    await checked;
    expect(check).toHaveBeenCalledOnce();
    expect(shown()).toBeUndefined();
  });

  it('tells what the host failed with', async () => {
    check.mockRejectedValueOnce(new Error('odd'));
    await checkHost('nas');
    expect(shown()).toMatchObject({ isChecking: false, checks: [], failure: { code: 'internal' } });
  });
});
