/** How large the window's files are, and how large they may become: what is loaded before the first picture is felt. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/** Bytes after gzip, for all files of a kind together. */
export const BUDGET: Readonly<Record<string, number>> = { js: 350_000, css: 16_000 };

/**
 * @param files names with their contents
 * @returns a sentence for each kind that is over its budget
 */
export function overBudget(files: readonly { readonly name: string; readonly content: Uint8Array }[]): string[] {
  return Object.entries(BUDGET).flatMap(([kind, most]) => {
    const bytes = files
      .filter(({ name }) => name.endsWith(`.${kind}`))
      .reduce((sum, { content }) => sum + gzipSync(content).length, 0);
    return bytes <= most ? [] : [`the window's ${kind} is ${bytes} bytes after gzip; its budget is ${most}`];
  });
}

/** @param root with a built window in dist/renderer */
export function windowFiles(root: string): { name: string; content: Uint8Array }[] {
  const folder = path.join(root, 'dist', 'renderer', 'assets');
  return readdirSync(folder).map((name) => ({ name, content: readFileSync(path.join(folder, name)) }));
}
