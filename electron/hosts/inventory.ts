/** Reads what one host has, in one round trip, line by line. */

import { inflateSync } from 'node:zlib';
import type { Host } from '../../shared/model/host.ts';
import type { Bookmark, Dataset, Inventory, Pool, Receiving, Snapshot } from '../../shared/model/inventory.ts';
import type { Side } from '../../shared/model/side.ts';
import { snapshotCollector } from '../../shared/planning/own-snapshots.ts';
import { type ContentReader, contentListings } from '../../shared/zfs/content-listing.ts';
import { type DatasetPlace, datasetListing } from '../../shared/zfs/dataset-listing.ts';
import { clockListing, receivesListing } from '../../shared/zfs/host-listing.ts';
import type { Listing } from '../../shared/zfs/listing.ts';
import { poolListing } from '../../shared/zfs/pool-listing.ts';
import { bookmarkListing, type SnapshotScope, snapshotListing } from '../../shared/zfs/snapshot-listing.ts';
import { decodeResumeToken } from '../../shared/zfs/token.ts';
import type { Shell } from '../ssh/shell.ts';
import type { HostTools } from './probe.ts';
import { type ListingRequest, readListings } from './read-listings.ts';

const readToken = (token: string) => decodeResumeToken(token, (data) => new Uint8Array(inflateSync(data)));

const mustBeThere = (listing: Listing): ListingRequest => ({ listing, failure: 'fault' });
const mayBeAbsent = (listing: Listing): ListingRequest => ({ listing, failure: 'absent' });

/** All that one listing alone says. */
async function listed<T>(
  shell: Shell,
  host: Host,
  side: Side,
  requestOf: (take: (one: T) => void) => ListingRequest,
): Promise<T[]> {
  const found: T[] = [];
  await readListings(shell, host.name, [requestOf((one) => found.push(one))], side);
  return found;
}

/**
 * Further snapshots, such as origins outside a package. Missing ones are left out.
 *
 * @throws SluiceError if the host cannot be read
 */
export const readSnapshots = (
  shell: Shell,
  host: Host,
  { zfs, elevation }: HostTools,
  scope: SnapshotScope,
  side: Side,
): Promise<Snapshot[]> =>
  listed(shell, host, side, (take) => mayBeAbsent(snapshotListing(zfs, elevation, scope, take)));

/** What every reading says about a host besides its datasets. */
function describe(host: Host, { zfs, elevation, root }: HostTools) {
  return { host: host.name, readAt: new Date().toISOString(), zfs, elevation: [...elevation], root };
}

/** Its clock and its pools, which cost nothing beside the listings they are read with. */
function aboutHost({ zfs, elevation }: HostTools) {
  const pools: Pool[] = [];
  let clockAheadMs: number | null = null;
  const requests: ListingRequest[] = [
    {
      // First, so that its line is here as soon as it is written.
      listing: clockListing((seconds) => {
        clockAheadMs = seconds * 1000 - Date.now();
      }),
      failure: 'untold',
    },
    mustBeThere(poolListing(zfs, elevation, (pool) => pools.push(pool))),
  ];
  return { requests, found: () => ({ pools, clockAheadMs }) };
}

/**
 * Everything on the host: its snapshots and bookmarks with their names and ages alone, since there may be millions.
 *
 * @throws SluiceError if the host cannot be read
 */
export async function readInventory(shell: Shell, host: Host, tools: HostTools): Promise<Inventory> {
  const datasets: Dataset[] = [];
  const snapshots = snapshotCollector();
  const bookmarks: Bookmark[] = [];
  const { zfs, elevation } = tools;
  const all = { kind: 'all' } as const;
  const about = aboutHost(tools);
  const listings = [
    datasetListing(zfs, elevation, readToken, (dataset) => datasets.push(dataset)),
    snapshotListing(zfs, elevation, all, snapshots.add),
    bookmarkListing(zfs, elevation, all, (bookmark) => bookmarks.push(bookmark)) ?? [],
  ].flat();
  await readListings(shell, host.name, [...about.requests, ...listings.map(mustBeThere)]);
  return { ...describe(host, tools), ...about.found(), datasets, snapshots: snapshots.end(), bookmarks };
}

/**
 * Only the datasets of a place and what they lie in, with their snapshots' sizes and holds: on a host with thousands of others that is
 * quick. What does not exist is left out.
 *
 * @throws SluiceError if the host cannot be read
 */
export async function readPlace(
  shell: Shell,
  host: Host,
  tools: HostTools,
  place: DatasetPlace,
  side: Side,
): Promise<Inventory> {
  const datasets: Dataset[] = [];
  const snapshots = snapshotCollector();
  const bookmarks: Bookmark[] = [];
  const about = aboutHost(tools);
  const reader: ContentReader = {
    readToken,
    onDataset: (dataset) => datasets.push(dataset),
    onSnapshot: snapshots.add,
    onBookmark: (bookmark) => bookmarks.push(bookmark),
  };
  const content = contentListings(tools.zfs, tools.elevation, place, reader, true);
  await readListings(shell, host.name, [...about.requests, ...content.map(mayBeAbsent)], side);
  return { ...describe(host, tools), ...about.found(), datasets, snapshots: snapshots.end(), bookmarks };
}

/**
 * Every dataset of the host.
 *
 * @throws SluiceError if the host cannot be read
 */
export const readDatasets = (shell: Shell, host: Host, { zfs, elevation }: HostTools, side: Side): Promise<Dataset[]> =>
  listed(shell, host, side, (take) => mustBeThere(datasetListing(zfs, elevation, readToken, take)));

/**
 * Streams that are being received there at this instant.
 *
 * @throws SluiceError if the host cannot be read
 */
export const readReceives = (shell: Shell, host: Host): Promise<Receiving[]> =>
  listed(shell, host, 'destination', (take) => ({ listing: receivesListing(take), failure: 'untold' }));

/** What a proof needs of one end: datasets of the scope and their snapshots, nothing else of the host. */
export async function readCopies(
  shell: Shell,
  host: Host,
  { zfs, elevation }: HostTools,
  place: DatasetPlace,
): Promise<Pick<Inventory, 'datasets' | 'snapshots'>> {
  const datasets: Dataset[] = [];
  const snapshots: Snapshot[] = [];
  const reader: ContentReader = {
    readToken,
    onDataset: (dataset) => datasets.push(dataset),
    onSnapshot: (snapshot) => snapshots.push(snapshot),
  };
  // Finding what is missing is the proof's job.
  const requests = contentListings(zfs, elevation, place, reader).map(mayBeAbsent);
  await readListings(shell, host.name, requests, 'destination');
  return { datasets, snapshots };
}
