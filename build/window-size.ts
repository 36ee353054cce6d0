/** How large the window's files are, and how large they may become: what is loaded before the first picture is felt. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/** Bytes after gzip, for all files of a kind together. */
export const BUDGET = { 'first script': 330_000, 'first style': 16_000, 'script of one language': 50_000 } as const;

export interface WindowFile {
  readonly name: string;
  readonly content: Uint8Array;
  /** The page names it: it is there before the first picture. */
  readonly first: boolean;
}

function kindOf({ name, first }: WindowFile): keyof typeof BUDGET | null {
  if (name.endsWith('.js')) return first ? 'first script' : 'script of one language';
  return name.endsWith('.css') ? 'first style' : null;
}

/** @returns a sentence for each kind that is over its budget */
export function overBudget(files: readonly WindowFile[]): string[] {
  const kinds = Map.groupBy(files, kindOf);
  return (Object.keys(BUDGET) as (keyof typeof BUDGET)[]).flatMap((kind) => {
    const bytes = (kinds.get(kind) ?? []).reduce((sum, { content }) => sum + gzipSync(content).length, 0);
    return bytes <= BUDGET[kind]
      ? []
      : [`the window's ${kind} is ${bytes} bytes after gzip; its budget is ${BUDGET[kind]}`];
  });
}

/** @param root with a built window in dist/renderer */
export function windowFiles(root: string): WindowFile[] {
  const built = path.join(root, 'dist', 'renderer');
  const page = readFileSync(path.join(built, 'index.html'), 'utf8');
  return readdirSync(path.join(built, 'assets')).map((name) => ({
    name,
    content: readFileSync(path.join(built, 'assets', name)),
    first: page.includes(`/assets/${name}"`),
  }));
}
