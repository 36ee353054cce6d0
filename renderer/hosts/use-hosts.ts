import type { Host } from '../../shared/model/host.ts';
import { ask } from '../connection/answers.ts';
import { sluice } from '../connection/client.ts';
import { type Asked, useAsked } from '../connection/use-asked.ts';

const KEY = 'hosts.list';
const list = () => sluice.hosts.list();

/** The host book. */
export function useHosts(): Asked<readonly Host[]> {
  return useAsked(KEY, list);
}

/** Reads the host book anew, for every part that shows it. */
export const readHosts = (): Promise<void> => ask(KEY, list);
