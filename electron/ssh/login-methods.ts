/** Which login method is tried next: keys, then what the host asks a person for. */
import type ssh2 from 'ssh2';
import type { PromptField } from '../../shared/model/prompt.ts';
import { NarrowedAgent } from './agent-keys.ts';
import { type Credentials, describeWay, type KeyWay } from './credentials.ts';
import { watchRefusals } from './internals.ts';
import type { Ask, Question } from './questions.ts';

/** As often as ssh's NumberOfPasswordPrompts. */
const TRIES = 3;

export interface LoginRecord {
  /** What was shown to the host, in words. */
  readonly tried: string[];
  /** What the host would still take; null before it said so. */
  methods: readonly string[] | null;
  /** True if somebody had answers to questions. */
  answered: boolean;
  /** True if a question came back without an answer: nobody was there, or did not want to. */
  unanswered: boolean;
  /** True while a person is being asked: the login's time limit does not count. */
  asking: number;
}

export interface LoginMethodsParts {
  readonly client: ssh2.Client;
  readonly user: string;
  readonly hostName: string;
  /** `root@nas2:22` */
  readonly address: string;
  /** As `accountOf` names it; an address alone may be that of several hosts behind different jumps. */
  readonly account: string;
  readonly credentials: Credentials;
  readonly ask: Ask;
  readonly record: LoginRecord;
  /** Called whenever asking begins and ends. */
  readonly onAsking: () => void;
  readonly signal: AbortSignal;
}

type Next = ssh2.AnyAuthMethod | false;

/** The host's own wording for the account's password, as PAM and login programs put it. */
const ASKS_PASSWORD = /^\s*(\(.*\)\s*)?(.*'s )?(unix )?(current )?password( for .*)?\s*:?\s*$/i;

/**
 * PAM puts what it has to say before the question in one text with it: "You are required to change your password immediately
 * (administrator enforced).", "Changing password for bob.", "Current password: ".
 */
function splitPrompt(text: string): { readonly before: string; readonly label: string } {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const label = lines.pop() ?? 'Answer';
  return { before: lines.join('\n'), label };
}

const methodOf = (way: KeyWay, username: string): ssh2.AnyAuthMethod =>
  way.kind === 'key'
    ? { type: 'publickey', username, key: way.key }
    : { type: 'agent', username, agent: way.only === null ? way.socket : new NarrowedAgent(way.socket, way.only) };

class LoginMethods {
  readonly #parts: LoginMethodsParts;
  readonly #ways: KeyWay[];
  readonly #passwordName: string;
  #asked = { 'keyboard-interactive': 0, password: 0 };
  #probed = false;
  #gaveUp = false;

  constructor(parts: LoginMethodsParts) {
    this.#parts = parts;
    this.#ways = [...parts.credentials.ways];
    this.#passwordName = `password:${parts.account}`;
  }

  /** @param methods what the host takes now; null: it has not said yet */
  async next(methods: readonly string[] | null): Promise<Next> {
    const { user, record } = this.#parts;
    record.methods = methods ?? record.methods;
    if (this.#gaveUp) return false;
    if (methods === null || methods.includes('publickey')) {
      const way = this.#ways.shift();
      if (way !== undefined) {
        record.tried.push(describeWay(way));
        return methodOf(way, user);
      }
    }
    // The answer to “none” is the list of what the host takes (RFC 4252, section 5.2).
    if (methods === null) {
      if (this.#probed) return false;
      this.#probed = true;
      return { type: 'none', username: user };
    }
    if (methods.includes('keyboard-interactive') && this.#asked['keyboard-interactive'] < TRIES) {
      this.#asked['keyboard-interactive'] += 1;
      return this.#interactive(this.#asked['keyboard-interactive'] > 1);
    }
    if (methods.includes('password') && this.#asked.password < TRIES) {
      this.#asked.password += 1;
      return await this.#password(this.#asked.password > 1);
    }
    return false;
  }

  async #password(again: boolean): Promise<Next> {
    const { user, address, record } = this.#parts;
    const answers = await this.#ask({
      kind: 'password',
      title: `${address} asks for the password of ${user}.`,
      instructions: '',
      fields: [{ label: `Password of ${address}`, echo: false }],
      again,
      secret: this.#passwordName,
    });
    const password = answers?.[0];
    if (password === undefined) return false;
    record.tried.push('a password');
    return { type: 'password', username: user, password };
  }

  #interactive(again: boolean): Next {
    const { user, address, record } = this.#parts;
    let round = 0;
    return {
      type: 'keyboard-interactive',
      username: user,
      prompt: (name, instructions, _language, prompts, finish) => {
        round += 1;
        const asks = prompts.map(({ prompt }) => splitPrompt(prompt));
        const fields = asks.map(({ label }, at): PromptField => ({ label, echo: prompts[at]?.echo === true }));
        // The same password opens the next connection; a code from a device is good for once.
        const [only] = fields;
        const isPassword = fields.length === 1 && only !== undefined && !only.echo && ASKS_PASSWORD.test(only.label);
        const asked = this.#ask({
          kind: 'keyboard-interactive',
          title: `${address} asks before it lets ${user} in.`,
          instructions: [name, instructions, ...asks.map(({ before }) => before)]
            .filter((text) => text !== '')
            .join('\n'),
          fields,
          again: again && round === 1,
          secret: isPassword ? this.#passwordName : null,
        });
        void asked.then((answers) => {
          if (answers === null) this.#gaveUp = true;
          else if (round === 1) record.tried.push('answers to its questions');
          finish(answers === null ? fields.map(() => '') : [...answers]);
        });
      },
    };
  }

  async #ask(question: Omit<Question, 'host' | 'address' | 'key'>): Promise<readonly string[] | null> {
    const { hostName, address, ask, record, onAsking, signal } = this.#parts;
    record.asking += 1;
    onAsking();
    try {
      const answers = await ask({ ...question, host: hostName, address, key: null }, signal);
      if (answers === null) record.unanswered = true;
      else record.answered = true;
      return answers;
    } finally {
      record.asking -= 1;
      onAsking();
    }
  }
}

/** ssh2's authentication handler. RSA keys sign with SHA-2 (ssh2 takes what the server's `server-sig-algs` names). */
export function loginMethods(parts: LoginMethodsParts): ssh2.AuthHandlerMiddleware {
  const methods = new LoginMethods(parts);
  // While it tries the keys of an agent one by one, ssh2 forgets what the host says to each: also that one was right and
  // that something else is wanted besides.
  let latest: readonly string[] | null = null;
  let watching = false;
  return (methodsLeft, _partial, next) => {
    if (!watching) {
      watching = true;
      watchRefusals(parts.client, (left) => {
        latest = left;
      });
    }
    const left: readonly string[] | null = latest ?? methodsLeft;
    void methods.next(left).then(
      // Not in the types, but ssh2 ends the login when it is told false (client.js, doNextAuth).
      (method) => next(method as ssh2.AnyAuthMethod),
      () => next(false as unknown as ssh2.AnyAuthMethod),
    );
  };
}
