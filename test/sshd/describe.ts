import { describe } from 'vitest';
import { sshdUnavailableReason } from './sshd.ts';

/** `describe` for tests that need a real OpenSSH server; where there is none they are skipped, and one line says so. */
export function describeWithSshd(name: string, tests: () => void): void {
  const reason = sshdUnavailableReason();
  if (reason !== null) console.warn(`Skipped “${name}”: ${reason}.`);
  describe.skipIf(reason !== null)(name, tests);
}
