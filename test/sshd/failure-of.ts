/** What an attempt that must fail says, and a fingerprint that no host has. */
import { type Failure, SluiceError } from '../../shared/model/failure.ts';

export const NOBODYS_KEY = `SHA256:${'A'.repeat(43)}`;

/** @throws what is no SluiceError; an Error if the attempt worked */
export async function failureOf(attempt: Promise<unknown>): Promise<Failure> {
  const error = await attempt.then(
    () => new Error('it worked'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof SluiceError) return error.failure;
  throw error;
}
