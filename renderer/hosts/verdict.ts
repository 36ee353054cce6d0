/** What a host's checks come to. */
import type { Check } from '../../shared/api/contract.ts';
import type { Tone } from '../ui/Mark.tsx';

const ORDER = ['ok', 'notes', 'warns', 'blocks'] as const satisfies readonly Check['state'][];

/** The most serious state among the checks; `ok` if there are none. */
export function verdict(checks: readonly Check[]): Check['state'] {
  return checks.reduce<Check['state']>(
    (worst, { state }) => (ORDER.indexOf(state) > ORDER.indexOf(worst) ? state : worst),
    'ok',
  );
}

/** Shared by checks and by a plan's findings, which have the same severities. */
export const TONES: Readonly<Record<Check['state'], Tone>> = {
  ok: 'good',
  notes: 'note',
  warns: 'warn',
  blocks: 'bad',
};
