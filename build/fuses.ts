/** Electron's fuses: bytes in its binary that switch features off for good. Their place follows a mark in the file. */

const MARK = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const VERSION = 1;

/** In the order of their bytes, as of version 1 of the wire (@electron/fuses). */
const names = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
  'wasmTrapHandlers',
] as const;
export type Fuse = (typeof names)[number];

/** What a file must hold to pass for Electron's binary where fuses are flipped; as Electron 45 comes. */
export function standInBinary(): Buffer {
  return Buffer.from(`${MARK}${String.fromCharCode(VERSION, names.length)}101100011`, 'latin1');
}

/**
 * The fuses of a binary.
 *
 * @throws {Error} if it has none, or of another version
 */
export function readFuses(binary: Buffer): Record<Fuse, boolean> {
  const at = binary.indexOf(MARK, 0, 'latin1');
  if (at < 0) throw new Error('the binary has no fuses');
  const [version, length] = binary.subarray(at + MARK.length);
  if (version !== VERSION || length !== names.length) throw new Error(`fuses of version ${version}, ${length} of them`);
  const state = binary.toString('latin1', at + MARK.length + 2, at + MARK.length + 2 + names.length);
  return Object.fromEntries(names.map((name, index) => [name, state[index] === '1'])) as Record<Fuse, boolean>;
}
