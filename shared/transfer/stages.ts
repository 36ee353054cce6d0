/** What a plan looks like on its route: which commands stand between a send and its receive, and on which host. Pure. */
import type { Command, Plan, Step } from '../model/plan.ts';
import { addFindings } from '../planning/assemble.ts';
import { isBlocking } from '../planning/findings.ts';
import { step } from '../planning/step.ts';
import { authorize, type DirectWay, directSsh, keyMark, revoke } from './direct.ts';
import { buffer, count, type Helpers, pack, slowDown, unpack } from './helpers.ts';
import type { Packing } from './packing.ts';
import type { RouteChoice, RouteFacts } from './route.ts';

/** What the two hosts can do for a stream on its way. */
export interface StageTools {
  /** `zfs send -vP` tells how far it is, once a second. */
  readonly tells: boolean;
  /** The send or the receive runs with elevation. */
  readonly elevated: boolean;
  readonly source: Helpers;
  readonly destination: Helpers;
}

/** The bytes of the stream are told by its send, or counted by `pv`. */
export const countable = ({ tells, source }: StageTools): boolean => tells || source.has('pv');

/** What limits, counts, or can be ended by a user whom root's processes do not heed, in a pipe that stays on one host. */
function between({ tells, source, elevated }: StageTools, limit: number | null): string[][] {
  const counts = source.has('pv') && !tells ? [[...count]] : [];
  const limits = limit === null ? [] : [slowing(source, limit)];
  const all = [...counts, ...limits];
  return all.length === 0 && elevated ? [['cat']] : all;
}

const slowing = (host: Helpers, limit: number): string[] => (host.has('pv') ? slowDown(limit) : buffer(limit));

/** `zfs send …` as `zfs send -vP …`. */
function telling(send: Command): Command {
  const at = send.argv.indexOf('send');
  return at > 0 ? { ...send, argv: send.argv.toSpliced(at + 1, 0, '-vP') } : send;
}

interface Ways {
  readonly tools: StageTools;
  readonly packing: Packing;
}

/** What follows the send on its host. @param limit null where the bytes are held back elsewhere, too */
function afterSend({ tools, packing }: Ways, counts: boolean, limit: number | null): string[][] {
  const { source, tells } = tools;
  const buffers = packing.buffers && source.has('mbuffer');
  return [
    ...(counts && !tells && source.has('pv') ? [[...count]] : []),
    ...(packing.compressor === null ? [] : [pack(packing.compressor)]),
    ...(limit !== null && source.has('pv') ? [slowDown(limit)] : []),
    ...(buffers || (limit !== null && !source.has('pv')) ? [buffer(source.has('pv') ? null : limit)] : []),
  ];
}

/** What precedes the receive on its host. */
const beforeReceive = ({ tools, packing }: Ways): string[][] => [
  ...(packing.buffers && tools.destination.has('mbuffer') ? [buffer(null)] : []),
  ...(packing.compressor === null ? [] : [unpack(packing.compressor)]),
];

const at = (host: string, argvs: readonly string[][]): Command[] => argvs.map((argv) => ({ host, argv }));

function relayed(one: Step, send: Command, receive: Command, ways: Ways): Step {
  // What Sluice carries it can count, unless it is compressed.
  const counts = ways.packing.compressor !== null;
  const first = counts && ways.tools.tells ? telling(send) : send;
  const sent = at(send.host, afterSend(ways, counts, null));
  return { ...one, commands: [first, ...sent, ...at(receive.host, beforeReceive(ways)), receive] };
}

function direct(plan: Plan, one: Step, send: Command, receive: Command, ways: Ways, way: DirectWay): Step[] {
  const mark = keyMark(send.host, one.copy ?? plan.target);
  const first = ways.tools.tells ? telling(send) : send;
  const sent = at(send.host, [...afterSend(ways, true, plan.request.limit), directSsh(way)]);
  const received = [...at(receive.host, beforeReceive(ways)), receive];
  const about = { host: receive.host, copy: one.copy };
  return [
    step({
      ...about,
      kind: 'authorize',
      title: `Let ${send.host} in at ${receive.host} with a fresh key, for this one receive`,
      commands: [
        authorize(
          receive.host,
          received.map(({ argv }) => argv),
          mark,
        ),
      ],
    }),
    { ...one, commands: [first, ...sent, ...received] },
    step({
      ...about,
      kind: 'revoke',
      title: `Remove that key at ${receive.host} again`,
      commands: [revoke(receive.host, mark)],
      essential: false,
    }),
  ];
}

function onRoute(plan: Plan, one: Step, facts: RouteFacts, ways: Ways, throughSluice: boolean): Step[] {
  const [send, receive] = one.commands;
  if (one.kind !== 'send-receive' || send === undefined || receive === undefined) return [one];
  // Between a host and itself there is no line that anything could be done for.
  if (throughSluice) return [send.host === receive.host ? one : relayed(one, send, receive, ways)];
  if (plan.route === 'direct') return facts.way === null ? [one] : direct(plan, one, send, receive, ways, facts.way);
  const first = facts.tools.tells ? telling(send) : send;
  const middle = at(send.host, between(facts.tools, plan.request.limit));
  return [{ ...one, commands: [first, ...middle, receive] }];
}

/** The plan on the chosen route. This computer's own pipes lead through Sluice where that is what counts or limits them. */
export function onRouteOf<P extends Plan>(plan: P, choice: RouteChoice, facts: RouteFacts, packing: Packing): P {
  const added = [...choice.findings, ...packing.findings];
  const blocked = added.some(isBlocking);
  const throughSluice =
    choice.route === 'relay' || (facts.here === 'both' && (plan.request.limit !== null || !facts.tools.tells));
  const routed = { ...addFindings(plan, added), route: choice.route };
  const ways = { tools: facts.tools, packing };
  return {
    ...routed,
    travel: [choice.sentence, ...(packing.sentence === null ? [] : [packing.sentence])],
    steps: blocked ? plan.steps : plan.steps.flatMap((one) => onRoute(routed, one, facts, ways, throughSluice)),
  };
}

/**
 * True if the bytes of a `send-receive` step pass Sluice by: what limits them stands in its commands, and stays as it is. This
 * computer's own pipe leads through a thread of Sluice unless its send tells how far it is: that counts and limits.
 */
export const passesBy = (one: Pick<Step, 'commands'>, route: Plan['route'], sourceIsHere: boolean): boolean =>
  route === 'direct' || (route === 'local' && (!sourceIsHere || (one.commands[0]?.argv.includes('-vP') ?? false)));

/** The commands of a `send-receive` step by the host they run on: the send and what follows it, and what leads to the receive. */
export function endsOf(one: Pick<Step, 'commands'>): {
  readonly source: readonly Command[];
  readonly destination: readonly Command[];
} {
  const [send] = one.commands;
  const last = one.commands.length - 1;
  const first = one.commands.findIndex(({ host }, index) => index === last || host !== send?.host);
  return { source: one.commands.slice(0, first), destination: one.commands.slice(first) };
}

/** True if what runs at the source tells on its stderr how much of the stream is through. */
export const tellsProgress = (source: readonly Command[]): boolean =>
  source.some(({ argv }) => argv.includes('-vP') || (argv[0] === count[0] && argv[1] === count[1]));
