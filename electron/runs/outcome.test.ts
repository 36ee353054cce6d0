import { describe, expect, it } from 'vitest';
import type { Finding, Plan } from '../../shared/model/plan.ts';
import { emptyNas, laptop, planOf } from '../../shared/planning/testing/inventories.ts';
import { type Account, concluded, whyBlocked } from './outcome.ts';
import type { Proof } from './prove.ts';

const plan = planOf({ source: laptop(['a']), destination: emptyNas() });
const finding = (code: string, severity: Finding['severity'] = 'blocks'): Finding => ({
  code,
  severity,
  dataset: null,
  message: `This is ${code}.`,
  evidence: { tried: ['192.0.2.7'] },
  fixes: [],
});
const planWith = (...findings: Finding[]): Plan => ({ ...plan, findings });

describe('a plan that is not ready', () => {
  it('says the first finding that blocks', () => {
    expect(whyBlocked(planWith(finding('old', 'warns'), finding('no-space')))).toMatchObject({
      code: 'no-space',
      message: 'This is no-space.',
      evidence: { tried: ['192.0.2.7'] },
      kind: 'permanent',
    });
  });

  it('passes if the source only does not reach the destination', () => {
    expect(whyBlocked(planWith(finding('route-not-direct'))).kind).toBe('passing');
    expect(whyBlocked(planWith(finding('route-not-direct'), finding('no-space'))).kind).toBe('permanent');
  });
});

describe('a plan that was carried out', () => {
  const end = { host: 'laptop', dataset: 'tank/home', zfs: 'OpenZFS 2.3.9' };
  const proof = (equal: boolean): Proof => ({
    snapshots: [{ name: 'tank/home@a', sourceGuid: '1', destinationGuid: equal ? '1' : null, equal }],
    checks: [{ code: 'guids', holds: equal, sentence: equal ? 'All there.' : 'One is not there.' }],
    proved: equal,
    source: end,
    destination: end,
  });
  const account: Account = {
    run: '20261122-000000-abcd',
    begunAt: '2026-11-22T00:00:00.000Z',
    sent: { bytes: 3000, ms: 1500 },
    interruptions: 2,
    commands: [],
    remarks: [],
  };

  it('is done with a receipt if all is there', () => {
    expect(concluded(proof(true), [], account)).toMatchObject({
      status: 'done',
      receipt: { proved: true, bytes: 3000, meanBytesPerSecond: 2000, interruptions: 2 },
      error: null,
    });
  });

  it('failed if a copy of it is missing, although no stream was to bring anything there', () => {
    const check = { code: 'no-partial', holds: false, sentence: 'backup/p/a does not exist.' };
    const missing = { ...proof(true), checks: [...proof(true).checks, check], proved: false };
    expect(concluded(missing, [], account)).toMatchObject({
      status: 'failed',
      error: { code: 'not-proved', cause: 'backup/p/a does not exist.' },
    });
    const changed = { ...proof(true), checks: [{ ...check, code: 'property-canmount' }], proved: false };
    expect(concluded(changed, [], account).status).toBe('done');
  });

  it('failed if the tools said yes but the snapshot is not there', () => {
    expect(concluded(proof(false), [], account)).toMatchObject({
      status: 'failed',
      receipt: { proved: false },
      error: { code: 'not-proved', cause: 'One is not there.' },
    });
  });

  it('failed with the first failure of a member that was left out', () => {
    const failure = whyBlocked(planWith(finding('no-space')));
    expect(concluded(proof(true), [failure], account)).toMatchObject({
      status: 'failed',
      receipt: { proved: true },
      error: { code: 'no-space' },
    });
  });
});
