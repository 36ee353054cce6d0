/** What the source's own ssh says of its line to the destination, when the destination's receive could not tell its end. */
import { type Failure, failure } from '../../shared/model/failure.ts';

/** ssh's own words (OpenSSH 6.6 to 10.0) for a line that was lost, could not be had, or damaged what it carried. */
const LINE =
  /Connection (?:to \S+ )?(?:closed|reset|refused|timed out)|Broken pipe|Operation timed out|No route to host|Network is unreachable|Could not resolve|Timeout, server|message authentication code incorrect|Corrupted MAC on input|Bad packet length/i;

/**
 * @param said the stderr of the source's ssh
 * @returns `connection-lost`, which passes, if a line was lost or its damage noticed; else what an admin has to look at
 */
export function linkFault(said: string): Failure {
  if (/Host key verification failed|No ED25519 host key|REMOTE HOST IDENTIFICATION HAS CHANGED/i.test(said))
    return failure({
      code: 'direct-host-key',
      message: 'The source reached another host than the destination that is pinned here.',
      cause: said.trim(),
      next: 'Take the relay route, or find out what answers at that address in the source’s network.',
    });
  if (/Permission denied/i.test(said))
    return failure({
      code: 'direct-login-refused',
      message: 'The destination did not let the source in with the key of this run.',
      cause: said.trim(),
      next: 'Its SSH server may read other files than ~/.ssh/authorized_keys, or the source forbids agent forwarding. Take the relay route.',
    });
  if (said.trim() !== '' && !LINE.test(said))
    return failure({
      code: 'direct-failed',
      message: 'The ssh of the source did not reach the destination’s receive.',
      cause: said.trim(),
      next: 'Take the relay route.',
    });
  return failure({
    code: 'connection-lost',
    message: 'The connection from the source to the destination was lost.',
    cause: said.trim(),
    next: 'What arrived is kept where the destination can resume; it resumes from there.',
    kind: 'passing',
  });
}
