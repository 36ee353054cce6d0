/** How a step ends that does not do what it was to do. */
import { type Failure, SluiceError } from '../../shared/model/failure.ts';

/** A step that failed; whether trying again is of use is in its failure's `kind`. */
export class StepFault extends SluiceError {
  readonly lineLost: boolean;

  constructor(reason: Failure, lineLost: boolean) {
    super(reason);
    this.lineLost = lineLost;
  }
}

/** Ends a step that was told to stop; the run knows why. */
export class Stopped extends Error {}
