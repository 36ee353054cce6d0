/** A channel of ssh2's server as the commands see it: a source, and sinks that wait for their reader. */
import type { Readable, Writable } from 'node:stream';
import { BrokenPipe, type Sink, type Source } from '../io.ts';

/** Reads what the client sends; the end of the channel is the end of the input, as for a real process. */
export function sourceOf(stream: Readable): Source {
  let over = false;
  stream.once('end', () => {
    over = true;
  });
  stream.once('close', () => {
    over = true;
  });
  return {
    async read() {
      for (;;) {
        const chunk: Buffer | null = stream.read();
        if (chunk !== null) return chunk;
        if (over) return null;
        await anyOf([stream, ['readable', 'end', 'close']]);
      }
    },
  };
}

/** Writes as fast as the client takes it. Once the channel is gone, writing is a broken pipe. */
export function sinkOf(stream: Writable, channel: Readable): Sink {
  let gone = false;
  channel.once('close', () => {
    gone = true;
  });
  return {
    async write(data) {
      if (gone) throw new BrokenPipe();
      if (data.length === 0 || stream.write(data)) return;
      await anyOf([stream, ['drain', 'close']], [channel, ['close']]);
      if (gone) throw new BrokenPipe();
    },
  };
}

/** Settles at the first of these events of any of the streams, leaving no listener behind on any. */
function anyOf(...awaited: readonly (readonly [Readable | Writable, readonly string[]])[]): Promise<void> {
  return new Promise((resolve) => {
    const each = (act: (stream: Readable | Writable, event: string) => void) => {
      for (const [stream, events] of awaited) for (const event of events) act(stream, event);
    };
    const settle = () => {
      each((stream, event) => stream.removeListener(event, settle));
      resolve();
    };
    each((stream, event) => stream.on(event, settle));
  });
}
