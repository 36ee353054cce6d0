/** The value a property has, and where it comes from. */
import { resumeTokenOf } from '../stream/token.ts';
import { VOLUME_OBJECT } from './datasets.ts';
import { encryptionRoot } from './encryption.ts';
import { type Bookmark, type Dataset, type Machine, type Setting, type Snapshot, snapshotName } from './machine.ts';
import { isUserProperty, isWrittenSince, type Kind, type PropertyRow, propertyRow } from './property-table.ts';
import {
  availableBytes,
  bytesSince,
  charges,
  logicalBytes,
  referencedBytes,
  snapshotUsed,
  writtenBytes,
} from './space.ts';

export type Target = Dataset | Snapshot | Bookmark;

export interface Value {
  /** As `-p` prints it. */
  readonly raw: string;
  /** `local`, `default`, `received`, `inherited from NAME`, or `-`. */
  readonly source: string;
  /** The received value, in force or not; `-` where there is none. */
  readonly received: string;
}

/** What `zfs` prints for a property that does not apply. */
export const NOT_APPLICABLE: Value = { raw: '-', source: '-', received: '-' };

const fact = (raw: string | number): Value => ({ raw: String(raw), source: '-', received: '-' });
const size = (bytes: number): Value => fact(Math.max(0, Math.round(bytes)));

export function kindOf(target: Target): Kind {
  if (!('dataset' in target)) return target.kind;
  return 'tree' in target ? 'snapshot' : 'bookmark';
}

export function nameOf(target: Target): string {
  if (!('dataset' in target)) return target.name;
  return `${target.dataset.name}${'tree' in target ? '@' : '#'}${target.label}`;
}

function inForce(setting: Setting | undefined): { raw: string; source: string } | null {
  if (setting?.local !== undefined) return { raw: setting.local, source: 'local' };
  if (setting?.received !== undefined && setting.inherits !== true)
    return { raw: setting.received, source: 'received' };
  return null;
}

/** A mountpoint is inherited with the rest of the name put behind it. */
function inheritedMountpoint(value: string, from: Dataset, to: Dataset): string {
  if (value === 'none' || value === 'legacy') return value;
  const below = to.name.slice(from.name.length);
  return value === '/' ? below || '/' : value + below;
}

function settingValue(machine: Machine, dataset: Dataset, row: PropertyRow | null, name: string): Value {
  const setting = dataset.settings.get(name);
  const received = setting?.received ?? '-';
  const own = inForce(setting);
  if (own !== null) return { ...own, source: row?.attribute === 'onetime' ? '-' : own.source, received };
  if (row === null || row.attribute === 'inherit' || row.attribute === 'onetime') {
    for (let at = machine.parentOf(dataset); at !== null; at = machine.parentOf(at)) {
      const found = inForce(at.settings.get(name));
      if (found === null) continue;
      const raw = name === 'mountpoint' ? inheritedMountpoint(found.raw, at, dataset) : found.raw;
      return { raw, source: `inherited from ${at.name}`, received };
    }
  }
  if (row === null) return { raw: '-', source: '-', received };
  if (name === 'mountpoint') return { raw: `/${dataset.name}`, source: 'default', received };
  return { raw: row.fallback, source: row.attribute === 'onetime' && row.form === 'text' ? '-' : 'default', received };
}

/** A property of a dataset that is set or inherited, whatever its kind: the value in force. */
export const effective = (machine: Machine, dataset: Dataset, name: string): string =>
  settingValue(machine, dataset, propertyRow(name), name).raw;

function datasetFact(machine: Machine, dataset: Dataset, name: string): Value | null {
  switch (name) {
    case 'used':
      return size(charges(machine, dataset).used);
    case 'available':
      return size(availableBytes(machine, dataset));
    case 'referenced':
      return size(dataset.partial?.kind === 'full' ? dataset.partial.editor.written : referencedBytes(dataset.head));
    case 'logicalreferenced':
      return size(logicalBytes(referencedBytes(dataset.head), dataset.kind));
    case 'logicalused':
      return size(logicalBytes(charges(machine, dataset).used, dataset.kind));
    case 'written':
      return size(dataset.partial?.kind === 'full' ? dataset.partial.editor.written : writtenBytes(dataset));
    case 'usedbysnapshots':
      return size(charges(machine, dataset).bySnapshots);
    case 'usedbydataset':
      return size(charges(machine, dataset).byDataset);
    case 'usedbychildren':
      return size(charges(machine, dataset).byChildren);
    case 'usedbyrefreservation':
      return size(charges(machine, dataset).byRefreservation);
    case 'mounted':
      return fact(dataset.mounted ? 'yes' : 'no');
    case 'origin':
      return fact(dataset.origin === null ? '-' : snapshotName(dataset.origin));
    case 'receive_resume_token': {
      const { partial } = dataset;
      return fact(partial?.resumable === true ? resumeTokenOf(partial) : '-');
    }
    case 'snapshots_changed':
      return fact(dataset.snapshots.at(-1)?.creation ?? '-');
    case 'inconsistent':
      return fact(dataset.partial?.kind === 'full' ? 1 : 0);
    case 'filesystem_count':
    case 'snapshot_count':
      return { ...fact('none'), source: 'default' };
    default:
      return null;
  }
}

function snapshotFact(machine: Machine, snapshot: Snapshot, name: string): Value | null {
  switch (name) {
    case 'used':
      return size(snapshotUsed(snapshot));
    case 'referenced':
      return size(referencedBytes(snapshot.tree));
    case 'logicalreferenced':
      return size(logicalBytes(referencedBytes(snapshot.tree), snapshot.dataset.kind));
    case 'written':
      return size(writtenBytes(snapshot));
    case 'userrefs':
      return fact(snapshot.holds.size);
    case 'defer_destroy':
      return fact(snapshot.deferDestroy ? 'on' : 'off');
    case 'clones':
      return fact(
        machine
          .clonesOf(snapshot)
          .map((clone) => clone.name)
          .join(',') || '-',
      );
    case 'volsize':
      return snapshot.dataset.kind === 'volume' ? size(snapshot.tree.objects.get(VOLUME_OBJECT)?.size ?? 0) : null;
    case 'inconsistent':
      return fact(0);
    default:
      return null;
  }
}

function commonFact(target: Target, name: string): Value | null {
  switch (name) {
    case 'name':
      return fact(nameOf(target));
    case 'type':
      return fact(kindOf(target));
    case 'guid':
      return fact(target.guid);
    case 'createtxg':
      return fact(target.createtxg);
    case 'creation':
      return fact(target.creation);
    case 'objsetid':
      return fact('objsetid' in target ? target.objsetid : target.createtxg + 7);
    case 'compressratio':
    case 'refcompressratio':
      return fact('1.00');
    case 'version':
      return fact('5');
    case 'redact_snaps':
      return fact('-');
    default:
      return null;
  }
}

const OFF: Value = { raw: 'off', source: 'default', received: '-' };

/** How the target is encrypted; a snapshot is as its dataset. */
function keyFact(machine: Machine, target: Target, name: string): Value | null {
  const dataset = 'dataset' in target ? target.dataset : target;
  const root = encryptionRoot(machine, dataset);
  switch (name) {
    case 'encryption':
      return dataset.cipher === null ? OFF : fact(dataset.cipher);
    case 'encryptionroot':
      return fact(root?.name ?? '-');
    case 'keystatus':
      return root?.key == null ? fact('-') : fact(root.key.loaded ? 'available' : 'unavailable');
    case 'keyformat':
      return root?.key == null ? { ...fact('none'), source: 'default' } : fact(root.key.format);
    case 'keylocation':
      return dataset.key === null
        ? { ...fact('none'), source: 'default' }
        : { ...fact(dataset.key.location), source: 'local' };
    case 'pbkdf2iters':
      return root?.key?.format === 'passphrase' ? fact(PBKDF2_ITERATIONS) : { ...fact(0), source: 'default' };
    default:
      return null;
  }
}

/** What 2.3.9 takes unless told otherwise. */
const PBKDF2_ITERATIONS = 350_000;

function writtenSince(machine: Machine, target: Target, name: string): Value {
  if ('dataset' in target && !('tree' in target)) return NOT_APPLICABLE;
  const dataset = 'dataset' in target ? target.dataset : target;
  const mark = name.charAt('written'.length);
  const rest = name.slice('written'.length + 1);
  const full = rest.includes(mark) ? rest : `${dataset.name}${mark}${rest}`;
  const since = mark === '@' ? machine.snapshot(full) : machine.bookmark(full);
  if (since === null) return NOT_APPLICABLE;
  const bytes = bytesSince('tree' in target ? target.tree : dataset.head, since.createtxg);
  return { raw: String(bytes), source: 'local', received: '-' };
}

/** Native properties of a snapshot that come from its dataset. */
function snapshotSetting(machine: Machine, snapshot: Snapshot, row: PropertyRow | null, name: string): Value {
  const own = inForce(snapshot.settings.get(name));
  if (own !== null) return { ...own, received: snapshot.settings.get(name)?.received ?? '-' };
  const value = settingValue(machine, snapshot.dataset, row, name);
  if (value.source === '-' || value.source === 'default') return { ...value, received: '-' };
  const source = value.source.startsWith('inherited') ? value.source : `inherited from ${snapshot.dataset.name}`;
  return { raw: value.raw, source, received: '-' };
}

/** A snapshot has what is said of snapshots, except what its kind of dataset does not have. */
function applies(row: PropertyRow, target: Target): boolean {
  if (!row.kinds.includes(kindOf(target))) return false;
  if (!('tree' in target)) return true;
  return row.kinds.includes(target.dataset.kind) || !(row.kinds.includes('filesystem') || row.kinds.includes('volume'));
}

/** A bookmark knows how much its snapshot referred to, and nothing else. */
function bookmarkFact(bookmark: Bookmark, name: string): Value {
  if (name === 'referenced') return size(bookmark.referenced);
  return name === 'logicalreferenced' ? size(logicalBytes(bookmark.referenced, bookmark.dataset.kind)) : NOT_APPLICABLE;
}

/** @returns the value, {@link NOT_APPLICABLE} where the property does not apply to the target */
export function readProperty(machine: Machine, target: Target, name: string): Value {
  if (isWrittenSince(name)) return writtenSince(machine, target, name);
  const row = propertyRow(name);
  if (row === null && !isUserProperty(name)) return NOT_APPLICABLE;
  if (row !== null && !applies(row, target)) return NOT_APPLICABLE;
  const key = row?.name ?? name;
  const common = commonFact(target, key) ?? keyFact(machine, target, key);
  if (common !== null) return common;
  if (!('dataset' in target)) return datasetFact(machine, target, key) ?? settingValue(machine, target, row, key);
  if (!('tree' in target)) return bookmarkFact(target, key);
  return snapshotFact(machine, target, key) ?? snapshotSetting(machine, target, row, key);
}
