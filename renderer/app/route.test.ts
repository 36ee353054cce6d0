import { describe, expect, it } from 'vitest';
import { formatRoute, parseRoute, type Route } from './route.ts';

describe('routes', () => {
  const routes: Route[] = [
    { page: 'hosts' },
    { page: 'replicate', step: 'destination' },
    { page: 'runs' },
    { page: 'run', run: '20261122-003000-ab12' },
  ];
  it.each(routes)('come back from the address as they went: %o', (route) => {
    expect(parseRoute(formatRoute(route))).toEqual(route);
  });

  it.each([
    ['', { page: 'hosts' }],
    ['#/', { page: 'hosts' }],
    ['#/nowhere', { page: 'hosts' }],
    ['#/replicate/nowhere', { page: 'replicate', step: 'source' }],
    ['#/runs/', { page: 'runs' }],
  ])('read %s as a page that exists', (fragment, route) => expect(parseRoute(fragment)).toEqual(route));
});
