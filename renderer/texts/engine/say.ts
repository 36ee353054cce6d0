/**
 * The engine speaks English: its sentences stand in journals, scripts and the command line's output as well. Here they are
 * said in the window's language. A sentence is known by its English template, as gettext knows it by its msgid; one that is
 * not known stays English.
 */
import { language } from '../texts.ts';

/** An English template with `{names}` in it, and the same in another language. */
export type Saying = readonly [english: string, other: string];

interface Known {
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly other: string;
}

const NAME = /\{(\w+)\}/g;
const escapeRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

function compile([english, other]: Saying): Known {
  const names = [...english.matchAll(NAME)].map(([, name]) => name ?? '');
  const source = english
    .split(NAME)
    .map((part, index) => (index % 2 === 0 ? escapeRegExp(part) : '(.+?)'))
    .join('');
  return { pattern: new RegExp(`^${source}$`, 's'), names, other };
}

interface Catalogue {
  readonly sentences: readonly Known[];
  readonly things: readonly Known[];
  /** Between the digits of a figure. */
  readonly decimal: string;
}

const catalogues = new Map<string, Catalogue>();

/**
 * From now on sentences can be said in that language.
 *
 * @param sayings the first that fits is taken: what fits much else stands last
 * @param things what a list may hold that is put into a sentence for `{things}`
 */
export function learn(tag: string, sayings: readonly Saying[], things: readonly Saying[]): void {
  const decimal = new Intl.NumberFormat(tag).formatToParts(0.5).find(({ type }) => type === 'decimal')?.value ?? '.';
  catalogues.set(tag, { sentences: sayings.map(compile), things: things.map(compile), decimal });
}

/** The placeholder whose value is further sentences. */
const REST = 'rest';
/** The placeholder whose value is a list; no name in ZFS has a comma. */
const THINGS = 'things';

/** As `shared/model/bytes.ts` says a size or a rate. */
const SIZE = /^(\d+)\.(\d+ [KMGTP]iB(?:\/s)?)$/;

/** Where one sentence ends and the next begins. */
const BETWEEN = /(?<=[.!?]) (?=[\p{Lu}“"0-9])/u;

/**
 * Sentence by sentence where each is known, else as a whole, which some templates are made for; what is not known stays. In
 * this order, because the first name of a template would take all sentences before it for its value.
 */
function inOrder(text: string, catalogue: Catalogue): string {
  const sentences = text.split(BETWEEN);
  const said = sentences.map((sentence) => whole(sentence, catalogue));
  if (said.every((sentence) => sentence !== null)) return said.join(' ');
  return whole(text, catalogue) ?? sentences.map((sentence, at) => said[at] ?? sentence).join(' ');
}

function whole(text: string, catalogue: Catalogue, known = catalogue.sentences): string | null {
  for (const { pattern, names, other } of known) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const values = new Map(names.map((name, index) => [name, placed(name, found[index + 1] ?? '', catalogue)]));
    return other.replace(NAME, (_, name: string) => values.get(name) ?? '');
  }
  return null;
}

function placed(name: string, value: string, catalogue: Catalogue): string {
  if (name === REST) return inOrder(value, catalogue);
  if (name !== THINGS) return value.replace(SIZE, `$1${catalogue.decimal}$2`);
  return value
    .split(', ')
    .map((thing) => whole(thing, catalogue, catalogue.things) ?? thing)
    .join(', ');
}

const remembered = new Map<string, string>();
/** More texts than any page shows; then it begins anew. */
const MOST = 5000;

/** @param tag of a language @returns the text in that language as far as its sentences are known, else as it was */
export function sayIn(tag: string, text: string): string {
  const catalogue = catalogues.get(tag);
  if (catalogue === undefined || text === '') return text;
  const key = `${tag} ${text}`;
  const before = remembered.get(key);
  if (before !== undefined) return before;
  const said = inOrder(text, catalogue);
  if (remembered.size >= MOST) remembered.clear();
  remembered.set(key, said);
  return said;
}

/** A sentence of the engine in the window's language. */
export const say = (text: string): string => sayIn(language(), text);
