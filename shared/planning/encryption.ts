/** Encryption: whether a stream can be made at all, and whether it fits what is there. */
import type { Dataset } from '../model/inventory.ts';
import type { Finding } from '../model/plan.ts';
import { blocks, fixNewName, notes, warns } from './findings.ts';
import { isEncrypted } from './flags.ts';
import { nearestAncestor } from './parents.ts';
import { type Ends, namesAt } from './preflight.ts';

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
