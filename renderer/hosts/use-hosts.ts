import type { Host } from '../../shared/model/host.ts';
import { sluice } from '../connection/client.ts';
import { type Asked, useAsked } from '../connection/use-asked.ts';

/** The host book. */
export function useHosts(): Asked<readonly Host[]> {
  return useAsked('hosts.list', () => sluice.hosts.list());
}
