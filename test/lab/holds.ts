/** Holds that a test takes away, as an administrator would who no longer wants the snapshot kept. */

/** @returns a script that releases whatever holds the snapshot */
export const releaseAll = (snapshot: string): string =>
  `zfs holds -H ${snapshot} | cut -f2 | while read -r tag; do zfs release "$tag" ${snapshot}; done`;
