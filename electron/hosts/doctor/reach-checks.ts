/** The path to a host, stage by stage; what succeeded before the fault is reported too. */
import type { Failure } from '../../../shared/model/failure.ts';
import { describeAddress, type Host } from '../../../shared/model/host.ts';
import { byHand, type Finding, line, type Treatment } from './line.ts';

const STAGES = ['resolve', 'port', 'banner', 'host-key', 'login'] as const;
type Stage = (typeof STAGES)[number];

const TITLES: Record<Stage, string> = {
  resolve: 'Name',
  port: 'Port',
  banner: 'SSH server',
  'host-key': 'Host key',
  login: 'Login',
};

/** At which stage a failure of connecting belongs. What is not named here came before anything was sent: a key file, say. */
const STAGE_OF: Readonly<Record<string, Stage>> = {
  'host-not-found': 'resolve',
  'host-unreachable': 'port',
  'connection-refused': 'port',
  'forwarding-refused': 'port',
  'no-banner': 'banner',
  'not-ssh': 'banner',
  'handshake-failed': 'banner',
  'host-key-changed': 'host-key',
  'host-key-unknown': 'host-key',
  'host-key-revoked': 'host-key',
  'login-refused': 'login',
  'login-timeout': 'login',
  'no-agent': 'login',
  'login-unanswered': 'login',
  'connection-lost': 'login',
};

function detailOf(stage: Stage, host: Host): string {
  const { address } = host;
  if (address.kind !== 'ssh') return '';
  switch (stage) {
    case 'resolve':
      return `${address.host} is known${host.jump === null ? '' : ` to ${host.jump}`}.`;
    case 'port':
      return `Port ${address.port} is open${host.jump === null ? '' : `, reached through ${host.jump}`}.`;
    case 'banner':
      return 'An SSH server answers, and agrees on encryption.';
    case 'host-key':
      return `It is the pinned one: ${host.hostKey}.`;
    case 'login':
      return `Logged in as ${describeAddress(address)}.`;
  }
}

/** None for the failure of a host on the way: that one's key must not be pinned for this one. */
function fixesFor(failure: Failure, host: Host): Treatment[] {
  const { shown } = failure.evidence;
  if (failure.code !== 'host-key-changed' || !Array.isArray(shown) || !reached(host, failure)) return [];
  const [first] = shown as { type?: string; fingerprint?: string }[];
  return [
    byHand('compare-key', 'Compare the key on the host itself', 'ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub'),
    byHand(
      'replace-key',
      'Only if it is right: pin the new key',
      `sluice hosts edit ${host.name} --host-key ${first?.fingerprint ?? 'SHA256:…'}`,
      'here',
    ),
  ];
}

/** True if the failure is of this host, and came from the network. */
function reached(host: Host, { code, evidence }: Failure): boolean {
  const { address } = host;
  if (address.kind !== 'ssh' || STAGE_OF[code] === undefined) return false;
  if (evidence.host === undefined || evidence.host === host.name) return true;
  // Two hosts behind one address differ by the port.
  return evidence.host === address.host && (evidence.port === undefined || evidence.port === address.port);
}

/**
 * @param failure why the connection was not made; null if it was
 * @param loginFixes offered beside a login that works
 */
export function reachChecks(host: Host, failure: Failure | null, loginFixes: readonly Treatment[]): Finding[] {
  if (host.address.kind !== 'ssh') return [];
  const failed = failure === null ? null : (STAGE_OF[failure.code] ?? 'login');
  // Nothing is reported for stages that were not reached, or that another host on the way was at.
  const end = failure === null ? STAGES.length : reached(host, failure) && failed !== null ? STAGES.indexOf(failed) : 0;
  const lines = STAGES.slice(0, end).map((stage) =>
    line({
      code: stage,
      title: TITLES[stage],
      detail: detailOf(stage, host),
      fixes: stage === 'login' ? loginFixes : [],
    }),
  );
  if (failure === null || failed === null) return lines;
  return [
    ...lines,
    line({
      code: failed,
      title: TITLES[failed],
      state: 'blocks',
      detail: [failure.message, failure.cause, failure.next].filter((text) => text !== '').join(' '),
      evidence: { ...failure.evidence, failure: failure.code },
      fixes: fixesFor(failure, host),
    }),
  ];
}
