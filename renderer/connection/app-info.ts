import type { AppInfo } from '../../shared/api/contract.ts';
import { sluice } from './client.ts';
import { useAsked } from './use-asked.ts';

/** What the main process says of itself; null until it has answered. */
export function useAppInfo(): AppInfo | null {
  return useAsked('app.info', () => sluice.app.info()).data;
}
