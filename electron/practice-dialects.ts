/** `--practice-dialect HOST=ZFS`, of the window and of the command line. */
import {
  type PracticeDialect,
  PracticeDialectSchema,
  type PracticeName,
  PracticeNameSchema,
} from '../shared/model/practice.ts';
import type { Result } from '../shared/model/result.ts';

/**
 * @param given such as `laptop=solaris-11.4`; of two for one host the later counts
 * @returns what is wrong, in one sentence, if a host or a ZFS is not known
 */
export function parsePracticeDialects(
  given: readonly string[],
): Result<Partial<Record<PracticeName, PracticeDialect>>, string> {
  const dialects: Partial<Record<PracticeName, PracticeDialect>> = {};
  for (const one of given) {
    const cut = one.indexOf('=');
    const host = PracticeNameSchema.safeParse(one.slice(0, Math.max(cut, 0)));
    const dialect = PracticeDialectSchema.safeParse(one.slice(cut + 1));
    if (!host.success || !dialect.success) {
      const hosts = PracticeNameSchema.options.join(', ');
      const known = PracticeDialectSchema.options.join(', ');
      return {
        ok: false,
        error: `--practice-dialect takes HOST=ZFS with a host of ${hosts} and a ZFS of ${known}, not "${one}"`,
      };
    }
    dialects[host.data] = dialect.data;
  }
  return { ok: true, value: dialects };
}
