/** How bytes travel, decided from what is known of both ends. Pure; `stages.ts` then has what a plan looks like on that route. */
import { spokenBytes, spokenRate } from '../model/bytes.ts';
import type { Finding, Plan } from '../model/plan.ts';
import { assertNever } from '../model/result.ts';
import { blocks, notes } from '../planning/findings.ts';
import type { DirectWay } from './direct.ts';
import type { Sample } from './packing.ts';
import type { StageTools } from './stages.ts';

export interface RouteFacts {
  /** Both ends are one machine, and its one login may do what both need. */
  readonly sameHost: boolean;
  /** One end is this computer, or both are. */
  readonly here: 'both' | 'one' | 'none';
  /** A practice host has no ssh and no pipes of its own. */
  readonly practice: boolean;
  readonly tools: StageTools;
  /** How the source reaches the destination; null: it does not, or nobody asked. */
  readonly way: DirectWay | null;
  /** Why there is no direct route, one sentence for each address tried. */
  readonly tried: readonly string[];
  /** How fast the beginning of the stream came through this computer, and compressed; null: not measured. */
  readonly samples: readonly Sample[] | null;
  /** How fast the direct route was when it was last taken between these hosts, bytes per second; null: never, or not long enough. */
  readonly directBefore: number | null;
}

export interface RouteChoice {
  readonly route: Plan['route'];
  /** One sentence for the review page: which route, and why. */
  readonly sentence: string;
  readonly findings: readonly Finding[];
}

/**
 * Bytes from which the direct route is worth its three further logins, which take some seconds: the time in which a gigabit line
 * carries some 300 MB.
 */
export const DIRECT_FROM = 1024 ** 3;

type Asked = Pick<Plan['request'], 'route' | 'limit'>;

/** True if it has to be found out whether the source reaches the destination. */
export const wantsDirect = (asked: Asked, bytes: number | null, here: RouteFacts['here']): boolean =>
  here === 'none' && (asked.route === 'direct' || (asked.route === 'auto' && (bytes ?? 0) >= DIRECT_FROM));

const chosen = (route: Plan['route'], sentence: string, ...findings: Finding[]): RouteChoice => ({
  route,
  sentence,
  findings,
});

const byRelay = { label: 'Relay through this computer', detail: 'This always works.', destructive: false };
const withoutLimit = {
  label: 'Send without a limit',
  detail: 'The stream then uses all available bandwidth.',
  destructive: false,
};

const canLimit = ({ source }: StageTools): boolean => source.has('pv') || source.has('mbuffer');

const limitNeedsPv = (route: string): Finding =>
  blocks('limit-needs-pv', {
    message: `On the ${route} route the bytes do not come through this computer, and the source has neither pv nor mbuffer that could limit them.`,
    fixes: [
      { ...byRelay, change: { route: 'relay' } },
      { ...withoutLimit, change: { limit: null } },
    ],
  });

/**
 * @param bytes the estimate; null: unknown
 * @returns for a route that was asked for and does not work, that route with a finding that blocks
 */
export function decideRoute(asked: Asked, bytes: number | null, facts: RouteFacts): RouteChoice {
  const limitFails = asked.limit !== null && !canLimit(facts.tools) && facts.here !== 'both';
  switch (asked.route) {
    case 'relay':
      return chosen('relay', 'Relay: the bytes go through this computer, as asked.');
    case 'local':
      return askedLocal(facts, limitFails);
    case 'direct':
      return askedDirect(facts, limitFails);
    case 'auto':
      return automatic(bytes, facts, limitFails);
    default:
      return assertNever(asked.route);
  }
}

/** The direct route spares this computer's network, so the relay has to be clearly faster. */
const CLEARLY = 1.25;

/** Both work. The direct way cannot be measured before something is written at the destination; what it did last time can be known. */
function fasterOf({ samples, directBefore }: RouteFacts): RouteChoice {
  const relay = samples?.find(({ compressor }) => compressor === null)?.rate ?? null;
  if (relay !== null && directBefore !== null && relay > directBefore * CLEARLY)
    return chosen(
      'relay',
      `Relay: a sample came through this computer at ${spokenRate(relay)}; the direct route ran at ${spokenRate(directBefore)} last time.`,
    );
  const compared = [
    ...(directBefore === null ? [] : [`it ran at ${spokenRate(directBefore)} last time`]),
    ...(relay === null ? [] : [`a sample came through here at ${spokenRate(relay)}`]),
  ].join(', ');
  return chosen(
    'direct',
    `Direct: the source reaches the destination itself, which spares this computer’s network${compared === '' ? '' : ` (${compared})`}.`,
  );
}

function askedLocal(facts: RouteFacts, limitFails: boolean): RouteChoice {
  const sentence = 'Local: the bytes stay on the host that holds both ends.';
  if (facts.practice || !facts.sameHost)
    return chosen(
      'local',
      sentence,
      blocks('route-not-local', {
        message: facts.practice
          ? 'A practice host has no pipes of its own; its bytes come through Sluice.'
          : 'The two ends are not one machine reached with one login, so the bytes have to travel.',
        fixes: [{ ...byRelay, change: { route: 'relay' } }],
      }),
    );
  return chosen('local', sentence, ...(limitFails ? [limitNeedsPv('local')] : []));
}

function askedDirect(facts: RouteFacts, limitFails: boolean): RouteChoice {
  if (facts.here !== 'none')
    return chosen(
      'relay',
      'Relay: one end is this computer, so the bytes go straight to the other one anyway.',
      notes('route-direct-is-relay', { message: 'One end is this computer: there is no shorter way than from here.' }),
    );
  const sentence = 'Direct: the source sends straight to the destination, with a key for this run only.';
  if (facts.way === null)
    return chosen(
      'direct',
      sentence,
      blocks('route-not-direct', {
        message: `The source does not reach the destination. ${facts.tried.join(' ')}`.trim(),
        evidence: { tried: facts.tried },
        fixes: [{ ...byRelay, change: { route: 'relay' } }],
      }),
    );
  return chosen('direct', sentence, ...(limitFails ? [limitNeedsPv('direct')] : []));
}

function automatic(bytes: number | null, facts: RouteFacts, limitFails: boolean): RouteChoice {
  if (facts.sameHost && !facts.practice && !limitFails)
    return chosen('local', 'Local: both ends are one machine, so the bytes stay there.');
  if (facts.here !== 'none') return chosen('relay', 'Relay: one end is this computer, so there is no shorter way.');
  if (limitFails)
    return chosen('relay', 'Relay: the stream can only be limited here; the source has neither pv nor mbuffer.');
  if (facts.way !== null) return fasterOf(facts);
  if ((bytes ?? 0) >= DIRECT_FROM)
    return chosen('relay', `Relay: the source does not reach the destination. ${facts.tried.join(' ')}`.trim());
  return chosen('relay', `Relay: below ${spokenBytes(DIRECT_FROM)} a direct route is not worth setting up.`);
}
