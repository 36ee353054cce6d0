import { describe, expect, it } from 'vitest';
import type { Check } from '../../shared/api/contract.ts';
import { verdict } from './verdict.ts';

const check = (state: Check['state']): Check => ({
  code: state,
  state,
  title: state,
  detail: '',
  evidence: {},
  fixes: [],
});

describe('verdict', () => {
  it('is the most serious state', () => {
    expect(verdict([check('notes'), check('warns'), check('ok')])).toBe('warns');
    expect(verdict([check('blocks'), check('warns')])).toBe('blocks');
  });
  it('is fine where nothing was found', () => expect(verdict([])).toBe('ok'));
});
