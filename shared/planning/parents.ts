/** Where a new dataset would lie: its ancestors, those that are missing, their kind and their keys. */
import type { Dataset, Inventory } from '../model/inventory.ts';
import { type DatasetName, parentOf } from '../model/names.ts';
import type { Finding } from '../model/plan.ts';
import { blocks, notes } from './findings.ts';
import { isEncrypted } from './flags.ts';
import { datasetNamed, type Ends } from './preflight.ts';

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
