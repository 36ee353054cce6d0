/** What the window can ask of the practice hosts; without them everything here is refused. */
import type { Breakage, StoryCard } from '../shared/api/contract.ts';
import { SluiceError } from '../shared/model/failure.ts';
import type { Host } from '../shared/model/host.ts';
import type { StoryCard as Card, Practice } from './practice/index.ts';

export interface PracticeDesk {
  stories(): StoryCard[];
  /** Adds the third host to those that are offered. */
  addOffice(): Promise<Host>;
  break(what: Breakage, host: string): Promise<void>;
  reset(): Promise<void>;
}

function notPractice(): SluiceError {
  return new SluiceError({
    code: 'not-practice',
    message: 'There are no practice hosts here.',
    next: 'Start Sluice with --practice.',
  });
}

/**
 * @param offered the hosts that the window lists; the third host is added to it
 * @throws SluiceError `not-practice` from every method where there are none
 */
export function practiceDesk(practice: Practice | null, cards: readonly Card[], offered: Host[]): PracticeDesk {
  const required = (): Practice => {
    if (practice === null) throw notPractice();
    return practice;
  };
  return {
    stories() {
      required();
      return cards.map((card) => ({ ...card, lessons: [...card.lessons] }));
    },
    async addOffice() {
      const host = await required().addOffice();
      if (!offered.some(({ name }) => name === host.name)) offered.push(host);
      return host;
    },
    break: async (what, host) => await required().break(what, host),
    reset: async () => await required().reset(),
  };
}
