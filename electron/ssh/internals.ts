/**
 * The only place that looks at ssh2's private fields, each feature-tested: in a version without them everything still
 * works, more slowly or with a more careful verdict.
 */
import type ssh2 from 'ssh2';

interface WindowFields {
  readonly incoming: { window: number };
  readonly outgoing: { readonly id: number; readonly state: string };
  readonly adjust: (id: number, bytes: number) => void;
}

const field = (owner: unknown, name: string): unknown =>
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

/** Credit is given back in steps of this many bytes: one small packet for eight full ones. */
const STEP = 256 * 1024;

/**
 * Lets the host send up to `bytes` ahead. ssh2 stops at 2 MiB, which is 10 MB/s at a round trip of 100 ms; with 32 MiB
 * 253 MB/s were measured.
 *
 * What is granted is computed from what is outstanding and what lies unread here, never added up: ssh2 grants some of
 * its own accord, and a sum would let the window grow with every pause of a slow reader.
 *
 * @param bytes of the window; what can lie in memory for a reader that does not read
 * @returns to be called after data was taken from the channel; null where ssh2's fixed window has to do
 */
export function widenWindow(client: ssh2.Client, channel: ssh2.ClientChannel, bytes: number): (() => void) | null {
  const fields = windowFields(client, channel);
  if (fields === null) return null;
  const { incoming, outgoing, adjust } = fields;
  const top = () => {
    const room = bytes - incoming.window - channel.readableLength;
    if (room < STEP || outgoing.state === 'closed') return;
    incoming.window += room;
    adjust(outgoing.id, room);
  };
  top();
  return top;
}

/** True if the host has said that it closed the channel, so that nothing is missing even if the connection breaks now. */
export function hostClosedChannel(channel: ssh2.ClientChannel): boolean {
  return field(field(channel, 'incoming'), 'state') === 'closed';
}
