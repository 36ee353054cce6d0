/** A copy that is to be mounted, and what it would cover: on Linux ZFS silently mounts over non-empty directories (overlay=on). */
import type { Dataset } from '../model/inventory.ts';
import { isWithin } from '../model/names.ts';
import type { Finding } from '../model/plan.ts';
import type { Ends } from './ends.ts';
import { warns } from './findings.ts';
import { nearestExisting } from './parents.ts';

const isPath = (mountpoint: string | null | undefined): mountpoint is string => mountpoint?.startsWith('/') === true;

/** Where a new copy is mounted: as asked, or below its parent; null: nowhere. */
function pathOf(ends: Ends): string | null {
  const { receive, destination } = ends.request;
  const given = receive.set.find(([name]) => name === 'mountpoint')?.[1];
  if (given !== undefined) return isPath(given) ? given : null;
  const place = nearestExisting(ends, null);
  if (place === null || !isPath(place.mountpoint)) return null;
  const below = destination.dataset.slice(place.name.length);
  return place.mountpoint === '/' ? below : `${place.mountpoint}${below}`;
}

const within = (path: string, outer: string): boolean =>
  path === outer || path.startsWith(outer === '/' ? outer : `${outer}/`);

/** For a new copy; one that is not mounted covers nothing, and an existing one stays where it is. */
export function checkMounts(ends: Ends, dataset: Dataset): Finding[] {
  const { request, whole, destination } = ends;
  if (!request.receive.mount || dataset.kind !== 'filesystem') return [];
  const path = pathOf(ends);
  if (path === null) return [];
  const copy = request.destination.dataset;
  const covered = destination.datasets.filter(
    ({ name, kind, mountpoint, canmount, mounted }) =>
      kind === 'filesystem' &&
      !isWithin(name, copy) &&
      isPath(mountpoint) &&
      within(mountpoint, path) &&
      (mounted === true || canmount === 'on'),
  );
  const shared = whole.package !== 'single' && request.receive.set.some(([name]) => name === 'mountpoint');
  const leaveUnmounted = {
    label: 'Do not mount the copy',
    detail: 'It can be mounted later, at another place.',
    change: { receive: { ...whole.receive, mount: false } },
    destructive: false,
  };
  return [
    ...(covered.length === 0
      ? []
      : [
          warns('mountpoint-covers', {
            message: `${copy} would be mounted at ${path} on ${destination.host}, over ${covered
              .slice(0, 3)
              .map(({ name, mountpoint }) => `${name} at ${mountpoint}`)
              .join(', ')}${covered.length > 3 ? ' and others' : ''}.`,
            evidence: { copy, path, covered: covered.slice(0, 10).map(({ name }) => name), count: covered.length },
            fixes: [leaveUnmounted],
          }),
        ]),
    ...(shared
      ? [
          warns('mountpoint-shared', {
            message: `Every copy of the package would be mounted at ${path}, one over the other.`,
            evidence: { path },
            fixes: [leaveUnmounted],
          }),
        ]
      : []),
  ];
}
