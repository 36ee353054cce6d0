/**
 * ZFS's name-value lists in their native little-endian encoding, as far as a resume token needs it.
 *
 * Layout: encoding 0, endian 1, two zero bytes; int32 version 0; uint32 flags 1 (names are unique); then for each pair
 * int32 size, int16 name size with its NUL, int16 reserved, int32 number of elements, int32 type, the name padded to a
 * multiple of 8 with what precedes it, the value padded to 8; an int32 0 ends the list. (`nvpair.c`; checked against
 * tokens of OpenZFS 2.3.9.)
 */

/** Unsigned 64-bit, text, or `true` for a pair that is merely there. */
export type NvValue = bigint | string | true;
export type NvPairs = readonly (readonly [name: string, value: NvValue])[];

const TYPE_BOOLEAN = 1;
const TYPE_UINT64 = 8;
const TYPE_STRING = 9;
const PAIR_HEAD = 16;

const toEight = (length: number): number => Math.ceil(length / 8) * 8;

function packPair(name: string, value: NvValue): Buffer {
  const valueAt = toEight(PAIR_HEAD + name.length + 1);
  const valueLength = value === true ? 0 : typeof value === 'bigint' ? 8 : toEight(Buffer.byteLength(value) + 1);
  const pair = Buffer.alloc(valueAt + valueLength);
  pair.writeInt32LE(pair.length, 0);
  pair.writeInt16LE(name.length + 1, 4);
  pair.writeInt32LE(value === true ? 0 : 1, 8);
  pair.writeInt32LE(value === true ? TYPE_BOOLEAN : typeof value === 'bigint' ? TYPE_UINT64 : TYPE_STRING, 12);
  pair.write(name, PAIR_HEAD, 'latin1');
  if (typeof value === 'bigint') pair.writeBigUInt64LE(value, valueAt);
  else if (value !== true) pair.write(value, valueAt);
  return pair;
}

export function packNvlist(pairs: NvPairs): Buffer {
  const head = Buffer.from([0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]);
  return Buffer.concat([head, ...pairs.map(([name, value]) => packPair(name, value)), Buffer.alloc(4)]);
}

/** @returns the pairs, or null if this is no such list */
export function unpackNvlist(data: Buffer): Map<string, NvValue> | null {
  if (data.length < 16 || data[0] !== 0 || data[1] !== 1) return null;
  const pairs = new Map<string, NvValue>();
  for (let at = 12; at + 4 <= data.length; ) {
    const size = data.readInt32LE(at);
    if (size === 0) return pairs;
    if (size < PAIR_HEAD + 2 || at + size > data.length) return null;
    const nameSize = data.readInt16LE(at + 4);
    const type = data.readInt32LE(at + 12);
    const name = data.toString('latin1', at + PAIR_HEAD, at + PAIR_HEAD + nameSize - 1);
    const valueAt = at + toEight(PAIR_HEAD + nameSize);
    if (type === TYPE_UINT64) pairs.set(name, data.readBigUInt64LE(valueAt));
    else if (type === TYPE_STRING) pairs.set(name, data.toString('utf8', valueAt, data.indexOf(0, valueAt)));
    else if (type === TYPE_BOOLEAN) pairs.set(name, true);
    else return null;
    at += size;
  }
  return null;
}
