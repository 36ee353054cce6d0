/** Two runs never send into one copy at once: ZFS would refuse the second half-way, or it would wait forever. */
import { SluiceError } from '../../shared/model/failure.ts';
import type { Plan } from '../../shared/model/plan.ts';

/** What another run is carrying out. */
export interface Occupied {
  readonly run: string;
  readonly plan: Pick<Plan, 'members' | 'request'>;
}

/** @throws SluiceError `target-in-use` if one of the plan's copies is another run's at this moment */
export function refuseSharedTarget(plan: Pick<Plan, 'members' | 'request'>, others: readonly Occupied[]): void {
  const host = (one: Pick<Plan, 'request'>) => one.request.destination.host;
  const copies = new Set(plan.members.map(({ copy }) => copy));
  for (const other of others) {
    const shared = host(other.plan) === host(plan) && other.plan.members.find(({ copy }) => copies.has(copy));
    if (!shared) continue;
    throw new SluiceError({
      code: 'target-in-use',
      message: `Run ${other.run} is sending streams into ${shared.copy} on ${host(plan)} right now.`,
      next: 'Wait until it has ended or cancel it; then plan again.',
      evidence: { run: other.run, copy: shared.copy },
    });
  }
}
