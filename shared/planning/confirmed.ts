/** What the user confirmed: of what would be lost, what was listed then. */
import type { Loss } from '../model/plan.ts';

/** A snapshot's unique space changes with its neighbours and is not compared. An unknown figure says nothing. */
const isNoMore = (loss: Loss, known: Loss): boolean =>
  loss.guid !== null || known.bytes === null || loss.bytes === null || loss.bytes <= known.bytes;

const isSame = (loss: Loss, known: Loss): boolean =>
  known.what === loss.what && known.name === loss.name && known.guid === loss.guid;

/** @returns those that were not listed, or are more than was: written since, or a different snapshot with the same name */
export const unconfirmed = (losses: readonly Loss[], listed: readonly Loss[]): Loss[] =>
  losses.filter((loss) => !listed.some((known) => isSame(loss, known) && isNoMore(loss, known)));
