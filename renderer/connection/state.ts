/** What the window knows of its line to the main process. */
import { create } from 'zustand';

export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open' }
  /** The line dropped; the next attempt is made by itself. */
  | { readonly kind: 'reconnecting'; readonly attempt: number }
  /** The main process answers but does not know this window: only its own address helps. */
  | { readonly kind: 'refused' };

interface ConnectionStore {
  readonly state: ConnectionState;
  /** Counts the lines opened so far, so that what was asked on an older one can be asked again. */
  readonly epoch: number;
}

export const useConnection = create<ConnectionStore>(() => ({ state: { kind: 'connecting' }, epoch: 0 }));

export function setConnection(state: ConnectionState): void {
  useConnection.setState((old) => ({ state, epoch: state.kind === 'open' ? old.epoch + 1 : old.epoch }));
}

/** Resolves at the next open line (at once if one is open). Rejects when `signal` aborts. */
export function whenOpen(signal?: AbortSignal): Promise<void> {
  if (useConnection.getState().state.kind === 'open') return Promise.resolve();
  return new Promise((resolve, reject) => {
    const stop = useConnection.subscribe(({ state }) => {
      if (state.kind !== 'open') return;
      stop();
      signal?.removeEventListener('abort', give);
      resolve();
    });
    const give = () => {
      stop();
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', give, { once: true });
  });
}
