/** Findings about the two ends that do not depend on the lineage: names, pools, parents, rights, dialects, space. */

import { spokenBytes } from '../model/bytes.ts';
import type { Dataset, Inventory, Pool } from '../model/inventory.ts';
import { type DatasetName, isWithin, parentOf, poolOf } from '../model/names.ts';
import type { Finding } from '../model/plan.ts';
import type { ReplicationRequest } from '../model/request.ts';
import { showZfs } from '../zfs/capabilities.ts';
import { blocks, fixNewName, notes, warns } from './findings.ts';
import { isEncrypted } from './flags.ts';

export interface Ends {
  readonly request: ReplicationRequest;
  readonly source: Inventory;
  readonly destination: Inventory;
}

export const datasetNamed = (inventory: Inventory, name: DatasetName): Dataset | null =>
  inventory.datasets.find((dataset) => dataset.name === name) ?? null;

export const namesAt = (inventory: Inventory): Set<string> =>
  new Set(inventory.datasets.map((dataset) => dataset.name));

export function checkPlaces({ request, source, destination }: Ends): Finding[] {
  const from = request.source.dataset;
  const to = request.destination.dataset;
  if (source.host !== destination.host) return [];
  if (from === to)
    return [
      blocks('source-is-destination', {
        message: `Source and destination are the same dataset, ${from}.`,
        evidence: { dataset: from },
      }),
    ];
  if (isWithin(from, to)) {
    return [
      blocks('destination-contains-source', {
        message: `${to} contains the source ${from}; a copy cannot be received over it.`,
        evidence: { source: from, destination: to },
      }),
    ];
  }
  if (!isWithin(to, from)) return [];
  return [
    warns('destination-within-source', {
      message: `The copy would lie inside its own source: ${to} is below ${from}. If ${from} is lost, so is the copy.`,
      evidence: { source: from, destination: to },
    }),
  ];
}

const DEAD = new Set(['FAULTED', 'UNAVAIL', 'SUSPENDED', 'REMOVED', 'OFFLINE']);

function checkPool(pool: Pool, host: string, written: boolean): Finding[] {
  const evidence = { host, pool: pool.name, health: pool.health };
  if (DEAD.has(pool.health))
    return [blocks('pool-not-available', { message: `The pool ${pool.name} on ${host} is ${pool.health}.`, evidence })];
  return [
    ...(pool.health === 'ONLINE'
      ? []
      : [
          warns('pool-degraded', {
            message: `The pool ${pool.name} on ${host} is ${pool.health}; see zpool status.`,
            evidence,
          }),
        ]),
    ...(written && pool.readonly
      ? [blocks('pool-read-only', { message: `The pool ${pool.name} on ${host} is imported read-only.`, evidence })]
      : []),
  ];
}

export function checkPools({ request, source, destination }: Ends): Finding[] {
  const at = (inventory: Inventory, dataset: DatasetName) =>
    inventory.pools.find((pool) => pool.name === poolOf(dataset));
  const from = at(source, request.source.dataset);
  const to = at(destination, request.destination.dataset);
  const missing = blocks('no-such-pool', {
    message: `${destination.host} has no pool ${poolOf(request.destination.dataset)}.`,
    evidence: {
      host: destination.host,
      pool: poolOf(request.destination.dataset),
      pools: destination.pools.map((pool) => pool.name),
    },
    fixes: destination.pools.map((pool) => {
      const dataset = [pool.name, ...request.destination.dataset.split('/').slice(1)].join('/') as DatasetName;
      return {
        label: `Use ${dataset}`,
        detail: `The pool ${pool.name} is there.`,
        change: { destination: { ...request.destination, dataset } },
        destructive: false,
      };
    }),
  });
  return [
    ...(from === undefined ? [] : checkPool(from, source.host, false)),
    ...(to === undefined ? [missing] : checkPool(to, destination.host, true)),
  ];
}

/** Ancestors of the target that do not exist yet, topmost first. */
export function missingParents(destination: Inventory, target: DatasetName): DatasetName[] {
  const missing: DatasetName[] = [];
  for (
    let parent = parentOf(target);
    parent !== null && datasetNamed(destination, parent) === null;
    parent = parentOf(parent)
  )
    missing.unshift(parent);
  return missing;
}

/** The nearest ancestor that exists; its `available` already counts the quotas above it. */
export function nearestAncestor(destination: Inventory, target: DatasetName): Dataset | null {
  for (let name: DatasetName | null = target; name !== null; name = parentOf(name)) {
    const found = datasetNamed(destination, name);
    if (found !== null) return found;
  }
  return null;
}

/** For a target that does not exist: its parents, their kind and their keys. */
export function checkParents({ request, destination }: Ends): Finding[] {
  const target = request.destination.dataset;
  const missing = missingParents(destination, target);
  const ancestor = nearestAncestor(destination, target);
  if (ancestor === null) return [];
  if (ancestor.kind === 'volume') {
    return [
      blocks('parent-not-filesystem', {
        message: `${ancestor.name} on ${destination.host} is a volume; nothing can be received below it.`,
        evidence: { parent: ancestor.name },
      }),
    ];
  }
  const findings: Finding[] = [];
  if (missing.length > 0) {
    findings.push(
      notes('parent-missing', {
        message: `${missing.join(', ')} will be created on ${destination.host} first, without being mounted.`,
        evidence: { host: destination.host, missing },
      }),
    );
  }
  if (ancestor.encryption !== null && isEncrypted(ancestor) && ancestor.keyStatus === 'unavailable') {
    findings.push(
      blocks('destination-key-not-loaded', {
        message: `${ancestor.name} is encrypted and its key is not loaded, so nothing can be written below it.`,
        evidence: { parent: ancestor.name, encryptionRoot: ancestor.encryptionRoot },
        fixes: [
          {
            label: 'Load the key on the destination',
            detail: 'It asks for the passphrase there; then check again.',
            command: {
              host: destination.host,
              argv: [...destination.elevation, 'zfs', 'load-key', ancestor.encryptionRoot ?? ancestor.name],
            },
            destructive: false,
          },
        ],
      }),
    );
  }
  return findings;
}

export function checkDialects({ source, destination }: Ends): Finding[] {
  const findings: Finding[] = [];
  if (destination.zfs.dialect === 'legacy' && source.zfs.dialect !== 'legacy') {
    findings.push(
      blocks('stream-not-readable-there', {
        message: `${destination.host} has ${showZfs(destination.zfs)}; it cannot read what ${showZfs(source.zfs)} sends. Some streams are refused (“stream has unsupported feature”), others are received and then give input/output errors.`,
        evidence: { source: source.zfs.dialect, destination: destination.zfs.dialect },
      }),
    );
  }
  if (destination.zfs.dialect !== 'legacy' && source.zfs.dialect === 'legacy') {
    findings.push(
      notes('early-source', {
        message: `${source.host} has ${showZfs(source.zfs)}: no resumable streams, no exact size in advance, no bookmarks, and holds are not used there. A stream that is cut starts again.`,
        evidence: { dialect: source.zfs.dialect },
      }),
    );
  }
  if (source.zfs.dialect === 'legacy' && destination.zfs.dialect === 'legacy') {
    findings.push(
      notes('early-both', {
        message: `Both hosts have ${showZfs(source.zfs)}: no resumable streams, no exact size in advance, no bookmarks; whether the destination was written to cannot be read before sending, so ZFS itself may refuse at the end.`,
        evidence: { dialect: source.zfs.dialect },
      }),
    );
  }
  return findings;
}

export function checkPractice(source: { practice: boolean }, destination: { practice: boolean }): Finding[] {
  if (source.practice === destination.practice) return [];
  return [
    blocks('practice-and-real', {
      message: 'One of the two is a practice host and the other is real; they are never mixed.',
    }),
  ];
}

/** @param bytes the estimate of what is still to be received; null: unknown */
export function checkSpace({ request, destination }: Ends, bytes: number | null): Finding[] {
  const place = nearestAncestor(destination, request.destination.dataset);
  if (place === null || place.available === null) return [];
  const evidence = { needed: bytes, available: place.available, measuredAt: place.name };
  if (bytes === null) {
    return [
      notes('size-unknown', {
        message: `The size of the stream cannot be told in advance; ${spokenBytes(place.available)} are available at ${place.name}.`,
        evidence,
      }),
    ];
  }
  if (bytes > place.available) {
    return [
      blocks('no-space', {
        message: `About ${spokenBytes(bytes)} are to be received, but only ${spokenBytes(place.available)} are available at ${place.name} on ${destination.host}, quotas counted.`,
        evidence,
        fixes: destination.pools
          .filter((pool) => pool.name !== poolOf(request.destination.dataset))
          .map((pool) => ({ pool, room: datasetNamed(destination, pool.name)?.available ?? 0 }))
          .filter(({ room }) => room > bytes)
          .map(({ pool, room }) => {
            const dataset = [pool.name, ...request.destination.dataset.split('/').slice(1)].join('/') as DatasetName;
            return {
              label: `Use ${dataset}`,
              detail: `${spokenBytes(room)} are available there.`,
              change: { destination: { ...request.destination, dataset } },
              destructive: false,
            };
          }),
      }),
    ];
  }
  if (bytes > place.available * 0.9) {
    return [
      warns('space-tight', {
        message: `About ${spokenBytes(bytes)} of the ${spokenBytes(place.available)} available at ${place.name} will be used. Estimates can be too low for many small files.`,
        evidence,
      }),
    ];
  }
  return [];
}

export function checkKind(ends: Ends, dataset: Dataset, target: Dataset): Finding[] {
  if (dataset.kind === target.kind) return [];
  return [
    blocks('kind-differs', {
      message: `${dataset.name} is a ${dataset.kind}, ${target.name} on ${ends.destination.host} is a ${target.kind}.`,
      evidence: { source: dataset.kind, destination: target.kind },
      fixes: [fixNewName(ends.request, namesAt(ends.destination))],
    }),
  ];
}

/** Encryption: whether the stream can be made at all, and whether it fits what is there. */
export function checkEncryption(ends: Ends, dataset: Dataset, target: Dataset | null, raw: boolean): Finding[] {
  const { source, destination, request } = ends;
  if (raw && !isEncrypted(dataset))
    return [
      notes('raw-not-encrypted', {
        message: `${dataset.name} is not encrypted; a raw stream of it carries plain data.`,
      }),
    ];
  if (isEncrypted(dataset) && !raw && dataset.keyStatus === 'unavailable') {
    return [
      blocks('key-not-loaded', {
        message: `${dataset.name} is encrypted and its key is not loaded, so it can only be sent raw.`,
        evidence: { dataset: dataset.name, encryptionRoot: dataset.encryptionRoot },
        fixes: [
          ...(target === null
            ? [
                {
                  label: 'Send it raw',
                  detail: 'The copy stays encrypted with the same key.',
                  change: { raw: 'yes' as const },
                  destructive: false,
                },
              ]
            : []),
          {
            label: 'Load the key on the source',
            detail: 'It asks for the passphrase there; then check again.',
            command: {
              host: source.host,
              argv: [...source.elevation, 'zfs', 'load-key', dataset.encryptionRoot ?? dataset.name],
            },
            destructive: false,
          },
        ],
      }),
    ];
  }
  const there = target !== null && isEncrypted(target) && target.encryptionRoot === target.name;
  if (target !== null && isEncrypted(dataset) && raw !== there) {
    return [
      blocks('raw-mixed', {
        message: there
          ? `Earlier copies of ${target.name} were sent raw. One non-raw update would stop all later raw updates (“IV set guid mismatch”).`
          : `${target.name} was not received raw, so it cannot take a raw update.`,
        evidence: { target: target.name, encryptionRoot: target.encryptionRoot },
        fixes: [
          {
            label: there ? 'Send it raw, as before' : 'Send it decrypted, as before',
            detail: 'The copy stays what it is.',
            change: { raw: 'auto' as const },
            destructive: false,
          },
          fixNewName(request, namesAt(destination)),
        ],
      }),
    ];
  }
  if (isEncrypted(dataset) && !raw) {
    const parent = nearestAncestor(destination, request.destination.dataset);
    if (parent !== null && !isEncrypted(parent)) {
      return [
        warns('decrypted-copy', {
          message: `${dataset.name} is encrypted; the copy on ${destination.host} would be in plain text.`,
          fixes:
            target === null
              ? [
                  {
                    label: 'Send it raw',
                    detail: 'The copy stays encrypted with the same key.',
                    change: { raw: 'yes' as const },
                    destructive: false,
                  },
                ]
              : [],
        }),
      ];
    }
  }
  return [];
}
