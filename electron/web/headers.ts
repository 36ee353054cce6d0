/** What every answer that carries a part of the window says about it, over HTTP and Electron's own protocol alike. */
import type { Asset } from './assets.ts';

/**
 * The window's content policy: nothing but its own files, no inline text, no evaluation, no frames.
 *
 * @param socket the WebSocket origin to allow besides `'self'`, such as `ws://127.0.0.1:4000`. Chromium counts a
 *   WebSocket of the same origin as `'self'`, other browsers have not always done so.
 */
export function contentPolicy(socket?: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${socket === undefined ? '' : ` ${socket}`}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}

/** Headers of any answer, a refusal too. */
export const commonHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** Headers of one of the window's files. */
export function assetHeaders(asset: Asset, policy: string): Record<string, string> {
  return { ...commonHeaders, 'content-type': asset.type, 'content-security-policy': policy };
}
