/** What the main process says of the practice hosts. */
import type { PracticeState, Story } from '../../shared/model/practice.ts';
import { sluice } from '../connection/client.ts';
import { type Asked, useAsked } from '../connection/use-asked.ts';

export const useStories = (): Asked<readonly Story[]> => useAsked('practice.stories', () => sluice.practice.stories());

export const usePracticeHosts = (): Asked<readonly PracticeState[]> =>
  useAsked('practice.hosts', () => sluice.practice.hosts());
