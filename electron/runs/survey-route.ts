/** Finds out, without writing anything anywhere, which routes there are between two hosts. */
import { isIP } from 'node:net';
import type { Plan } from '../../shared/model/plan.ts';
import {
  type DirectWay,
  hasKnownHostsCommand,
  readScan,
  SCANNED_TYPES,
  scanKeys,
} from '../../shared/transfer/direct.ts';
import { askHelpers, type Helpers, readHelpers } from '../../shared/transfer/helpers.ts';
import { compressorsOf, MEASURE_FROM } from '../../shared/transfer/packing.ts';
import { type RouteFacts, wantsDirect } from '../../shared/transfer/route.ts';
import { countable } from '../../shared/transfer/stages.ts';
import type { Reached } from '../hosts/reached.ts';
import { collectAll } from '../ssh/collect-all.ts';
import { fingerprintOf } from '../ssh/host-key.ts';
import type { Shell } from '../ssh/shell.ts';
import type { ListedEnds } from './read-ends.ts';
import { sampleOf } from './sample-stream.ts';

interface Machine {
  /** Linux's identity of this boot; null elsewhere. */
  readonly boot: string | null;
  readonly user: string;
  /** `client-address client-port server-address server-port`; null for this computer. */
  readonly connection: readonly string[] | null;
  /** What `ssh -V` says; null where there is no ssh. */
  readonly ssh: string | null;
  readonly helpers: Helpers;
}

const QUESTIONS = [
  ['cat', '/proc/sys/kernel/random/boot_id'],
  ['id', '-un'],
  ['sh', '-c', 'echo "$SSH_CONNECTION"'],
  ['ssh', '-V'],
  askHelpers,
];

/** What a connection's host was found to be is remembered as long as the connection lives. */
const known = new WeakMap<Shell, Promise<Machine>>();

function machineOf({ shell }: Reached): Promise<Machine> {
  const before = known.get(shell);
  if (before !== undefined) return before;
  const asking = askMachine(shell);
  known.set(shell, asking);
  asking.catch(() => known.delete(shell));
  return asking;
}

async function askMachine(shell: Shell): Promise<Machine> {
  const [boot, user, connection, ssh, helpers] = (await collectAll(shell, QUESTIONS)).parts;
  const fields = connection?.stdout.trim().split(' ') ?? [];
  return {
    boot: boot?.status === 0 ? boot.stdout.trim() : null,
    user: user?.stdout.trim() ?? '',
    connection: fields.length === 4 ? fields : null,
    ssh: ssh?.status === 0 ? `${ssh.stderr}${ssh.stdout}`.trim() : null,
    helpers: readHelpers(helpers?.stdout ?? ''),
  };
}

/** Without a pool in common the ends are two machines; with one, they may be one under two names of the book. */
function shareAPool({ source, destination }: ListedEnds): boolean {
  const guids = new Set(source.pools.map(({ guid }) => guid));
  return destination.pools.some(({ guid }) => guid !== null && guids.has(guid));
}

/** Same kernel and one user, besides the pool (a container shares only the first). */
const oneMachine = (a: Machine, b: Machine): boolean => a.boot !== null && a.boot === b.boot && a.user === b.user;

/** The hosts' programs do not change how a small stream without special requests travels. */
const needsNoSurvey = ({ route, compress, limit }: Plan['request'], bytes: number | null): boolean =>
  (route === 'relay' || route === 'auto') &&
  (compress === 'auto' || compress === 'no') &&
  limit === null &&
  bytes !== null &&
  bytes < MEASURE_FROM;

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host);

/**
 * Under which addresses the source may find the destination: the host book's; where that is this computer's own loopback (a
 * forwarded port, a guest), this computer as the source sees it; and the address at which the destination itself was reached.
 */
function candidates(source: Machine, destination: Machine, to: Reached): { address: string; port: number }[] {
  const { address } = to.host;
  if (address.kind === 'local') return [];
  const here = source.connection?.[0];
  const [, , itself, itsPort] = destination.connection ?? [];
  const found: { address: string; port: number }[] = [];
  if (!isLoopback(address.host)) found.push({ address: address.host, port: address.port });
  else if (here !== undefined) found.push({ address: here, port: address.port });
  if (itself !== undefined && isIP(itself) !== 0 && !isLoopback(itself) && itself !== address.host)
    found.push({ address: itself, port: Number(itsPort) });
  return found;
}

/** The first address that shows the pinned key to the source, and why the others do not do. */
async function findWay(from: Reached, to: Reached, source: Machine, destination: Machine) {
  const tried: string[] = [];
  const { address, hostKey } = to.host;
  if (address.kind === 'local') return { way: null, tried };
  if (from.shell.bySystem === true) {
    return {
      way: null,
      tried: [`${from.host.name} is reached by this computer's own ssh, which cannot use the key of a run.`],
    };
  }
  if (source.ssh === null) return { way: null, tried: [`${from.host.name} has no ssh.`] };
  const places = candidates(source, destination, to);
  if (places.length === 0) tried.push(`There is no known address at which ${from.host.name} could reach it.`);
  for (const place of places) {
    const where = `${place.address}, port ${place.port}`;
    let answered = false;
    for (const types of SCANNED_TYPES) {
      const { parts } = await collectAll(from.shell, [scanKeys(place.address, place.port, types)]);
      const keys = readScan(parts[0]?.stdout ?? '');
      answered ||= keys.length > 0;
      const pinned = keys.find(({ blob }) => fingerprintOf(Buffer.from(blob, 'base64')) === hostKey);
      if (pinned === undefined) continue;
      const knownHostsCommand = hasKnownHostsCommand(source.ssh);
      return { way: { user: address.user, ...place, hostKey: pinned, knownHostsCommand } satisfies DirectWay, tried };
    }
    tried.push(
      answered ? `At ${where} it finds a different host than the pinned one.` : `Nothing answers it at ${where}.`,
    );
  }
  // A key for one receive opens no other host, so this route has no jumps.
  if (to.host.jump !== null && tried.length > 0)
    tried.push(`From here it is reached through ${to.host.jump}, which the source has no key for.`);
  return { way: null, tried };
}

/**
 * What a plan needs to know of its two ends before it has a route.
 *
 * @param directBefore how fast the direct route was last time, bytes per second; null: not known
 * @throws SluiceError if a host is lost
 */
export async function surveyRoute(plan: Plan, ends: ListedEnds, directBefore: number | null): Promise<RouteFacts> {
  const { request } = plan;
  const { bytes } = plan.estimate;
  const { from, to } = ends;
  const local = [from, to].filter(({ host }) => host.address.kind === 'local').length;
  const here = local === 2 ? 'both' : local === 1 ? 'one' : 'none';
  const practice = from.host.practice || to.host.practice;
  const letters = ends.source.zfs.capabilities.send;
  const tells = letters.includes('v') && letters.includes('P');
  const elevated = ends.source.elevation.length > 0 || ends.destination.elevation.length > 0;
  const none: Helpers = new Set();
  const unknown = { way: null, tried: [], samples: null, directBefore };
  const byName = from.host.name === to.host.name;
  const mayBeOne = byName || shareAPool(ends);
  if (practice || (!mayBeOne && needsNoSurvey(request, bytes))) {
    const tools = { tells, elevated, source: none, destination: none };
    return { sameHost: false, here, practice, tools, ...unknown };
  }
  const [source, destination] = await Promise.all([machineOf(from), machineOf(to)]);
  const tools = { tells, elevated, source: source.helpers, destination: destination.helpers };
  const sameHost = byName || (mayBeOne && oneMachine(source, destination));
  if (sameHost) return { sameHost, here, practice, tools, ...unknown };
  const found = wantsDirect(request, bytes, here)
    ? await findWay(from, to, source, destination)
    : { way: null, tried: [] };
  const compressors = countable(tools) && request.compress === 'auto' ? compressorsOf(tools) : [];
  const samples = await sampleOf(plan, ends, found.way === null ? compressors : [null, ...compressors]);
  return { sameHost, here, practice, tools, ...unknown, ...found, samples };
}
