/**
 * ssh2's private fields of channels and of the login; those of its ciphers are looked at in packets.ts, others nowhere. Each is
 * feature-tested: in a version without them everything still works, more slowly or with a more careful verdict.
 */
import type ssh2 from 'ssh2';

interface WindowFields {
  readonly incoming: { window: number };
  readonly outgoing: { readonly id: number; readonly state: string };
  readonly adjust: (id: number, bytes: number) => void;
}

/** A field missing from its owner's type. */
export const field = (owner: unknown, name: string): unknown =>
  typeof owner === 'object' && owner !== null ? Reflect.get(owner, name) : undefined;

function windowFields(client: ssh2.Client, channel: ssh2.ClientChannel): WindowFields | null {
  const protocol = field(client, '_protocol');
  const adjust = field(protocol, 'channelWindowAdjust');
  const incoming = field(channel, 'incoming');
  const outgoing = field(channel, 'outgoing');
  if (
    typeof adjust !== 'function' ||
    typeof field(incoming, 'window') !== 'number' ||
    typeof field(outgoing, 'id') !== 'number' ||
    typeof field(outgoing, 'state') !== 'string'
  ) {
    return null;
  }
  return {
    incoming: incoming as WindowFields['incoming'],
    outgoing: outgoing as WindowFields['outgoing'],
    adjust: (id, bytes) => {
      Reflect.apply(adjust, protocol, [id, bytes]);
    },
  };
}

/** Credit is given back in steps of this many bytes: one small packet for sixteen full ones. */
const STEP = 512 * 1024;

export interface WindowParts {
  /** Bytes that the window may grow to; what can lie in memory for a reader that stops reading. */
  readonly limit: number;
  /** A round trip to the host, in milliseconds; rather too long than too short. */
  readonly roundTripMs: number;
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number;
}

/**
 * Lets the host send further ahead where that helps. ssh2 stops at 2 MiB, which is 10 MB/s at a round trip of 100 ms;
 * with 32 MiB 253 MB/s were measured. On a short line the same 32 MiB only pile up in the kernel: over loopback they
 * took a third more processor time, and up to four times as long on a busy machine. So the window starts at ssh2's and
 * doubles each time a whole window was taken within two round trips by a reader that never was behind: then it is the
 * window that the bytes wait for.
 *
 * What is granted is computed from what is outstanding and what lies unread here, never added up: ssh2 grants some of
 * its own accord, and a sum would let the window grow with every pause of a slow reader.
 *
 * @returns to be called with each number of bytes taken from the channel, and whether the reader was behind since the
 *   last call; null where ssh2's fixed window has to do
 */
export function widenWindow(
  client: ssh2.Client,
  channel: ssh2.ClientChannel,
  { limit, roundTripMs, now = () => performance.now() }: WindowParts,
): ((bytes: number, behind: boolean) => void) | null {
  const fields = windowFields(client, channel);
  if (fields === null) return null;
  const { incoming, outgoing, adjust } = fields;
  let window = incoming.window;
  let taken = 0;
  let heldUp = false;
  let since: number | null = null;
  return (bytes, behind) => {
    since ??= now();
    taken += bytes;
    heldUp ||= behind;
    if (taken >= window) {
      if (!heldUp && now() - since <= 2 * roundTripMs) window = Math.min(limit, 2 * window);
      taken = 0;
      heldUp = false;
      since = now();
    }
    const room = window - incoming.window - channel.readableLength;
    if (room < STEP || outgoing.state === 'closed') return;
    incoming.window += room;
    adjust(outgoing.id, room);
  };
}

/** True if the host has said that it closed the channel, so that nothing is missing even if the connection breaks now. */
export function hostClosedChannel(channel: ssh2.ClientChannel): boolean {
  return field(field(channel, 'incoming'), 'state') === 'closed';
}

/**
 * Called for each refused login method, before ssh2 decides what to do next.
 *
 * @param listener called with the methods that the host would take now
 */
export function watchRefusals(client: ssh2.Client, listener: (methods: readonly string[]) => void): void {
  const handlers = field(field(client, '_protocol'), '_handlers');
  const handle = field(handlers, 'USERAUTH_FAILURE');
  if (typeof handle !== 'function') return;
  Reflect.set(handlers as object, 'USERAUTH_FAILURE', (...args: unknown[]) => {
    const [, methods] = args;
    if (Array.isArray(methods)) listener(methods.map(String));
    Reflect.apply(handle, handlers, args);
  });
}
