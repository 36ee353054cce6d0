import type { TFunction } from 'i18next';
import type { Host } from '../../shared/model/host.ts';

/** The pinned key of a host, or why there is none. */
export const keyWords = (t: TFunction, { hostKey, address }: Pick<Host, 'hostKey' | 'address'>): string =>
  hostKey ?? t(address.kind === 'local' ? 'hosts.noKey' : 'hosts.keyUnknown');
