/** The addresses of this computer, watched: a laptop that is moved from cable to Wi-Fi, a VPN that ends. */
import os from 'node:os';

/** Between two looks, ms. */
export const LOOK_MS = 2_500;

/** Also those of loopback; without the zone that a link-local address may carry. */
const ownAddresses = (): ReadonlySet<string> =>
  new Set(Object.values(os.networkInterfaces()).flatMap((own) => own?.map(({ address }) => plain(address)) ?? []));

const plain = (address: string): string => address.replace(/%.*$/, '');

/**
 * @param look called repeatedly with the current ones
 * @returns stops looking
 */
function watch(look: (addresses: ReadonlySet<string>) => void): () => void {
  const timer = setInterval(() => look(ownAddresses()), LOOK_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/**
 * Tells once that an address is gone: after two looks, since some drivers take theirs away for an instant.
 *
 * @param address from which something was connected; undefined: there is none to watch
 * @returns stops watching
 */
export function onAddressGone(address: string | undefined, gone: () => void): () => void {
  if (address === undefined) return () => undefined;
  const own = plain(address);
  let missed = 0;
  const stop = watch((addresses) => {
    missed = addresses.has(own) ? 0 : missed + 1;
    if (missed < 2) return;
    stop();
    gone();
  });
  return stop;
}

/**
 * Reports once that an address is new since watching began: what could not be reached may be reachable from it.
 *
 * @returns stops watching
 */
export function onNewAddress(come: () => void): () => void {
  let known = ownAddresses();
  const stop = watch((addresses) => {
    const isNew = [...addresses].some((address) => !known.has(address));
    // One that went and comes back is a new one, too.
    known = addresses;
    if (!isNew) return;
    stop();
    come();
  });
  return stop;
}
