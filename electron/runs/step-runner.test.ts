import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { THIS_COMPUTER } from '../../shared/model/host.ts';
import type { Plan } from '../../shared/model/plan.ts';
import { laptop, nas, planOf } from '../../shared/planning/testing/inventories.ts';
import { DirectKeys } from './direct-keys.ts';
import { StepRunner } from './step-runner.ts';

let stateDir: string;
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'sluice-runner-'));
});
afterEach(() => rmSync(stateDir, { recursive: true, force: true }));

/** No stream is under way: it is before the first, or between two. */
function runner(): StepRunner {
  return new StepRunner({
    run: 'r',
    reach: () => Promise.reject(new Error('No host is needed for this')),
    keys: new DirectKeys(stateDir),
    signal: new AbortController().signal,
    onBegin: () => undefined,
    onMeter: () => undefined,
    onCarried: () => undefined,
    remark: () => undefined,
  });
}

const planned: Plan = planOf({ source: laptop(['a', 'b']), destination: nas(['a']) });
const here = { ...planned.request, source: { ...planned.request.source, host: THIS_COMPUTER } };
const telling = planned.steps.map((one) => ({
  ...one,
  commands: one.commands.map((command) => ({ ...command, argv: [...command.argv, '-vP'] })),
}));

test.each<[string, Plan]>([
  ['from host to host', { ...planned, route: 'direct' }],
  ['within a host', { ...planned, route: 'local' }],
  [
    'within this computer, where the send tells how far it is',
    { ...planned, route: 'local', request: here, steps: telling },
  ],
])('between two streams %s no limit is taken that the next would not heed', (_, plan) => {
  const own = runner();
  own.setLimit(1000);
  own.adopt(plan);
  expect(() => own.setLimit(2000)).toThrow('cannot be changed');
  expect(() => own.setLimit(null)).toThrow('cannot be changed');
  // What is set already is no change.
  expect(() => own.setLimit(1000)).not.toThrow();
});

test.each<[string, Plan]>([
  ['through this computer', { ...planned, route: 'relay' }],
  ['within this computer', { ...planned, route: 'local', request: here }],
  ['of none that is left', { ...planned, route: 'direct', steps: [] }],
])('between two streams %s a limit is taken', (_, plan) => {
  const own = runner();
  own.adopt({ ...planned, route: 'direct' });
  own.adopt(plan);
  expect(() => own.setLimit(2000)).not.toThrow();
});
