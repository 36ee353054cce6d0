/** What a plan does to each host, sorted by what it means to the person: created, changed, deleted. Pure. */
import type { Loss, Plan, Step } from '../../shared/model/plan.ts';

export interface Effects {
  readonly host: string;
  readonly creates: readonly string[];
  readonly changes: readonly string[];
  readonly deletes: readonly Loss[];
}

type Meaning = 'creates' | 'changes' | 'none';

const MEANING: Readonly<Record<Step['kind'], Meaning>> = {
  snapshot: 'creates',
  'create-parent': 'creates',
  'send-receive': 'creates',
  bookmark: 'creates',
  hold: 'changes',
  release: 'changes',
  'set-property': 'changes',
  'set-aside': 'changes',
  authorize: 'changes',
  revoke: 'none',
  // What these two delete is told loss by loss.
  'roll-back': 'changes',
  'discard-partial': 'none',
  verify: 'none',
};

/** Source first, destination second; one entry where both are the same host. */
export function effectsOf(plan: Plan): Effects[] {
  const { source, destination } = plan.request;
  const hosts = [...new Set([source.host, destination.host])];
  return hosts.map((host) => {
    const titles = (meaning: Meaning) =>
      plan.steps.filter((step) => step.host === host && MEANING[step.kind] === meaning).map(({ title }) => title);
    return {
      host,
      creates: titles('creates'),
      changes: titles('changes'),
      deletes: host === destination.host ? plan.losses : [],
    };
  });
}

/** What the person is told first. */
export function outcomeOf(plan: Plan): 'blocked' | 'nothing' | 'losses' | 'ready' {
  if (!plan.ready) return 'blocked';
  if (plan.losses.length > 0) return 'losses';
  return plan.streams.length === 0 ? 'nothing' : 'ready';
}
