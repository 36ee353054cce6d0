/**
 * Cuts shell text into words and operators, as POSIX sh does for the part of the language that Sluice's frame uses:
 * quotes, backslashes, `$NAME`, `${NAME}`, `$$`, `$?`, `; & && || |`, newlines, redirections and comments.
 */

/** A piece of a word. Quoted pieces are never split, and make a word even when empty. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | { readonly kind: 'variable'; readonly name: string; readonly quoted: boolean };

export type Word = readonly Piece[];

export type Token =
  | { readonly kind: 'word'; readonly word: Word }
  | { readonly kind: 'operator'; readonly text: string }
  /** `from` is the descriptor that is redirected. */
  | { readonly kind: 'redirect'; readonly text: '<' | '>' | '>>' | '>&' | '<&'; readonly from: number };

/** What sh says after its name and line, and then exits with 2. */
export class ShellSyntaxError extends Error {}

const OPERATORS = ['&&', '||', ';;', ';', '&', '|', '\n', '(', ')'];
const REDIRECTS = ['>>', '>&', '<&', '>', '<'] as const;
const SPECIAL = /^[?$!#0-9]/;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*/;

class Lexer {
  readonly #text: string;
  #at = 0;
  readonly #tokens: Token[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  run(): Token[] {
    while (this.#at < this.#text.length) this.#token();
    return this.#tokens;
  }

  #rest(): string {
    return this.#text.slice(this.#at);
  }

  #token(): void {
    const char = this.#text.charAt(this.#at);
    if (char === ' ' || char === '\t') {
      this.#at += 1;
    } else if (this.#text.startsWith('\\\n', this.#at)) {
      this.#at += 2;
    } else if (char === '#') {
      const end = this.#text.indexOf('\n', this.#at);
      this.#at = end < 0 ? this.#text.length : end;
    } else if (!this.#redirect() && !this.#operator()) {
      this.#tokens.push({ kind: 'word', word: this.#word() });
    }
  }

  #redirect(): boolean {
    const digit = /^[0-9](?=[<>])/.exec(this.#rest())?.[0] ?? '';
    const text = REDIRECTS.find((one) => this.#text.startsWith(one, this.#at + digit.length));
    if (text === undefined) return false;
    const from = digit === '' ? (text.startsWith('<') ? 0 : 1) : Number(digit);
    this.#tokens.push({ kind: 'redirect', text, from });
    this.#at += digit.length + text.length;
    return true;
  }

  #operator(): boolean {
    const text = OPERATORS.find((one) => this.#text.startsWith(one, this.#at));
    if (text === undefined) return false;
    this.#tokens.push({ kind: 'operator', text });
    this.#at += text.length;
    return true;
  }

  #word(): Word {
    const pieces: Piece[] = [];
    while (this.#at < this.#text.length) {
      const char = this.#text.charAt(this.#at);
      if (/[\s;&|()<>]/.test(char)) break;
      if (char === "'") pieces.push(this.#single());
      else if (char === '"') pieces.push(...this.#double());
      else if (char === '$') pieces.push(this.#variable(false));
      else if (char === '`') throw new ShellSyntaxError('Syntax error: command substitution is not part of this shell');
      else pieces.push(this.#plain());
    }
    return pieces;
  }

  #plain(): Piece {
    if (this.#text.charAt(this.#at) === '\\') {
      this.#at += 2;
      return { kind: 'text', text: this.#text.charAt(this.#at - 1), quoted: true };
    }
    const text = /^[^\s;&|()<>'"$`\\]+/.exec(this.#rest())?.[0] ?? '';
    this.#at += text.length;
    return { kind: 'text', text, quoted: false };
  }

  #single(): Piece {
    const end = this.#text.indexOf("'", this.#at + 1);
    if (end < 0) throw new ShellSyntaxError('Syntax error: Unterminated quoted string');
    const text = this.#text.slice(this.#at + 1, end);
    this.#at = end + 1;
    return { kind: 'text', text, quoted: true };
  }

  #double(): Piece[] {
    this.#at += 1;
    const pieces: Piece[] = [{ kind: 'text', text: '', quoted: true }];
    for (;;) {
      const char = this.#text.charAt(this.#at);
      if (char === '') throw new ShellSyntaxError('Syntax error: Unterminated quoted string');
      if (char === '"') break;
      if (char === '$') pieces.push(this.#variable(true));
      else if (char === '\\' && /[$`"\\]/.test(this.#text.charAt(this.#at + 1))) {
        pieces.push({ kind: 'text', text: this.#text.charAt(this.#at + 1), quoted: true });
        this.#at += 2;
      } else {
        pieces.push({ kind: 'text', text: char, quoted: true });
        this.#at += 1;
      }
    }
    this.#at += 1;
    return pieces;
  }

  #variable(quoted: boolean): Piece {
    const rest = this.#text.slice(this.#at + 1);
    if (rest.startsWith('(')) {
      throw new ShellSyntaxError('Syntax error: command substitution is not part of this shell');
    }
    const braced = /^\{([A-Za-z_][A-Za-z0-9_]*|[?$!#0-9])\}/.exec(rest);
    if (rest.startsWith('{') && braced === null) throw new ShellSyntaxError('Bad substitution');
    const name = braced?.[1] ?? NAME.exec(rest)?.[0] ?? SPECIAL.exec(rest)?.[0];
    if (name === undefined) {
      this.#at += 1;
      return { kind: 'text', text: '$', quoted };
    }
    this.#at += 1 + (braced?.[0].length ?? name.length);
    return { kind: 'variable', name, quoted };
  }
}

/** @throws ShellSyntaxError */
export const tokenize = (text: string): Token[] => new Lexer(text).run();
