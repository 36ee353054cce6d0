/** What goes wrong in the byte path itself, apart from connections and from the commands at its ends. */
import { type Failure, failure, SluiceError } from '../../shared/model/failure.ts';

export const cancelled = failure({ code: 'cancelled', message: 'The transfer was cancelled.' });

export const sourceClosedEarly = failure({
  code: 'source-closed-early',
  message: 'The source closed its stream although its command reports no error.',
  next: 'What arrived is kept where the destination can resume; try again.',
  kind: 'passing',
});

export const destinationEndedEarly = failure({
  code: 'destination-ended-early',
  message: 'The destination stopped reading before the stream was over.',
  cause: 'Its command ended without an error, so it took what it had as complete.',
  next: 'Look at what the destination has now and plan again.',
});

/** @param why the thread's error, or its exit code in words */
export const workerCrashed = (why: string): Failure =>
  failure({
    code: 'relay-crashed',
    message: 'The part of Sluice that carries the bytes stopped unexpectedly.',
    cause: why,
    next: 'What arrived is kept where the destination can resume; resume from there, and please report this with the log.',
    kind: 'passing',
  });

/** The bytes do not come through here, so there is nothing to hold them back with. */
export const limitIsFixed = (): SluiceError =>
  new SluiceError({
    code: 'limit-fixed',
    message: 'The limit of this run cannot be changed while it is under way.',
    cause: 'Its bytes do not come through this computer.',
    next: 'Cancel the run and plan it again with another limit, or with the relay route.',
  });

/** @param why what the host's `kill` said, or the connection */
export const notPaused = (why: string): Failure =>
  failure({
    code: 'not-paused',
    message: 'The stream under way could not be paused and runs on to its end.',
    cause: why,
    next: 'Nothing after it is started until the run continues.',
  });

/** @param why as of {@link notPaused} */
export const notContinued = (why: string): Failure =>
  failure({
    code: 'not-continued',
    message: 'The paused stream could not be continued.',
    cause: why,
    next: 'Pause and continue once more, or cancel the run and resume it.',
  });
