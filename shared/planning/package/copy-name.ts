/** What the copy of a dataset is called. */
import type { ReplicationRequest } from '../../model/request.ts';

/**
 * The name as `receive DATASET`, `receive -e` and `receive -d` would choose it; it may be no valid one.
 *
 * @param target the copy's own name, or what it lies in, as `naming` says
 * @param root the dataset that was asked for
 * @param dataset the root itself or one below it
 */
export function copyName(
  target: string,
  naming: ReplicationRequest['destination']['naming'],
  root: string,
  dataset: string,
): string {
  const own = {
    exact: '',
    'last-name': `/${root.slice(root.lastIndexOf('/') + 1)}`,
    // Without its pool a pool's own dataset has no name left.
    'without-pool': root.includes('/') ? root.slice(root.indexOf('/')) : '',
  }[naming];
  return `${target}${own}${dataset.slice(root.length)}`;
}
