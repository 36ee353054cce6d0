import { type Ask, connectSsh, localShell } from '../ssh/index.ts';
import type { Shell } from '../ssh/shell.ts';
import type { Endpoint } from './job.ts';

/**
 * A connection of the relay's own to one end.
 *
 * @param signal gives up the connecting
 * @param ask answers what the login asks
 * @throws SluiceError as connectSsh does
 */
export async function openEndpoint(endpoint: Endpoint, signal: AbortSignal, ask: Ask): Promise<Shell> {
  return endpoint.kind === 'local' ? localShell() : connectSsh(endpoint.target, { signal, ask });
}
