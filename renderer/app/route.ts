/** The pages of the window, kept in the address's fragment so that back, forward and reload work. */
import { useSyncExternalStore } from 'react';
import { RunIdSchema } from '../../shared/model/run.ts';
import type { VerifyEnds } from '../verify/ends.ts';

export const WIZARD_STEPS = ['source', 'snapshot', 'destination', 'how', 'review'] as const;
export type WizardStep = (typeof WIZARD_STEPS)[number];

export type Route =
  | { readonly page: 'start' }
  | { readonly page: 'hosts' }
  | { readonly page: 'host'; readonly host: string }
  /** What a host has; the dataset, if one is chosen, is looked into. */
  | { readonly page: 'explore'; readonly host: string | null; readonly dataset: string | null }
  | { readonly page: 'replicate'; readonly step: WizardStep }
  | { readonly page: 'runs' }
  | { readonly page: 'run'; readonly run: string }
  | { readonly page: 'compare'; readonly first: string; readonly second: string }
  /** A dataset beside its copy, compared as they are now. */
  | { readonly page: 'verify'; readonly ends: VerifyEnds }
  | { readonly page: 'practice' }
  | { readonly page: 'settings' };

const join = (...parts: readonly (string | null)[]): string =>
  `#/${parts
    .filter((part) => part !== null)
    .map((part) => encodeURIComponent(part))
    .join('/')}`;

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A broken escape was not written by us; as it stands it names nothing, and the page says so.
    return part;
  }
}

/** An unknown address is the first page, never an empty one. */
export function parseRoute(fragment: string): Route {
  const [page, first, second, third, fourth] = fragment
    .replace(/^#\/?/, '')
    .split('/')
    .map(decode)
    .map((part) => (part === '' ? undefined : part));
  switch (page) {
    case 'replicate':
      return { page, step: WIZARD_STEPS.find((step) => step === first) ?? 'source' };
    case 'runs':
      return RunIdSchema.safeParse(first).success && first !== undefined ? { page: 'run', run: first } : { page };
    case 'compare':
      return first === undefined || second === undefined ? { page: 'runs' } : { page, first, second };
    case 'verify':
      return first === undefined || second === undefined || third === undefined || fourth === undefined
        ? { page: 'start' }
        : { page, ends: { sourceHost: first, source: second, copyHost: third, copy: fourth } };
    case 'hosts':
      return first === undefined ? { page } : { page: 'host', host: first };
    case 'explore':
      return { page, host: first ?? null, dataset: second ?? null };
    case 'practice':
    case 'settings':
      return { page };
    default:
      return { page: 'start' };
  }
}

export function formatRoute(route: Route): string {
  switch (route.page) {
    case 'start':
    case 'hosts':
    case 'runs':
    case 'practice':
    case 'settings':
      return join(route.page);
    case 'host':
      return join('hosts', route.host);
    case 'explore':
      return join('explore', route.host, route.host === null ? null : route.dataset);
    case 'replicate':
      return join('replicate', route.step);
    case 'run':
      return join('runs', route.run);
    case 'verify': {
      const { sourceHost, source, copyHost, copy } = route.ends;
      return join('verify', sourceHost, source, copyHost, copy);
    }
    case 'compare':
      return join('compare', route.first, route.second);
  }
}

/** What makes a page another one. What is chosen within Explore does not: there one goes on where one is. */
export const pageKey = (route: Route): string => (route.page === 'explore' ? route.page : formatRoute(route));

export function go(route: Route): void {
  location.hash = formatRoute(route);
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
}

/** @returns the fragment, stable between changes; parse it with {@link parseRoute} */
export function useFragment(): string {
  return useSyncExternalStore(subscribe, () => location.hash);
}
