import type { AppInfo } from '../../shared/api/contract.ts';
import { sluice } from './client.ts';
import { type Asked, useAsked } from './use-asked.ts';

/** Asks the main process what it is. For the frame, which draws no page before it knows. */
export function useAskedAppInfo(): Asked<AppInfo> {
  return useAsked('app.info', () => sluice.app.info());
}

/** What the main process says of itself. For all that the frame draws once it knows. */
export function useAppInfo(): AppInfo {
  const { data } = useAskedAppInfo();
  if (data === null) throw new Error('a page was drawn before the main process said what it is');
  return data;
}
