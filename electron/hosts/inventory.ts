/** Reads what one host has, in one round trip, line by line. */
import { inflateSync } from 'node:zlib';
import type { Host } from '../../shared/model/host.ts';
import type { Bookmark, Dataset, Inventory, Pool, Snapshot } from '../../shared/model/inventory.ts';
import type { DatasetName } from '../../shared/model/names.ts';
import { datasetListing } from '../../shared/zfs/dataset-listing.ts';
import { poolListing } from '../../shared/zfs/pool-listing.ts';
import { bookmarkListing, type SnapshotScope, snapshotListing } from '../../shared/zfs/snapshot-listing.ts';
import { decodeResumeToken } from '../../shared/zfs/token.ts';
import type { Shell } from '../ssh/shell.ts';
import type { HostTools } from './probe.ts';
import { type ListingRequest, readListings } from './read-listings.ts';

/** Which snapshots are wanted: all of the host (narrow columns), those of one dataset (with sizes and holds), or none. */
export type InventoryScope = { readonly kind: 'all' } | { readonly kind: 'dataset'; readonly name: DatasetName };

const readToken = (token: string) => decodeResumeToken(token, (data) => new Uint8Array(inflateSync(data)));

/** @throws SluiceError if the host cannot be read */
export async function readInventory(
  shell: Shell,
  host: Host,
  tools: HostTools,
  scope: InventoryScope,
  side: 'source' | 'destination' = 'source',
): Promise<Inventory> {
  const pools: Pool[] = [];
  const datasets: Dataset[] = [];
  const snapshots: Snapshot[] = [];
  const bookmarks: Bookmark[] = [];
  const { zfs, elevation } = tools;
  const which: SnapshotScope = scope;
  const optional = scope.kind === 'dataset';
  const requests: ListingRequest[] = [
    { listing: poolListing(zfs, elevation, (pool) => pools.push(pool)), optional: false },
    { listing: datasetListing(zfs, elevation, readToken, (dataset) => datasets.push(dataset)), optional: false },
    { listing: snapshotListing(zfs, elevation, which, (snapshot) => snapshots.push(snapshot)), optional },
  ];
  const marks = bookmarkListing(zfs, elevation, which, (bookmark) => bookmarks.push(bookmark));
  if (marks !== null) requests.push({ listing: marks, optional });
  await readListings(shell, host.name, requests, side);
  return {
    host: host.name,
    readAt: new Date().toISOString(),
    zfs,
    elevation: [...elevation],
    root: tools.root,
    pools,
    datasets,
    snapshots,
    bookmarks,
  };
}
