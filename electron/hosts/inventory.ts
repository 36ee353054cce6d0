/** Reads what one host has, in one round trip, line by line. */
import { inflateSync } from 'node:zlib';
import type { Host } from '../../shared/model/host.ts';
import type { Bookmark, Dataset, Inventory, Pool, Receiving, Snapshot } from '../../shared/model/inventory.ts';
import { snapshotCollector } from '../../shared/planning/lineage.ts';
import { type DatasetScope, datasetListing } from '../../shared/zfs/dataset-listing.ts';
import { clockListing, receivesListing } from '../../shared/zfs/host-listing.ts';
import { poolListing } from '../../shared/zfs/pool-listing.ts';
import { bookmarkListing, type SnapshotScope, snapshotListing } from '../../shared/zfs/snapshot-listing.ts';
import { decodeResumeToken } from '../../shared/zfs/token.ts';
import type { Shell } from '../ssh/shell.ts';
import type { HostTools } from './probe.ts';
import { type ListingRequest, readListings } from './read-listings.ts';

const readToken = (token: string) => decodeResumeToken(token, (data) => new Uint8Array(inflateSync(data)));

/**
 * Further snapshots, such as origins outside a package. Those that are not there are left out.
 *
 * @throws SluiceError if the host cannot be read
 */
export async function readSnapshots(
  shell: Shell,
  host: Host,
  { zfs, elevation }: HostTools,
  scope: SnapshotScope,
  side: 'source' | 'destination',
): Promise<Snapshot[]> {
  const snapshots: Snapshot[] = [];
  const listing = snapshotListing(zfs, elevation, scope, (snapshot) => snapshots.push(snapshot));
  await readListings(shell, host.name, [{ listing, optional: true }], side);
  return snapshots;
}

/** @throws SluiceError if the host cannot be read */
export async function readInventory(
  shell: Shell,
  host: Host,
  tools: HostTools,
  scope: SnapshotScope,
  side: 'source' | 'destination' = 'source',
): Promise<Inventory> {
  const pools: Pool[] = [];
  const datasets: Dataset[] = [];
  const snapshots = snapshotCollector();
  const bookmarks: Bookmark[] = [];
  const { zfs, elevation } = tools;
  const optional = scope.kind !== 'all';
  const receiving: Receiving[] = [];
  let clockAheadMs: number | null = null;
  const requests: ListingRequest[] = [
    {
      // First, so that its line is here as soon as it is written.
      listing: clockListing((seconds) => {
        clockAheadMs = seconds * 1000 - Date.now();
      }),
      optional: true,
    },
    ...(side === 'destination' ? [{ listing: receivesListing((one) => receiving.push(one)), optional: true }] : []),
    { listing: poolListing(zfs, elevation, (pool) => pools.push(pool)), optional: false },
    { listing: datasetListing(zfs, elevation, readToken, (dataset) => datasets.push(dataset)), optional: false },
    { listing: snapshotListing(zfs, elevation, scope, snapshots.add), optional },
  ];
  const marks = bookmarkListing(zfs, elevation, scope, (bookmark) => bookmarks.push(bookmark));
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
    snapshots: snapshots.end(),
    bookmarks,
    clockAheadMs,
    receiving,
  };
}

/** What a proof needs of one end: datasets of the scope and their snapshots, nothing else of the host. */
export async function readCopies(
  shell: Shell,
  host: Host,
  { zfs, elevation }: HostTools,
  scope: DatasetScope,
): Promise<Pick<Inventory, 'datasets' | 'snapshots'>> {
  const datasets: Dataset[] = [];
  const snapshots: Snapshot[] = [];
  const requests: ListingRequest[] = [
    // What is not there is what the proof is to find.
    { listing: datasetListing(zfs, elevation, readToken, (one) => datasets.push(one), scope), optional: true },
    { listing: snapshotListing(zfs, elevation, scope, (one) => snapshots.push(one)), optional: true },
  ];
  await readListings(shell, host.name, requests, 'destination');
  return { datasets, snapshots };
}
