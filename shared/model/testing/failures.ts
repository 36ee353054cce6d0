import { SluiceError } from '../failure.ts';

/** The code of what is thrown, null if nothing is. @throws what is no SluiceError */
export function codeOf(act: () => unknown): string | null {
  try {
    act();
    return null;
  } catch (thrown) {
    if (thrown instanceof SluiceError) return thrown.failure.code;
    throw thrown;
  }
}
