import { describe, expect, it } from 'vitest';
import { formatRoute, pageKey, parseRoute, type Route } from './route.ts';

describe('routes', () => {
  const routes: Route[] = [
    { page: 'start' },
    { page: 'hosts' },
    { page: 'host', host: 'nas-2' },
    { page: 'explore', host: null, dataset: null },
    { page: 'explore', host: 'nas', dataset: null },
    { page: 'explore', host: 'nas', dataset: 'tank/a b/c:d%' },
    { page: 'compare', first: '20261122-003000-ab12', second: '20261122-003000-cd34' },
    { page: 'settings' },
    { page: 'replicate', step: 'destination' },
    { page: 'runs' },
    { page: 'run', run: '20261122-003000-ab12' },
  ];
  it.each(routes)('come back from the address as they went: %o', (route) => {
    expect(parseRoute(formatRoute(route))).toEqual(route);
  });

  it.each([
    ['', { page: 'start' }],
    ['#/', { page: 'start' }],
    ['#/nowhere', { page: 'start' }],
    ['#/compare/one', { page: 'runs' }],
    ['#/hosts/%E0%A4%A', { page: 'host', host: '%E0%A4%A' }],
    ['#/replicate/nowhere', { page: 'replicate', step: 'source' }],
    ['#/runs/', { page: 'runs' }],
    ['#/runs/yesterday', { page: 'runs' }],
  ])('read %s as a page that exists', (fragment, route) => expect(parseRoute(fragment)).toEqual(route));

  it('are the same place as long as one only chooses within Explore', () => {
    const explore = (host: string | null, dataset: string | null) => pageKey({ page: 'explore', host, dataset });
    expect(explore('nas', 'tank/a')).toBe(explore(null, null));
    expect(pageKey({ page: 'host', host: 'nas' })).not.toBe(pageKey({ page: 'host', host: 'pi' }));
    expect(pageKey({ page: 'replicate', step: 'how' })).not.toBe(pageKey({ page: 'replicate', step: 'review' }));
  });
});
