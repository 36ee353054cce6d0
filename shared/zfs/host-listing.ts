/** What else a plan needs to know about a host at the instant of its listing: the time there, and streams being received. */
import type { Receiving } from '../model/inventory.ts';
import { type Listing, readCount } from './listing.ts';

/** `date +%s`; a host whose date has no `%s` (Solaris 10) reports nothing. */
export function clockListing(onSeconds: (seconds: number) => void): Listing {
  return {
    argv: ['date', '+%s'],
    take(line) {
      const seconds = readCount(line.trim());
      if (seconds !== null) onSeconds(seconds);
      return null;
    },
    end: () => null,
  };
}

/** `zfs receive` and what may stand before it; shells that mention it in a script are not it. */
const RECEIVE = /^(?:\S*\/)?(?:(?:sudo|doas|pfexec)\s.*?)?(?:\S*\/)?zfs\s+(?:receive|recv)\s+(.+)$/;

/**
 * The processes of POSIX `ps` that receive a stream. Solaris shows 80 characters of a command: a long one is not known there.
 */
export function receivesListing(onReceive: (receiving: Receiving) => void): Listing {
  return {
    argv: ['ps', '-A', '-o', 'pid,args'],
    take(line) {
      const [, pid, command] = /^\s*(\d+)\s+(.+)$/.exec(line) ?? [];
      const words = RECEIVE.exec(command ?? '')?.[1];
      if (pid !== undefined && words !== undefined) onReceive({ pid: Number(pid), words: words.trim() });
      return null;
    },
    end: () => null,
  };
}
