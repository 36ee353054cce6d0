import { describe, expect, it } from 'vitest';
import { failure } from '../../shared/model/failure.ts';
import { Patience } from './patience.ts';
import { StepFault } from './step-fault.ts';

const fault = (code: string, lineLost = false, kind: 'passing' | 'permanent' = 'passing') =>
  new StepFault(failure({ code, message: 'It failed.', kind }), lineLost);
/** Waits are drawn at their longest. */
const patient = () => new Patience(() => 1);

describe('patience', () => {
  it('has none with what does not pass', () => {
    expect(patient().after(fault('no-space', false, 'permanent'), true)).toBeNull();
    // A fault of Sluice's own: nobody knows what another attempt would do.
    expect(patient().after(new Error('a bug'), true)).toBeNull();
  });

  it('waits twice as long each time until bytes move again', () => {
    const patience = patient();
    const waits = [false, false, false, true, false].map((moved) => patience.after(fault('lost', true), moved));
    expect(waits).toEqual([
      { retry: 1, inMs: 1000 },
      { retry: 2, inMs: 2000 },
      { retry: 3, inMs: 4000 },
      { retry: 1, inMs: 1000 },
      { retry: 2, inMs: 2000 },
    ]);
  });

  it.each([
    ['lost lines', fault('connection-lost', true)],
    ['a destination that is still busy with the last attempt', fault('busy')],
  ])('has no end with %s', (_, thrown) => {
    const patience = patient();
    for (let attempt = 0; attempt < 50; attempt++) expect(patience.after(thrown, false)).not.toBeNull();
  });

  it('ends with the fifth fault in a row that brought nothing, on a line that held', () => {
    const patience = patient();
    const odd = fault('stream-damaged');
    for (let attempt = 1; attempt < 5; attempt++) expect(patience.after(odd, false)).not.toBeNull();
    expect(patience.after(odd, true)).not.toBeNull();
    for (let attempt = 1; attempt < 5; attempt++) expect(patience.after(odd, false)).not.toBeNull();
    expect(patience.after(odd, false)).toBeNull();
  });
});
