/** What the window can ask of the practice hosts; without them everything here but opening them is refused. */
import { SluiceError } from '../shared/model/failure.ts';
import type { Host } from '../shared/model/host.ts';
import {
  type Breakage,
  type Broken,
  DEFAULT_DIALECT,
  type PracticeDialect,
  type PracticeDialects,
  type PracticeState,
  type Story,
} from '../shared/model/practice.ts';
import type { Practice } from './practice/index.ts';

export interface PracticeDesk {
  /**
   * Opens a window on practice hosts beside this one.
   *
   * @returns the address at which a browser opens it once; null if the window is there
   * @throws SluiceError `practice-already`, `practice-elsewhere`
   */
  open(): Promise<string | null>;
  stories(): Story[];
  hosts(): PracticeState[];
  /** Adds the third host to those that are offered. */
  addOffice(): Promise<Host>;
  break(what: Breakage, host: string): Promise<Broken>;
  setDialect(host: string, dialect: PracticeDialect): Promise<void>;
  reset(): Promise<void>;
}

export interface PracticeDeskParts {
  /** The practice hosts, their stories, and how they speak; null where real hosts are offered. */
  readonly practice: {
    readonly running: Practice;
    readonly stories: readonly Story[];
    readonly dialects: PracticeDialects;
    /** The hosts that the window lists; the third host is added to them. */
    readonly offered: Host[];
  } | null;
  /** Lets go of the connections to a host: they were ended there, and the next question needs one of its own. */
  readonly disconnect: (host: string) => Promise<void>;
  /** Opens a second window of this program on practice hosts; null where there is no window. */
  readonly openWindow: (() => Promise<string | null>) | null;
}

/** @throws SluiceError `not-practice` from every method but `open` where there are no practice hosts */
export function practiceDesk({ practice, disconnect, openWindow }: PracticeDeskParts): PracticeDesk {
  const dialects = new Map<string, PracticeDialect>(Object.entries(practice?.dialects ?? {}));
  const broken = new Map<string, readonly Broken[]>();
  const required = () => {
    if (practice !== null) return practice;
    throw new SluiceError({
      code: 'not-practice',
      message: 'There are no practice hosts here.',
      next: 'Start Sluice with --practice.',
    });
  };
  return {
    async open() {
      if (practice !== null) {
        throw new SluiceError({ code: 'practice-already', message: 'The practice hosts are in this very window.' });
      }
      if (openWindow === null) {
        throw new SluiceError({
          code: 'practice-elsewhere',
          message: 'Sluice has no window here in which practice hosts could be opened.',
          next: 'Start Sluice with --practice.',
        });
      }
      return await openWindow();
    },
    stories: () => [...required().stories],
    hosts: () =>
      required().offered.map(({ name }) => ({
        host: name,
        dialect: dialects.get(name) ?? DEFAULT_DIALECT,
        broken: [...(broken.get(name) ?? [])],
      })),
    async addOffice() {
      const { running, offered } = required();
      const host = await running.addOffice();
      if (!offered.some(({ name }) => name === host.name)) offered.push(host);
      return host;
    },
    async break(what, host) {
      const touched = await required().running.break(what, host);
      const one: Broken = { what, at: new Date().toISOString(), touched: [...touched] };
      broken.set(host, [...(broken.get(host) ?? []), one]);
      return one;
    },
    async setDialect(host, dialect) {
      await required().running.setDialect(host, dialect);
      await disconnect(host);
      dialects.set(host, dialect);
    },
    async reset() {
      const { running, offered } = required();
      await running.reset();
      await Promise.all(offered.map(({ name }) => disconnect(name)));
      broken.clear();
    },
  };
}
