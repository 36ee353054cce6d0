import { ORPCError } from '@orpc/client';
import { afterEach, describe, expect, it } from 'vitest';
import { failure } from '../../shared/model/failure.ts';
import { CONNECTION_LOST, failureOf, failureOfAction } from './failure-of.ts';
import { setConnection } from './state.ts';

describe('what a call threw', () => {
  afterEach(() => setConnection({ kind: 'connecting' }));

  it('while the line is down says of a question that it is asked again, and of an action that it is not', () => {
    setConnection({ kind: 'reconnecting', attempt: 1 });
    const gone = new Error('gone');
    expect(failureOf(gone)).toMatchObject({ code: CONNECTION_LOST, kind: 'passing' });
    expect(failureOf(gone).next).toMatch(/asks again/);
    expect(failureOfAction(gone)).toMatchObject({ code: CONNECTION_LOST, kind: 'passing' });
    expect(failureOfAction(gone).next).toMatch(/may or may not have been done/);
  });

  it('is what the main process says it is', () => {
    setConnection({ kind: 'open' });
    const said = failure({ code: 'connection-lost', message: 'The host is gone.' });
    const thrown = new ORPCError('SLUICE', { data: said });
    expect(failureOfAction(thrown)).toEqual(said);
    expect(failureOf(new Error('odd'))).toMatchObject({ code: 'internal', cause: 'odd' });
  });
});
