import type { Progress } from '../run.ts';

/** A run that is sending, of which nothing has arrived yet. */
export const sending: Progress = {
  phase: 'sending',
  bytes: 0,
  total: null,
  bytesPerSecond: 0,
  meanBytesPerSecond: 0,
  secondsLeft: null,
  silentMs: 0,
  sent: { bytes: 0, ms: 0 },
  stream: null,
};
