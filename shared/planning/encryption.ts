/** Encryption: whether a stream can be made at all, and whether it fits the destination. */
import type { Dataset } from '../model/inventory.ts';
import type { Finding, Fix } from '../model/plan.ts';
import { fixNewName } from './conflict-fixes.ts';
import type { Ends } from './ends.ts';
import { blocks, notes, warns } from './findings.ts';
import { canSendRaw, isEncrypted, wasRaw } from './flags.ts';
import { missingParents, nearestExisting } from './parents.ts';

interface Case {
  readonly ends: Ends;
  readonly dataset: Dataset;
  /** The dataset that is added to; null for a new copy. */
  readonly target: Dataset | null;
  /** What was chosen. */
  readonly raw: boolean;
  /** False if raw or not was settled before: what is resumed stays what it is. */
  readonly open: boolean;
}

export function checkEncryption(given: Case): Finding[] {
  const { ends, dataset, raw, open } = given;
  if (ends.request.raw === 'yes' && !raw && open) return [rawNotPossible(given)];
  if (!isEncrypted(dataset)) return raw ? rawOfPlain(given) : lockedThere(given);
  const found = [keyNotLoaded, rawMixed, lockedThere, decryptedCopy];
  for (const check of found) {
    const findings = check(given);
    if (findings.length > 0) return findings;
  }
  return [];
}

function rawNotPossible({ ends, dataset }: Case): Finding {
  return blocks('raw-not-possible', {
    message: `${ends.source.host} cannot send ${dataset.name} raw: its zfs send has no such option.`,
    evidence: { dialect: ends.source.zfs.dialect },
    fixes: [
      {
        label: 'Send it the way this ZFS can',
        detail: 'Encrypted data is then decrypted for sending, and needs its key on the source.',
        change: { raw: 'auto' },
        destructive: false,
      },
    ],
  });
}

/** `incompatible embedded data stream feature with encrypted receive.` */
function rawOfPlain({ ends, dataset, target, open }: Case): Finding[] {
  if (!open) return [];
  const place = nearestExisting(ends, target);
  if (place !== null && isEncrypted(place)) {
    return [
      blocks('raw-into-encrypted', {
        message: `${dataset.name} is not encrypted; a raw stream of it cannot be received into ${place.name}, which is.`,
        evidence: { place: place.name, encryption: place.encryption },
        fixes: [
          {
            label: 'Do not send it raw',
            detail: 'The copy is then encrypted there with its parent’s key.',
            change: { raw: 'auto' },
            destructive: false,
          },
        ],
      }),
    ];
  }
  return [
    notes('raw-not-encrypted', {
      message: `${dataset.name} is not encrypted; a raw stream of it carries plain data.`,
    }),
  ];
}

/** For a new copy, where the source can. */
function sendRaw({ ends, target, open }: Case): Fix[] {
  if (target !== null || !open || !canSendRaw(ends.source)) return [];
  return [
    {
      label: 'Send it raw',
      detail: 'The copy stays encrypted with the same key.',
      change: { raw: 'yes' },
      destructive: false,
    },
  ];
}

function loadKey(end: Ends['source'], dataset: Dataset, where: string): Fix {
  return {
    label: `Load the key on the ${where}`,
    detail: 'It asks for the passphrase there; then check again.',
    command: { host: end.host, argv: [...end.elevation, 'zfs', 'load-key', dataset.encryptionRoot ?? dataset.name] },
    destructive: false,
  };
}

function keyNotLoaded(given: Case): Finding[] {
  const { ends, dataset, raw } = given;
  if (raw || dataset.keyStatus !== 'unavailable') return [];
  return [
    blocks('key-not-loaded', {
      message: `${dataset.name} is encrypted and its key is not loaded, so it can only be sent raw.`,
      evidence: { dataset: dataset.name, encryptionRoot: dataset.encryptionRoot },
      fixes: [...sendRaw(given), loadKey(ends.source, dataset, 'source')],
    }),
  ];
}

function rawMixed({ ends, dataset, target, raw, open }: Case): Finding[] {
  if (target === null) return [];
  const there = wasRaw(dataset, target);
  if (there === null)
    return open && ends.request.raw === 'auto' && ends.frozen == null ? [rawUnknown(ends, target)] : [];
  if (raw === there) return [];
  const possible = open && ends.request.raw !== 'auto' && (!there || canSendRaw(ends.source));
  const asBefore: Fix = {
    label: there ? 'Send it raw, as before' : 'Send it decrypted, as before',
    detail: 'The copy stays what it is.',
    change: { raw: 'auto' },
    destructive: false,
  };
  return [
    blocks('raw-mixed', {
      message: there
        ? `Earlier copies of ${target.name} were sent raw. One non-raw update would stop all later raw updates (“IV set guid mismatch”).`
        : `${target.name} was not received raw, so it cannot take a raw update.`,
      evidence: { target: target.name, encryptionRoot: target.encryptionRoot },
      fixes: [...(possible ? [asBefore] : []), fixNewName(ends)],
    }),
  ];
}

/** One update of the wrong kind would be the last that fits: `IV set guid mismatch` (openzfs#8758). */
function rawUnknown(ends: Ends, target: Dataset): Finding {
  return blocks('raw-mixed', {
    message: `${target.name} inherits its key from ${target.encryptionRoot}; it is unknown whether earlier copies were sent raw. An update of the other kind would stop all later ones (“IV set guid mismatch”).`,
    evidence: { target: target.name, encryptionRoot: target.encryptionRoot },
    fixes: [
      {
        label: 'It was sent raw (-w): keep doing so',
        detail: 'As zfs send -R -w does, which keeps inherited keys.',
        change: { raw: 'yes' },
        destructive: false,
      },
      {
        label: 'It was sent decrypted: keep doing so',
        detail: 'It was encrypted on arrival, with its parent’s key.',
        change: { raw: 'no' },
        destructive: false,
      },
      fixNewName(ends),
    ],
  });
}

/** Where a received stream is encrypted on arrival, the key must be loaded: `inherited key must be loaded`. */
function lockedThere({ ends, target, raw }: Case): Finding[] {
  const place = nearestExisting(ends, target);
  if (place === null || !isEncrypted(place) || place.keyStatus !== 'unavailable') return [];
  // A raw copy brings its own key; datasets made above it do not.
  if (raw && (target !== null || missingParents(ends).length === 0)) return [];
  return [
    blocks('destination-key-not-loaded', {
      message: `${place.name} on ${ends.destination.host} is encrypted and its key is not loaded, so nothing can be written ${target === null ? 'below' : 'to'} it.`,
      evidence: { place: place.name, encryptionRoot: place.encryptionRoot },
      fixes: [loadKey(ends.destination, place, 'destination')],
    }),
  ];
}

function decryptedCopy(given: Case): Finding[] {
  const { ends, dataset, target, raw } = given;
  const place = nearestExisting(ends, target);
  if (raw || place === null || isEncrypted(place)) return [];
  return [
    warns('decrypted-copy', {
      message: `${dataset.name} is encrypted; the copy on ${ends.destination.host} would be in plain text.`,
      fixes: sendRaw(given),
    }),
  ];
}
