/** The tags of our holds: by them one copy's holds are told from another's. */
import { digestOf } from '../model/digest.ts';
import type { Inventory } from '../model/inventory.ts';
import type { DatasetName } from '../model/names.ts';
import type { Decision } from './decision.ts';
import { poolNamed } from './ends.ts';

/** Bytes; `MAXNAMELEN` is 256 with its NUL, a longer tag is refused with E2BIG. */
const MAX_TAG_LENGTH = 255;

/** A tag that is too long keeps its beginning, and is told from others by a digest of the whole. */
function shortened(tag: string): string {
  if (tag.length <= MAX_TAG_LENGTH) return tag;
  const end = `~${digestOf(tag)}`;
  return `${tag.slice(0, MAX_TAG_LENGTH - end.length)}${end}`;
}

/**
 * The other side's pool is told by its GUID: two computers may each call a NAS `nas`, or copy into a `backup/home` of their own,
 * and a host may get another name in the book; none of that must let one copy release the other's holds, or forget its own.
 */
const endKey = (end: Inventory, dataset: DatasetName): string =>
  `${dataset}:${poolNamed(end, dataset)?.guid ?? end.host}`;

/** The tag of our holds at the source: one for each destination, so that two copies never release each other's. */
export const sourceTag = ({ ends }: Decision): string =>
  shortened(`sluice:to:${endKey(ends.destination, ends.request.destination.dataset)}`);
export const destinationTag = ({ ends }: Pick<Decision, 'ends'>): string =>
  shortened(`sluice:from:${endKey(ends.source, ends.request.source.dataset)}`);
