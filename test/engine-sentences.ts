/** Every sentence that stands in a source file, found in its syntax tree: what may be said to a person in some case or other. */
import { parseSync } from 'vite';

/** Where a value is put in. */
export const GAP = '◻';

/** Keys whose values are for people, whatever they look like. */
const SPEAKING = new Set(['message', 'cause', 'next', 'detail', 'title', 'label', 'instructions', 'sentence']);
/** What is thrown as one of these tells a programmer of a mistake. */
const MISTAKES = new Set(['Error', 'TypeError', 'RangeError']);
/** More ways to put one text together are not looked at. */
const MOST_WAYS = 64;

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

/** Each way an expression can turn out, as far as its text is known. */
function ways(node: Node): string[] {
  switch (node.type) {
    case 'Literal':
      return [typeof node.value === 'string' ? node.value : GAP];
    case 'TemplateLiteral': {
      const quasis = node.quasis as readonly { readonly value: { readonly cooked: string } }[];
      const between = (node.expressions as readonly Node[]).map(ways);
      return quasis
        .reduce<string[]>(
          (texts, { value }, at) =>
            texts.flatMap((text) => (between[at - 1] ?? ['']).map((middle) => `${text}${middle}${value.cooked}`)),
          [''],
        )
        .slice(0, MOST_WAYS);
    }
    case 'ConditionalExpression':
      return [...ways(node.consequent as Node), ...ways(node.alternate as Node)];
    case 'LogicalExpression':
      return [...(node.operator === '&&' ? [] : ways(node.left as Node)), ...ways(node.right as Node)];
    default:
      return [GAP];
  }
}

const isSentence = (text: string): boolean => /^[\p{Lu}◻“].* .*[.!?]$/su.test(text) && /[a-z]{2} [a-z◻]/.test(text);
const hasWords = (text: string): boolean => /[A-Za-z]{2}/.test(text.replaceAll(GAP, ''));

/** The parts of a node that are looked at, and whether what they are is for people because of where they stand. */
function parts(node: Node, isSpeaking: boolean): (readonly [part: unknown, isSpeaking: boolean])[] {
  switch (node.type) {
    case 'Literal':
    case 'TemplateLiteral':
      return [[node.expressions, false]];
    case 'NewExpression':
      return MISTAKES.has(String((node.callee as Node).name)) ? [] : [[node.arguments, false]];
    case 'Property':
      return [[node.value, SPEAKING.has(String((node.key as Node).name))]];
    case 'ConditionalExpression':
      return [
        [node.test, false],
        [node.consequent, isSpeaking],
        [node.alternate, isSpeaking],
      ];
    default:
      return Object.values(node).map((part) => [part, isSpeaking && node.type === 'LogicalExpression']);
  }
}

function collect(value: unknown, isSpeaking: boolean, found: Set<string>): void {
  if (Array.isArray(value)) for (const part of value) collect(part, isSpeaking, found);
  if (!isNode(value) || value.type.startsWith('TS') || value.type.startsWith('Import')) return;
  if (value.type === 'Literal' || value.type === 'TemplateLiteral')
    for (const text of ways(value)) if (isSpeaking ? hasWords(text) : isSentence(text)) found.add(text.trim());
  for (const [part, speaks] of parts(value, isSpeaking)) collect(part, speaks, found);
}

/**
 * @param file its name tells the language, as `a.ts` does
 * @returns each sentence, with {@link GAP} where a value is put in; those of faults of the program itself are left out
 */
export function sentencesIn(file: string, text: string): string[] {
  const found = new Set<string>();
  collect(parseSync(file, text).program as unknown, false, found);
  return [...found];
}
