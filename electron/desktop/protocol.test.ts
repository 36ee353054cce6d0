import { describe, expect, it } from 'vitest';
import type { Asset } from '../web/assets.ts';
import { answerRequest, scheme } from './protocol.ts';

const page: Asset = { body: Buffer.from('<!doctype html>'), type: 'text/html; charset=utf-8' };
const script: Asset = { body: Buffer.from('export {}'), type: 'text/javascript; charset=utf-8' };
const assets = new Map([
  ['/', page],
  ['/assets/main.js', script],
]);
const ask = (url: string, method = 'GET') => answerRequest(assets, { url, method });

describe('the app scheme', () => {
  it('has the privileges the page needs, and neither its policy nor its cross-origin rules are bypassed', () => {
    expect(scheme).toEqual({
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    });
  });
});

describe('answerRequest', () => {
  it('serves the page under the content policy', async () => {
    const response = ask('app://sluice/');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('<!doctype html>');
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
  });

  it('serves other files by their kind', () => {
    expect(ask('app://sluice/assets/main.js').headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  });

  it.each([
    'app://sluice/missing.js',
    'app://sluice/assets/',
    'app://sluice/assets/../../package.json',
    'app://sluice/..%2fpackage.json',
    'app://sluice//etc/passwd',
    'app://sluice/assets/main.js?x',
    'app://sluice/__proto__',
    'app://other/',
    'app://user@sluice/',
    'https://sluice/',
    'nonsense',
  ])('knows nothing of %s', async (url) => {
    const response = ask(url);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('doctype');
  });

  it('answers HEAD without a body and refuses other methods', async () => {
    const head = ask('app://sluice/', 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(ask('app://sluice/', 'POST').status).toBe(405);
  });
});
