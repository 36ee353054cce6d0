/** How what is received will be encrypted, and what cannot be received because of it. */
import { isLocked } from '../model/encryption.ts';
import type { Machine } from '../model/machine.ts';
import type { StreamBegin } from '../stream/reader.ts';
import type { Encryption } from './key-material.ts';
import { parentName } from './names.ts';
import { type Options, ZfsError } from './options.ts';
import type { ReceiveProperties } from './receive-properties.ts';
import { prefixOf, type Target } from './receive-target.ts';

const ENCRYPTION_PROPERTIES = ['encryption', 'keyformat', 'keylocation', 'pbkdf2iters'];

function checkExisting(machine: Machine, begin: StreamBegin, target: Target, options: Options): void {
  const { existing } = target;
  if (existing === null) return;
  const prefix = prefixOf(begin);
  if (target.makesNew && options.has('F') && (existing.cipher !== null || begin.flags.raw)) {
    throw new ZfsError(
      `${prefix}: zfs receive -F cannot be used to destroy an encrypted filesystem or overwrite an unencrypted one with an encrypted one`,
    );
  }
  if (begin.flags.raw && existing.cipher === null) {
    throw new ZfsError(`${prefix}: cannot perform raw receive on top of existing unencrypted dataset`);
  }
  if (!begin.flags.raw && isLocked(machine, existing)) throw new ZfsError(`${prefix}: inherited key must be loaded`);
}

/**
 * @param carried the stream brings properties along, `encryption=off` among them
 * @param top the dataset is the one the package is named after, or the only one
 * @throws ZfsError
 */
export function receivedEncryption(
  machine: Machine,
  begin: StreamBegin,
  target: Target,
  options: Options,
  properties: ReceiveProperties,
  carried: boolean,
  top: boolean,
): Encryption {
  const prefix = prefixOf(begin);
  const named = ENCRYPTION_PROPERTIES.find((name) => properties.set.has(name) || properties.exclude.includes(name));
  if (begin.flags.raw && named !== undefined) {
    throw new ZfsError(`${prefix}: encryption property '${named}' cannot be set or excluded for raw streams.`);
  }
  checkExisting(machine, begin, target, options);
  const parent = machine.dataset(parentName(target.name));
  if (begin.flags.raw && begin.key !== null) {
    const { cipher, format, digest, root } = begin.key;
    const inherits = !top && !root && parent?.cipher != null;
    return { cipher, key: inherits ? null : { format, location: 'prompt', digest, loaded: false } };
  }
  if (parent?.cipher == null || (carried && !properties.exclude.includes('encryption')))
    return { cipher: null, key: null };
  if (target.existing === null && isLocked(machine, parent))
    throw new ZfsError(`${prefix}: inherited key must be loaded`);
  return { cipher: parent.cipher, key: null };
}
