/** Builders of findings. */
import type { Finding, Fix } from '../model/plan.ts';

interface Said {
  readonly message: string;
  readonly evidence?: Record<string, unknown>;
  readonly fixes?: readonly Fix[];
  readonly dataset?: Finding['dataset'];
}

const finding =
  (severity: Finding['severity']) =>
  (code: string, said: Said): Finding => ({
    code,
    severity,
    dataset: said.dataset ?? null,
    message: said.message,
    evidence: said.evidence ?? {},
    fixes: [...(said.fixes ?? [])],
  });

export const blocks = finding('blocks');
export const warns = finding('warns');
export const notes = finding('notes');

/** Tells a finding from what was looked for. */
export const isFinding = (found: object): found is Finding => 'severity' in found;

/** Such a finding stands against the plan until it is answered. */
export const isBlocking = ({ severity }: Pick<Finding, 'severity'>): boolean => severity === 'blocks';
