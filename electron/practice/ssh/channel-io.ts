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
        await anyOf(stream, ['readable', 'end', 'close']);
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
      await Promise.race([anyOf(stream, ['drain', 'close']), anyOf(channel, ['close'])]);
      if (gone) throw new BrokenPipe();
    },
  };
}

/** Settles at the first of these events, leaving no listener behind. */
function anyOf(stream: Readable | Writable, events: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      for (const event of events) stream.removeListener(event, settle);
      resolve();
    };
    for (const event of events) stream.on(event, settle);
  });
}
