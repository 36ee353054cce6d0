import { WIZARD_STEPS, type WizardStep } from '../app/route.ts';

/** A step is open once all that comes before it is chosen. @param missing the first step that needs a choice */
export function isOpen(step: WizardStep, missing: WizardStep | null): boolean {
  return missing === null || WIZARD_STEPS.indexOf(step) <= WIZARD_STEPS.indexOf(missing);
}
