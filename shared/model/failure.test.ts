import { expect, it } from 'vitest';
import { FailureSchema, failure, SluiceError, toFailure } from './failure.ts';

it('what is not said is empty, and permanent: nothing is retried by accident', () => {
  expect(failure({ code: 'x', message: 'X.' })).toEqual({
    code: 'x',
    message: 'X.',
    cause: '',
    next: '',
    stderr: { source: '', destination: '' },
    evidence: {},
    kind: 'permanent',
  });
});

it('one end’s stderr does not stand for the other’s', () => {
  expect(failure({ code: 'x', message: 'X.', stderr: { destination: 'no' } }).stderr).toEqual({
    source: '',
    destination: 'no',
  });
});

it('travels in an exception and comes out whole', () => {
  const parts = { code: 'no-space', message: 'Full.', kind: 'passing', evidence: { free: 0 } } as const;
  expect(toFailure(new SluiceError(parts))).toEqual(failure(parts));
});

it.each([new TypeError('x is not a function'), 'a string', undefined])(
  'a fault of our own (%s) is said to be one, with what is known of it',
  (thrown) => {
    const found = toFailure(thrown);
    expect(FailureSchema.safeParse(found).success).toBe(true);
    expect(found).toMatchObject({ code: 'internal', kind: 'permanent' });
    expect(found.cause).toBe(thrown instanceof Error ? thrown.message : String(thrown));
  },
);
