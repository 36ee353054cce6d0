/** Where a failure is mended that cannot be mended where it is shown, and what is to be compared for it. Pure. */
import type { Failure } from '../../shared/model/failure.ts';
import type { Route } from '../app/route.ts';

/** What is mended on the page of a host: there its checks are, and the key that is saved for it. */
const OF_A_HOST: readonly string[] = ['host-key-changed', 'zfs-not-answering'];

type WayOut = Extract<Route, { page: 'host' | 'hosts' | 'runs' }>;

/** @returns null where the failure names no such place; the list of hosts where it does not say which host it is */
export function wayOutOf({ code, evidence }: Pick<Failure, 'code' | 'evidence'>): WayOut | null {
  if (code === 'run-unknown') return { page: 'runs' };
  if (!OF_A_HOST.includes(code)) return null;
  const { hostName } = evidence;
  return typeof hostName === 'string' ? { page: 'host', host: hostName } : { page: 'hosts' };
}

export interface ComparedKey {
  readonly fingerprint: string;
  /** As SSH names it; null where it is not known. */
  readonly type: string | null;
}

/** Keys of a host that showed another than the one that is saved. */
export interface ComparedKeys {
  readonly saved: readonly ComparedKey[];
  readonly shown: readonly ComparedKey[];
}

function keysIn(list: unknown): ComparedKey[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((one: { fingerprint?: unknown; type?: unknown } | null) =>
    typeof one?.fingerprint === 'string'
      ? [{ fingerprint: one.fingerprint, type: typeof one.type === 'string' ? one.type : null }]
      : [],
  );
}

/** @returns null where the failure is of another kind, or does not name both */
export function keysOf({ code, evidence }: Pick<Failure, 'code' | 'evidence'>): ComparedKeys | null {
  if (code !== 'host-key-changed') return null;
  const { pinned, known } = evidence;
  // Pinned in the host book, or else what the user's own known_hosts has.
  const saved =
    typeof pinned === 'string'
      ? [{ fingerprint: pinned, type: null }]
      : keysIn((known as { entries?: unknown } | undefined)?.entries);
  const shown = keysIn(evidence.shown);
  return saved.length > 0 && shown.length > 0 ? { saved, shown } : null;
}
