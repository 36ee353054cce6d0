/** The pages of the window, kept in the address's fragment so that back, forward and reload work. */
import { useSyncExternalStore } from 'react';

export const WIZARD_STEPS = ['source', 'snapshot', 'destination', 'how', 'review'] as const;
export type WizardStep = (typeof WIZARD_STEPS)[number];

export type Route =
  | { readonly page: 'hosts' }
  | { readonly page: 'replicate'; readonly step: WizardStep }
  | { readonly page: 'runs' }
  | { readonly page: 'run'; readonly run: string };

/** An unknown address is the first page, never an empty one. */
export function parseRoute(fragment: string): Route {
  const [page, rest] = fragment.replace(/^#\/?/, '').split('/');
  if (page === 'replicate') {
    return { page, step: WIZARD_STEPS.find((step) => step === rest) ?? 'source' };
  }
  if (page === 'runs') return rest === undefined || rest === '' ? { page } : { page: 'run', run: rest };
  return { page: 'hosts' };
}

export function formatRoute(route: Route): string {
  switch (route.page) {
    case 'hosts':
      return '#/hosts';
    case 'replicate':
      return `#/replicate/${route.step}`;
    case 'runs':
      return '#/runs';
    case 'run':
      return `#/runs/${route.run}`;
  }
}

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
