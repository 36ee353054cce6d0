/** Who may talk to the main process: tokens made here, compared without telling by the time it takes how much matched. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits, in characters that may stand in a URL fragment and in Sec-WebSocket-Protocol. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** A set of tokens, kept as digests of equal length so that they can be compared in constant time. */
class TokenSet {
  #digests: Buffer[] = [];

  add(token: string): void {
    this.#digests.push(digest(token));
  }

  /** Looks at every token, found or not. */
  has(token: string): boolean {
    const presented = digest(token);
    return this.#digests.reduce((found, known) => timingSafeEqual(known, presented) || found, false);
  }

  delete(token: string): void {
    const presented = digest(token);
    this.#digests = this.#digests.filter((known) => !timingSafeEqual(known, presented));
  }
}

/**
 * Bootstrap tokens travel in a URL fragment, which browsers keep in histories, so each admits once. What it is exchanged
 * for, a session token, stays in one tab's memory and lives as long as this process.
 */
export class Admission {
  readonly #bootstraps = new TokenSet();
  readonly #sessions = new TokenSet();

  readonly #lasting: string | null;

  /**
   * @param lasting a session token to hand out instead of fresh ones, and to honour from the start: the development
   *   server keeps one over its own restarts
   */
  constructor(lasting: string | null = null) {
    this.#lasting = lasting;
    if (lasting !== null) this.#sessions.add(lasting);
  }

  /** A new single-use token. */
  issueBootstrap(): string {
    const token = newToken();
    this.#bootstraps.add(token);
    return token;
  }

  /** @returns a session token, or null if the bootstrap token is unknown or used up */
  exchange(bootstrap: string): string | null {
    if (!this.#bootstraps.has(bootstrap)) return null;
    this.#bootstraps.delete(bootstrap);
    if (this.#lasting !== null) return this.#lasting;
    const session = newToken();
    this.#sessions.add(session);
    return session;
  }

  isSession(token: string): boolean {
    return this.#sessions.has(token);
  }
}
