/** Serves the window's files under `app://sluice/`, from the list that was read at start. */
import type { CustomScheme } from 'electron';
import type { Asset } from '../web/assets.ts';
import { assetHeaders, commonHeaders, contentPolicy } from '../web/headers.ts';
import { isOurs, SCHEME } from './origin.ts';

/** To be registered before the application is ready. */
export const scheme: CustomScheme = {
  scheme: SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

const policy = contentPolicy();

/**
 * Answers one request of the window.
 *
 * @param assets URL path to file, from {@link readAssets}
 * @returns 404 for whatever is not on the list, as it is written; paths are never resolved
 */
export function answerRequest(assets: ReadonlyMap<string, Asset>, request: { url: string; method: string }): Response {
  const asset = isOurs(request.url) ? assets.get(pathAsWritten(request.url)) : undefined;
  if (asset === undefined)
    return new Response('There is nothing at this address.\n', { status: 404, headers: commonHeaders });
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return new Response('Only GET is answered.\n', { status: 405, headers: commonHeaders });
  }
  return new Response(request.method === 'HEAD' ? null : asset.body, {
    status: 200,
    headers: assetHeaders(asset, policy),
  });
}

function pathAsWritten(address: string): string {
  const url = new URL(address);
  return `${url.pathname}${url.search}`;
}
