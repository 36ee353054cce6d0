/** Puts tokens together: lists of pipelines of simple commands. */
import { type Piece, ShellSyntaxError, type Token, tokenize, type Word } from './lexer.ts';

export interface Redirect {
  readonly text: '<' | '>' | '>>' | '>&' | '<&';
  readonly from: number;
  readonly to: Word;
}

export interface Assignment {
  readonly name: string;
  readonly value: Word;
}

export interface SimpleCommand {
  readonly assignments: readonly Assignment[];
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
}

/** `{ list; }` with redirections of its own. */
export interface Group {
  readonly list: readonly Step[];
  readonly redirects: readonly Redirect[];
}

export type Command = SimpleCommand | Group;

export interface Step {
  readonly pipeline: readonly Command[];
  /** When this step is run, given the status before it. */
  readonly when: 'always' | 'after-success' | 'after-failure';
}

const isOperator = (token: Token | undefined, ...texts: string[]): boolean =>
  token?.kind === 'operator' && texts.includes(token.text);

/** A brace is one only as a word of its own where a command may begin. */
function isBrace(token: Token | undefined, brace: '{' | '}'): boolean {
  if (token?.kind !== 'word' || token.word.length !== 1) return false;
  const [piece] = token.word;
  return piece?.kind === 'text' && !piece.quoted && piece.text === brace;
}

/** `NAME=` at the front of a word, unquoted. */
function asAssignment(word: Word): Assignment | null {
  const [first, ...rest] = word;
  if (first?.kind !== 'text' || first.quoted) return null;
  const found = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(first.text);
  if (found === null) return null;
  const begin: Piece = { kind: 'text', text: found[2] ?? '', quoted: true };
  return { name: found[1] ?? '', value: [begin, ...rest] };
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  /** The whole text. */
  script(): Step[] {
    const steps = this.#list();
    const left = this.#peek();
    if (left !== undefined) throw unexpected(left);
    return steps;
  }

  /** Up to the end of the text or a closing brace. */
  #list(): Step[] {
    const steps: Step[] = [];
    let when: Step['when'] = 'always';
    for (;;) {
      while (isOperator(this.#peek(), '\n')) this.#at += 1;
      if (this.#peek() === undefined || isBrace(this.#peek(), '}')) return steps;
      steps.push({ pipeline: this.#pipeline(), when });
      const next = this.#peek();
      if (next === undefined || isBrace(next, '}')) return steps;
      if (!isOperator(next, ';', '\n', '&&', '||')) throw unexpected(next);
      when = isOperator(next, '&&') ? 'after-success' : isOperator(next, '||') ? 'after-failure' : 'always';
      this.#at += 1;
    }
  }

  #pipeline(): Command[] {
    const commands = [this.#command()];
    while (isOperator(this.#peek(), '|')) {
      this.#at += 1;
      commands.push(this.#command());
    }
    return commands;
  }

  #command(): Command {
    return isBrace(this.#peek(), '{') ? this.#group() : this.#simple();
  }

  #group(): Group {
    this.#at += 1;
    const list = this.#list();
    if (!isBrace(this.#peek(), '}')) throw unexpected(this.#peek());
    this.#at += 1;
    const redirects: Redirect[] = [];
    for (let token = this.#peek(); token?.kind === 'redirect'; token = this.#peek())
      redirects.push(this.#redirect(token));
    return { list, redirects };
  }

  #redirect(token: Token & { kind: 'redirect' }): Redirect {
    this.#at += 1;
    const target = this.#peek();
    if (target?.kind !== 'word') throw unexpected(target);
    this.#at += 1;
    return { text: token.text, from: token.from, to: target.word };
  }

  #simple(): SimpleCommand {
    const assignments: Assignment[] = [];
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    for (let token = this.#peek(); token !== undefined && token.kind !== 'operator'; token = this.#peek()) {
      if (token.kind === 'redirect') {
        redirects.push(this.#redirect(token));
        continue;
      }
      this.#at += 1;
      const assignment = words.length === 0 ? asAssignment(token.word) : null;
      if (assignment === null) words.push(token.word);
      else assignments.push(assignment);
    }
    if (assignments.length + words.length + redirects.length === 0) throw unexpected(this.#peek());
    return { assignments, words, redirects };
  }
}

function unexpected(token: Token | undefined): ShellSyntaxError {
  if (token === undefined) return new ShellSyntaxError('Syntax error: end of file unexpected');
  if (token.kind === 'operator' && token.text === '\n') return new ShellSyntaxError('Syntax error: newline unexpected');
  const shown = token.kind === 'word' ? 'word' : `"${token.text}"`;
  return new ShellSyntaxError(`Syntax error: ${shown} unexpected`);
}

/** @throws ShellSyntaxError */
export const parseScript = (text: string): Step[] => new Parser(tokenize(text)).script();
