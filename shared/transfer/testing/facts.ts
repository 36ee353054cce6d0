/** Two hosts that know nothing special, for tests of routes. */
import type { DirectWay } from '../direct.ts';
import type { Helper } from '../helpers.ts';
import type { RouteFacts } from '../route.ts';
import type { StageTools } from '../stages.ts';

export const way: DirectWay = {
  user: 'root',
  address: '10.0.0.7',
  port: 22,
  hostKey: { type: 'ssh-ed25519', blob: 'AAAA' },
  knownHostsCommand: true,
};

/** @param helpers that both hosts have */
export const tools = (helpers: readonly Helper[] = [], changes: Partial<StageTools> = {}): StageTools => ({
  tells: true,
  elevated: false,
  source: new Set(helpers),
  destination: new Set(helpers),
  ...changes,
});

export const facts = (changes: Partial<RouteFacts> = {}): RouteFacts => ({
  sameHost: false,
  here: 'none',
  practice: false,
  tools: tools(),
  way: null,
  tried: [],
  samples: null,
  directBefore: null,
  ...changes,
});
