/** Through which hosts one is reached. */
import { SluiceError } from '../../shared/model/failure.ts';
import type { Host } from '../../shared/model/host.ts';

/**
 * The hosts through which one is reached, the nearest to this computer first.
 *
 * @throws SluiceError `jump-unknown`, `jump-circle`
 */
export function wayTo(host: Host, hosts: readonly Host[]): Host[] {
  const way: Host[] = [];
  for (let { jump } = host; jump !== null; jump = way[0]?.jump ?? null) {
    const next = hosts.find((one) => one.name === jump);
    if (next === undefined) {
      throw new SluiceError({
        code: 'jump-unknown',
        message: `${way[0]?.name ?? host.name} is reached through ${jump}, which is not in the host book.`,
        next: `Add ${jump} first, or choose another way.`,
        evidence: { host: host.name, jump },
      });
    }
    if (next === host || way.includes(next)) {
      throw new SluiceError({
        code: 'jump-circle',
        message: `${host.name} would be reached through itself.`,
        cause: [host, ...way.toReversed(), next].map(({ name }) => name).join(' through '),
        next: 'Choose another host to jump through.',
        evidence: { host: host.name },
      });
    }
    way.unshift(next);
  }
  return way;
}
