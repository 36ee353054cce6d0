/** How bytes travel, decided from what is known of both ends; and what a plan looks like on that route. Pure. */
import { spokenBytes } from '../model/bytes.ts';
import type { Command, Finding, Plan, Step } from '../model/plan.ts';
import { assertNever } from '../model/result.ts';
import { blocks, notes } from '../planning/findings.ts';
import { step } from '../planning/step.ts';
import { authorize, type DirectWay, directSsh, keyMark, revoke } from './direct.ts';

/** What the machine of the sends can do for a pipe that does not lead through this computer. */
export interface PipeTools {
  /** `zfs send -vP` tells how far it is, once a second. */
  readonly tells: boolean;
  /** `pv` is there: it counts and limits. */
  readonly pv: boolean;
  /** The send or the receive runs with elevation. */
  readonly elevated: boolean;
}

export interface RouteFacts {
  /** Both ends are one machine, and its one login may do what both need. */
  readonly sameHost: boolean;
  /** One end is this computer, or both are. */
  readonly here: 'both' | 'one' | 'none';
  /** A practice host has no ssh and no pipes of its own. */
  readonly practice: boolean;
  readonly tools: PipeTools;
  /** How the source reaches the destination; null: it does not, or nobody asked. */
  readonly way: DirectWay | null;
  /** Why there is no way, one sentence for each address that was tried. */
  readonly tried: readonly string[];
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

const byRelay = { label: 'Let the bytes go through this computer', detail: 'This always works.', destructive: false };
const withoutLimit = {
  label: 'Send without a limit',
  detail: 'The stream then takes all the line has.',
  destructive: false,
};

const limitNeedsPv = (route: string): Finding =>
  blocks('limit-needs-pv', {
    message: `On the ${route} route the bytes do not come through this computer, and the source has no pv that could limit them.`,
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
  const limitFails = asked.limit !== null && !facts.tools.pv && facts.here !== 'both';
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
  if (limitFails) return chosen('relay', 'Relay: only here can the stream be limited; the source has no pv.');
  if (facts.way !== null)
    return chosen('direct', 'Direct: the source reaches the destination itself, which spares this computer’s line.');
  if ((bytes ?? 0) >= DIRECT_FROM)
    return chosen('relay', `Relay: the source does not reach the destination. ${facts.tried.join(' ')}`.trim());
  return chosen('relay', `Relay: below ${spokenBytes(DIRECT_FROM)} a direct way is not worth setting up.`);
}

/** Between send and receive: what limits, counts, or can be ended by a user whom root's processes do not heed. */
function between(tools: PipeTools, limit: number | null, place: string, needsOwn: boolean): Command[] {
  const rate = limit === null ? [] : ['-L', String(Math.floor(limit))];
  if (tools.pv && !tools.tells) return [{ host: place, argv: ['pv', '-n', '-b', '-i', '1', ...rate] }];
  if (tools.pv && limit !== null) return [{ host: place, argv: ['pv', '-q', ...rate] }];
  return needsOwn && tools.elevated ? [{ host: place, argv: ['cat'] }] : [];
}

/** `zfs send …` as `zfs send -vP …`. */
function telling(send: Command, tools: PipeTools): Command {
  const at = send.argv.indexOf('send');
  return tools.tells && at > 0 ? { ...send, argv: send.argv.toSpliced(at + 1, 0, '-vP') } : send;
}

function onRoute(plan: Plan, one: Step, choice: RouteChoice, facts: RouteFacts): Step[] {
  const [send, receive] = one.commands;
  if (one.kind !== 'send-receive' || send === undefined || receive === undefined) return [one];
  const { tools, way } = facts;
  const { limit } = plan.request;
  if (choice.route === 'local') {
    const middle = between(tools, limit, send.host, true);
    return [{ ...one, commands: [telling(send, tools), ...middle, receive] }];
  }
  if (way === null) return [one];
  const mark = keyMark(send.host, one.copy ?? plan.target);
  const ssh: Command = { host: send.host, argv: directSsh(way) };
  const about = { host: receive.host, copy: one.copy };
  return [
    step({
      ...about,
      kind: 'authorize',
      title: `Let ${send.host} in at ${receive.host} with a fresh key, for this one receive`,
      commands: [authorize(receive.host, receive.argv, mark)],
    }),
    { ...one, commands: [telling(send, tools), ...between(tools, limit, send.host, false), ssh, receive] },
    step({
      ...about,
      kind: 'revoke',
      title: `Take that key out at ${receive.host} again`,
      commands: [revoke(receive.host, mark)],
      essential: false,
    }),
  ];
}

/** The plan on the chosen route. This computer's own pipes lead through Sluice where that is what counts or limits them. */
export function onRouteOf<P extends Plan>(plan: P, choice: RouteChoice, facts: RouteFacts): P {
  const findings = [...plan.findings, ...choice.findings];
  const throughSluice =
    choice.route === 'relay' ||
    (facts.here === 'both' && (plan.request.limit !== null || !facts.tools.tells)) ||
    choice.findings.some(({ severity }) => severity === 'blocks');
  return {
    ...plan,
    route: choice.route,
    ready: plan.ready && !choice.findings.some(({ severity }) => severity === 'blocks'),
    findings,
    choices: [...plan.choices, choice.sentence],
    steps: throughSluice ? plan.steps : plan.steps.flatMap((one) => onRoute(plan, one, choice, facts)),
  };
}
