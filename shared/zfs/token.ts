/**
 * Reads a `receive_resume_token`: `1-<checksum, hex>-<length, hex>-<zlib of a native nvlist, hex>`, as written by
 * `get_receive_resume_stats_impl()` of OpenZFS and illumos; checked against `zfs send -nvt` of 2.3.9.
 */
import type { PartialReceive } from '../model/inventory.ts';
import { err, ok, type Result } from '../model/result.ts';

const NATIVE_ENCODING = 0;
const LITTLE_ENDIAN = 1;
const TYPE_BOOLEAN = 1;
const TYPE_UINT64 = 8;
const TYPE_STRING = 9;

/** First word of ZFS's Fletcher-4: the sum of the 32-bit words, modulo 2^64. */
function fletcher4Word(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let sum = 0n;
  for (let at = 0; at + 4 <= bytes.byteLength; at += 4) sum += BigInt(view.getUint32(at, true));
  return BigInt.asUintN(64, sum);
}

/** A 64-bit number in hexadecimal. */
const isHex = (text: string | undefined): text is string => text !== undefined && /^[0-9a-f]{1,16}$/i.test(text);

function fromHex(hex: string): Uint8Array | null {
  if (hex.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(hex)) return null;
  return Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16));
}

type NvValue = bigint | string | true;

/** Name-value pairs of a packed native nvlist; pairs of other types are passed over. Throws RangeError when cut short. */
function readNvlist(bytes: Uint8Array): Map<string, NvValue> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = bytes[1] === LITTLE_ENDIAN;
  const text = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  const pairs = new Map<string, NvValue>();
  for (let at = 12; ; ) {
    const size = view.getInt32(at, little);
    if (size <= 0) return pairs;
    const nameSize = view.getInt16(at + 4, little);
    const type = view.getInt32(at + 12, little);
    const name = text(at + 16, at + 16 + nameSize - 1);
    const value = at + Math.ceil((16 + nameSize) / 8) * 8;
    if (type === TYPE_UINT64) pairs.set(name, view.getBigUint64(value, little));
    else if (type === TYPE_STRING) pairs.set(name, text(value, bytes.indexOf(0, value)));
    else if (type === TYPE_BOOLEAN) pairs.set(name, true);
    at += size;
  }
}

/**
 * @param inflate zlib's inflate; given from outside because this folder has no Node
 * @returns what the token says, or why it cannot be read
 */
export function decodeResumeToken(token: string, inflate: (data: Uint8Array) => Uint8Array): Result<PartialReceive> {
  const [version, checksum, length, payload, ...rest] = token.trim().split('-');
  if (version !== '1' || !isHex(checksum) || !isHex(length) || !payload || rest.length > 0)
    return err('it is not of the form 1-…-…-…');
  const packed = fromHex(payload);
  if (packed === null) return err('its payload is not hexadecimal');
  if (fletcher4Word(packed) !== BigInt(`0x${checksum}`)) return err('its checksum is wrong');
  try {
    const bytes = inflate(packed);
    if (bytes.byteLength !== Number.parseInt(length, 16)) return err('its length is wrong');
    if (bytes[0] !== NATIVE_ENCODING) return err(`its encoding ${bytes[0]} is unknown`);
    const pairs = readNvlist(bytes);
    const guid = (name: string): string | null => {
      const value = pairs.get(name);
      return typeof value === 'bigint' ? value.toString() : null;
    };
    const toName = pairs.get('toname');
    const toGuid = guid('toguid');
    if (typeof toName !== 'string' || toGuid === null) return err('it names no snapshot');
    const received = pairs.get('bytes');
    return ok({
      token: token.trim(),
      toName,
      toGuid,
      fromGuid: guid('fromguid'),
      bytes: typeof received === 'bigint' && received <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(received) : 0,
      raw: pairs.has('rawok'),
    });
  } catch (thrown) {
    return err(`it cannot be unpacked (${thrown instanceof Error ? thrown.message : String(thrown)})`);
  }
}
