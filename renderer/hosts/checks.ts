/** The last check of each host in this window, kept for the tab so that a reload does not forget it. */
import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { Check, HostReport } from '../../shared/api/contract.ts';
import type { Failure } from '../../shared/model/failure.ts';
import type { Zfs } from '../../shared/model/inventory.ts';
import { forgetAnswers } from '../connection/answers.ts';
import { sluice } from '../connection/client.ts';
import { CONNECTION_LOST, failureOf } from '../connection/failure-of.ts';
import { whenOpen } from '../connection/state.ts';
import { isAnswerOf } from '../wizard/read.ts';
import { readHosts } from './use-hosts.ts';

export interface HostCheck {
  /** Milliseconds since 1970 at which it ended; null while the first one is under way. */
  readonly at: number | null;
  readonly isChecking: boolean;
  readonly checks: readonly Check[];
  readonly zfs: Zfs | null;
  /** Why the host could not be asked at all. */
  readonly failure: Failure | null;
}

const unchecked: HostCheck = { at: null, isChecking: false, checks: [], zfs: null, failure: null };

interface ChecksStore {
  readonly byHost: Readonly<Record<string, HostCheck>>;
}

export const useChecks = create<ChecksStore>()(
  persist((): ChecksStore => ({ byHost: {} }), {
    name: 'sluice.checks',
    storage: createJSONStorage(() => sessionStorage),
    version: 1,
    // What was under way when the window closed is not under way any more.
    partialize: ({ byHost }) => ({
      byHost: Object.fromEntries(
        Object.entries(byHost)
          .filter(([, check]) => check.at !== null)
          .map(([name, check]) => [name, { ...check, isChecking: false }]),
      ),
    }),
  }),
);

function put(name: string, change: Partial<HostCheck>): void {
  useChecks.setState(({ byHost }) => ({
    byHost: { ...byHost, [name]: { ...(byHost[name] ?? unchecked), ...change } },
  }));
}

/** The check of each host that was begun last; another one says nothing any more. */
const latest = new Map<string, symbol>();

/** Asks the host; each line is in the store as soon as it is known, and at the end the outcome, a failure included. */
export const checkHost = (name: string): Promise<void> =>
  keep(name, async (tell) => {
    const checks: Check[] = [];
    for await (const told of await sluice.hosts.check({ name })) {
      if (told.event === 'report') return told.report;
      checks.push(told.check);
      tell([...checks]);
    }
    throw new Error('The check ended without a report.');
  });

/** Does what a fix of the last check shows, and checks again. */
export const fixHost = (name: string, fix: string): Promise<void> => keep(name, () => sluice.hosts.fix({ name, fix }));

async function keep(
  name: string,
  look: (tell: (checks: readonly Check[]) => void) => Promise<HostReport>,
): Promise<void> {
  const turn = Symbol(name);
  latest.set(name, turn);
  const putMine = (change: Partial<HostCheck>) => {
    if (latest.get(name) === turn) put(name, change);
  };
  const before = useChecks.getState().byHost[name] ?? unchecked;
  putMine({ isChecking: true });
  try {
    const { checks, zfs } = await look((told) => putMine({ checks: told, failure: null }));
    putMine({ at: Date.now(), isChecking: false, checks, zfs, failure: null });
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure.code === CONNECTION_LOST) {
      // The window lost its line, which says nothing of the host. A fix is not done twice: what it did is looked at.
      putMine({ ...before, isChecking: true });
      await whenOpen();
      if (latest.get(name) === turn) await checkHost(name);
      return;
    }
    putMine({ at: Date.now(), isChecking: false, checks: [], zfs: null, failure });
  }
  // Checking pins the key of a host that had none.
  if (latest.get(name) === turn) void readHosts();
}

export function forgetCheck(name: string): void {
  latest.delete(name);
  useChecks.setState(({ byHost }) => ({
    byHost: Object.fromEntries(Object.entries(byHost).filter(([key]) => key !== name)),
  }));
}

/** Forgets all that was read of a host: it may be another computer now, or have another name. */
export function forgetHost(name: string): void {
  forgetCheck(name);
  forgetAnswers(isAnswerOf(name));
}
