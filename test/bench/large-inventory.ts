/** An inventory larger than most: 10,000 datasets, one of which has 200,000 snapshots. */
import type { Tree } from '../../shared/api/contract.ts';
import { HostSchema } from '../../shared/model/host.ts';
import type { Snapshot } from '../../shared/model/inventory.ts';
import { DatasetNameSchema, SnapshotNameSchema } from '../../shared/model/names.ts';
import type { Shown } from '../tiny-router.ts';

const DATASETS = 10_000;
const SNAPSHOTS = 200_000;
const PER_FOLDER = 100;
const DAY_S = 86_400;
const BEGIN_S = 1_600_000_000;

type TreeDataset = Tree['datasets'][number];

function dataset(name: string, index: number, snapshots: number): TreeDataset {
  return {
    name: DatasetNameSchema.parse(name),
    kind: 'filesystem',
    guid: String(10_000_000 + index),
    createtxg: index + 1,
    used: index * 1_000_003,
    available: 2 ** 50,
    referenced: index * 500_009,
    written: 0,
    origin: null,
    mountpoint: `/${name}`,
    mounted: true,
    canmount: 'on',
    readonly: false,
    encryption: 'off',
    encryptionRoot: null,
    keyStatus: null,
    partial: null,
    undecodedToken: null,
    snapshots,
    newestSnapshot: null,
  };
}

function snapshot(index: number): Snapshot {
  const minutes = index * 5;
  return {
    name: SnapshotNameSchema.parse(`tank/f0/d1@auto-${String(index).padStart(6, '0')}`),
    guid: String(9_000_000_000_000_000_000n + BigInt(index)),
    createtxg: index + 1,
    creation: BEGIN_S + minutes * 60,
    used: (index * 7919) % 100_000_000,
    referenced: index * 4096,
    holds: index % 1000 === 0 ? 1 : 0,
  };
}

export function largeInventory(): Shown {
  const names = ['tank'];
  for (let folder = 0; names.length < DATASETS; folder++) {
    names.push(`tank/f${folder}`);
    for (let index = 1; index < PER_FOLDER && names.length < DATASETS; index++) names.push(`tank/f${folder}/d${index}`);
  }
  const hostName = 'large';
  const tree: Tree = {
    host: hostName,
    readAt: new Date((BEGIN_S + DAY_S) * 1000).toISOString(),
    zfs: {
      dialect: 'openzfs',
      version: '2.3.9',
      kernel: '2.3.9',
      system: 'Linux',
      capabilities: { send: [], receive: [], bookmarks: true, holds: true, parsableList: true, written: true },
    },
    root: true,
    pools: [],
    datasets: names.map((name, index) => dataset(name, index, name === 'tank/f0/d1' ? SNAPSHOTS : index % 50)),
  };
  const host = HostSchema.parse({
    name: hostName,
    address: { kind: 'ssh', user: 'root', host: 'large.example.org', port: 22 },
    identityFile: null,
    privilege: 'auto',
    hostKey: `SHA256:${'A'.repeat(43)}`,
    practice: false,
  });
  return { hosts: [host], tree, snapshots: Array.from({ length: SNAPSHOTS }, (_, index) => snapshot(index)) };
}
