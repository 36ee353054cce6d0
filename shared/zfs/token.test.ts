import { deflateSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeResumeToken } from './token.ts';

const decode = (token: string) => decodeResumeToken(token, (data) => new Uint8Array(inflateSync(data)));
const errorOf = (token: string) => {
  const decoded = decode(token);
  return decoded.ok ? null : decoded.error;
};

// Tokens of OpenZFS 2.3.9, and what `zfs send -nvt` said of them.
const FULL =
  '1-939bee31d-b0-789c636064000310a500c4ec50360710e72765a52697303030419460caa7a515a79680646ae0f26c48f2499525a9c540fa44581d56fd25f9e9a599290c0c67251e2a695aabb222cb7382e5f3127353191882f58b1c0ca16e00006046131d';
const INCREMENTAL =
  '1-e4027e241-d8-789c636064000310a501c49c50360710a715e5e7a69766a63040c15989874a9ad6aaac0a40363b92bafca4acd4e412060666a83a0cf9b4b4e2d412904c1b5c9e0d493ea9b224b518489f88e9c0aabf241fe28aaa5fe1c9ce714f9e22cb7382e5f3127353191882f58b1c8ca06e0000f8741b68';

describe('tokens of 2.3.9', () => {
  it('full', () => {
    expect(decode(FULL)).toEqual({
      ok: true,
      value: {
        token: FULL,
        toName: 'S/r@1',
        toGuid: String(0x5253b2922e118cdn),
        fromGuid: null,
        bytes: 0x7e56c8,
        raw: false,
      },
    });
  });

  it('incremental, with a GUID beyond 2^63', () => {
    expect(decode(INCREMENTAL)).toMatchObject({
      ok: true,
      value: {
        toName: 'S/r@2',
        toGuid: '16565468972898056826',
        fromGuid: '370767592192809165',
        bytes: 0x885cc8,
      },
    });
  });

  it.each([
    [
      'S/big@1',
      '1-a76355f58-b0-789c636064000310a500c4ec50360710e72765a52697303030419460caa7a515a7968064f41861f26c48f2499525a9c540dae1b0012336fd25f9e9a599290c0c7162f327ff7fb59311599e132c9f97989bcac010ac9f9499ee60087603006c6e14fb',
    ],
    [
      'S/f@4',
      '1-904e53c9d-b0-789c636064000310a500c4ec50360710e72765a526973030b0409460caa7a515a7968064bce0f26c48f2499525a9c52009571facfa4bf2d34b33531818dc7eededee553a158c2ccf0996cf4bcc4d656008d64f733081ba010046bb13b7',
    ],
  ])('also that of %s', (name, token) => {
    expect(decode(token)).toMatchObject({ ok: true, value: { toName: name, fromGuid: null } });
  });

  it('a newline round it does not matter; it is kept without', () => {
    expect(decode(`${FULL}\n`)).toEqual(decode(FULL));
  });
});

describe('what is no token', () => {
  it.each([
    ['', 'not of the form'],
    ['-', 'not of the form'],
    ['1-garbage', 'not of the form'],
    [FULL.replace('1-', '2-'), 'not of the form'],
    [`${FULL}-00`, 'not of the form'],
    [FULL.replace('-b0-', '-b0zz-'), 'not of the form'],
    [FULL.replace('-b0-', '--'), 'not of the form'],
    [FULL.replace('1-939bee31d', '1-0x939bee31d'), 'not of the form'],
    // `resume token is corrupt (incorrect checksum)`
    [`${INCREMENTAL}00000000`.replace('1-e4027e241', '1-e4027e242'), 'checksum is wrong'],
    [FULL.replace('789c', '789d'), 'checksum is wrong'],
    [FULL.slice(0, -1), 'not hexadecimal'],
    [`${INCREMENTAL.slice(0, -1)}x`, 'not hexadecimal'],
    [FULL.slice(0, -10), 'checksum is wrong'],
    [FULL.replace('-b0-', '-b1-'), 'length is wrong'],
  ])('%s: it is said that %s', (token, fault) => {
    expect(errorOf(token)).toContain(fault);
  });

  it('is never an exception, whatever is flipped', () => {
    fc.assert(
      fc.property(fc.nat(FULL.length - 1), fc.constantFrom(...'0123456789abcdef-xX '), (at, character) => {
        const token = FULL.slice(0, at) + character + FULL.slice(at + 1);
        const decoded = decode(token);
        if (decoded.ok) expect(token.trim().toLowerCase()).toBe(FULL);
      }),
      { numRuns: 500 },
    );
  });
});

type Pair = readonly [name: string, value: bigint | string | true | Uint8Array];

const TYPES = { bigint: 8, string: 9, boolean: 1, object: 4 } as const;

/** Packs a native nvlist as `nvlist_pack()` does, and a token round it. */
function pack(pairs: readonly Pair[], little = true, encoding = 0): string {
  const rows = pairs.map(([name, value]) => {
    const header = Math.ceil((16 + name.length + 1) / 8) * 8;
    const data =
      typeof value === 'bigint'
        ? 8
        : typeof value === 'string'
          ? Math.ceil((value.length + 1) / 8) * 8
          : value === true
            ? 0
            : value.byteLength;
    const row = new Uint8Array(header + data);
    const view = new DataView(row.buffer);
    view.setInt32(0, row.byteLength, little);
    view.setInt16(4, name.length + 1, little);
    view.setInt32(8, 1, little);
    view.setInt32(12, TYPES[typeof value as keyof typeof TYPES], little);
    row.set(new TextEncoder().encode(name), 16);
    if (typeof value === 'bigint') view.setBigUint64(header, value, little);
    else if (typeof value === 'string') row.set(new TextEncoder().encode(value), header);
    else if (value !== true) row.set(value, header);
    return row;
  });
  const bytes = Uint8Array.from([
    encoding,
    little ? 1 : 0,
    0,
    0,
    ...new Uint8Array(8),
    ...rows.flatMap((row) => [...row]),
    0,
    0,
    0,
    0,
  ]);
  return seal(bytes);
}

function seal(bytes: Uint8Array, length = bytes.byteLength): string {
  const packed = deflateSync(bytes);
  let sum = 0n;
  for (let at = 0; at + 4 <= packed.length; at += 4) sum += BigInt(packed.readUInt32LE(at));
  return `1-${sum.toString(16)}-${length.toString(16)}-${packed.toString('hex')}`;
}

const enough: Pair[] = [
  ['toguid', 1n],
  ['toname', 'tank/a b@c'],
];

describe('tokens made by hand', () => {
  it.each([true, false])('raw and large, little-endian: %s', (little) => {
    const token = pack(
      [['fromguid', 2n ** 64n - 1n], ['object', 2n], ['bytes', 5n], ...enough, ['embedok', true], ['rawok', true]],
      little,
    );
    expect(decode(token)).toEqual({
      ok: true,
      value: { token, toName: 'tank/a b@c', toGuid: '1', fromGuid: '18446744073709551615', bytes: 5, raw: true },
    });
  });

  it('pairs of other types are passed over', () => {
    const redacted: Pair = ['redact_snaps', new Uint8Array(16).fill(7)];
    expect(decode(pack([redacted, ...enough]))).toMatchObject({ ok: true, value: { toName: 'tank/a b@c' } });
  });

  it('bytes that no number can hold are not half told', () => {
    const most = BigInt(Number.MAX_SAFE_INTEGER);
    expect(decode(pack([...enough, ['bytes', most]]))).toMatchObject({ ok: true, value: { bytes: Number(most) } });
    expect(decode(pack([...enough, ['bytes', most + 1n]]))).toMatchObject({ ok: true, value: { bytes: 0 } });
    expect(decode(pack([...enough, ['bytes', 2n ** 60n]]))).toMatchObject({ ok: true, value: { bytes: 0 } });
  });

  it.each([
    ['names no snapshot', pack([['toguid', 1n]])],
    ['names no snapshot', pack([['toname', 'a@b']])],
    [
      'names no snapshot',
      pack([
        ['toguid', 'text'],
        ['toname', 'a@b'],
      ]),
    ],
    ['encoding 1', pack(enough, true, 1)],
    ['cannot be unpacked', seal(new Uint8Array([0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 40, 0]))],
    ['cannot be unpacked', seal(new Uint8Array(3))],
    ['length is wrong', seal(new Uint8Array([0, 1]), 3)],
  ])('one that %s', (fault, token) => {
    expect(errorOf(token)).toContain(fault);
  });

  it('payload that no zlib made', () => {
    expect(errorOf('1-0-1-00000000')).toContain('cannot be unpacked');
  });
});
