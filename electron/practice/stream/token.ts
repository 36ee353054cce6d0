/**
 * `receive_resume_token` in ZFS's own format: `1-<checksum>-<length>-<payload>`, all in hexadecimal; the payload is a
 * zlib-compressed nvlist of `length` bytes, the checksum the first word of its Fletcher-4, which is the sum of the
 * compressed payload's 32-bit words (a remainder of one to three bytes does not count).
 */
import { deflateSync, inflateSync } from 'node:zlib';
import type { PartialReceive, StreamFlags } from '../model/machine.ts';
import { type NvPairs, type NvValue, packNvlist, unpackNvlist } from './nvlist.ts';

export interface TokenContents {
  readonly fromGuid: string | null;
  readonly object: number;
  readonly offset: number;
  /** Bytes of the stream taken so far. */
  readonly bytes: number;
  readonly toGuid: string;
  readonly toName: string;
  readonly flags: StreamFlags;
}

/** What `zfs send -t` says in brackets after `resume token is corrupt`. */
export type TokenFault = 'invalid format' | 'incorrect checksum' | 'decompression failed' | 'nvlist_unpack failed';

function sumWords(data: Buffer): bigint {
  let sum = 0n;
  for (let at = 0; at + 4 <= data.length; at += 4) sum += BigInt(data.readUInt32LE(at));
  return sum;
}

function pairsOf(contents: TokenContents): NvPairs {
  const { flags } = contents;
  const optional = (present: boolean, name: string, value: NvValue): NvPairs => (present ? [[name, value]] : []);
  return [
    ...optional(contents.fromGuid !== null, 'fromguid', BigInt(contents.fromGuid ?? 0)),
    ['object', BigInt(contents.object)],
    ['offset', BigInt(contents.offset)],
    ['bytes', BigInt(contents.bytes)],
    ['toguid', BigInt(contents.toGuid)],
    ['toname', contents.toName],
    ...optional(flags.large, 'largeblockok', true),
    ...optional(flags.embed, 'embedok', true),
    ...optional(flags.compress, 'compressok', true),
    ...optional(flags.raw, 'rawok', true),
  ];
}

export function encodeToken(contents: TokenContents): string {
  const packed = packNvlist(pairsOf(contents));
  const compressed = deflateSync(packed, { level: 6 });
  return `1-${sumWords(compressed).toString(16)}-${packed.length.toString(16)}-${compressed.toString('hex')}`;
}

/** The token of a half-received stream. */
export const resumeTokenOf = (partial: PartialReceive): string => encodeToken(partial);

/** Hexadecimal as `sscanf("%02x")` reads it pair by pair: `6x` is 6, a last odd digit is left out. */
function readHex(text: string): Buffer | null {
  const bytes = Buffer.alloc(Math.floor(text.length / 2));
  for (let index = 0; index < bytes.length; index += 1) {
    const value = Number.parseInt(text.slice(index * 2, index * 2 + 2), 16);
    if (Number.isNaN(value)) return null;
    bytes[index] = value;
  }
  return bytes;
}

export type DecodedToken =
  | { readonly ok: true; readonly contents: TokenContents; readonly lines: readonly string[] }
  | { readonly ok: false; readonly fault: TokenFault };

const fault = (reason: TokenFault): DecodedToken => ({ ok: false, fault: reason });

/** @returns the contents, and the lines in which `zfs send -nvt` prints them; or what is wrong with the token */
export function decodeToken(token: string): DecodedToken {
  const parts = /^1-([0-9a-f]+)-([0-9a-f]+)-(.+)$/.exec(token);
  const compressed = readHex(parts?.[3] ?? '');
  if (parts === null || compressed === null) return fault('invalid format');
  if (sumWords(compressed) !== BigInt(`0x${parts[1]}`)) return fault('incorrect checksum');
  const packed = inflate(compressed, Number.parseInt(parts[2] ?? '', 16));
  if (packed === null) return fault('decompression failed');
  const pairs = unpackNvlist(packed);
  if (pairs === null) return fault('nvlist_unpack failed');
  const number = (name: string): bigint => {
    const value = pairs.get(name);
    return typeof value === 'bigint' ? value : 0n;
  };
  const toName = pairs.get('toname');
  return {
    ok: true,
    contents: {
      fromGuid: pairs.has('fromguid') ? number('fromguid').toString() : null,
      object: Number(number('object')),
      offset: Number(number('offset')),
      bytes: Number(number('bytes')),
      toGuid: number('toguid').toString(),
      toName: typeof toName === 'string' ? toName : '',
      flags: {
        large: pairs.has('largeblockok'),
        embed: pairs.has('embedok'),
        compress: pairs.has('compressok'),
        raw: pairs.has('rawok'),
      },
    },
    lines: ['resume token contents:', 'nvlist version: 0', ...[...pairs].map(showPair)],
  };
}

function inflate(compressed: Buffer, length: number): Buffer | null {
  try {
    const packed = inflateSync(compressed, { maxOutputLength: 65_536 });
    return packed.length === length ? packed : null;
  } catch {
    return null;
  }
}

function showPair([name, value]: [string, NvValue]): string {
  const shown = typeof value === 'bigint' ? `0x${value.toString(16)}` : value === true ? '1' : value;
  return `\t${name} = ${shown}`;
}
