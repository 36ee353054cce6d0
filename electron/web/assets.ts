/**
 * The window's files, read once into a fixed list. Whatever is asked for is looked up by its exact path and never
 * becomes a path on disk, so there is nothing to traverse.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { SluiceError } from '../../shared/model/failure.ts';

export interface Asset {
  readonly body: Buffer<ArrayBuffer>;
  /** The Content-Type. */
  readonly type: string;
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/**
 * Reads a built window.
 *
 * @param folder that holds index.html
 * @returns URL path to file; `/` is index.html
 * @throws SluiceError `window-not-built` if there is no index.html; Error for a file of a kind nobody said how to serve
 */
export async function readAssets(folder: string): Promise<ReadonlyMap<string, Asset>> {
  const assets = new Map<string, Asset>();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const type = types[path.extname(entry.name)];
    if (type === undefined) throw new Error(`${file}: no content type is known for this kind of file`);
    assets.set(`/${path.relative(folder, file).split(path.sep).join('/')}`, { body: await readFile(file), type });
  }
  const index = assets.get('/index.html');
  if (index === undefined) {
    throw new SluiceError({
      code: 'window-not-built',
      message: 'The window was not built.',
      cause: `${folder} holds no index.html.`,
      next: 'Run npm run build.',
    });
  }
  assets.set('/', index);
  return assets;
}
