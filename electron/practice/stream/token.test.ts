import { describe, expect, it } from 'vitest';
import { decodeToken, encodeToken } from './token.ts';

/** From OpenZFS 2.3.9: a full stream cut after 8 279 752 bytes, and an increment sent with -c and -e. */
const REAL =
  '1-939bee31d-b0-789c636064000310a500c4ec50360710e72765a5269730303041' +
  '9460caa7a515a79680646ae0f26c48f2499525a9c540fa44581d56fd25f9e9a599290c0c67251e2a695aabb222cb7382e5f3127353191882f58b1c0ca16e00006046131d';

const PLAIN = { large: false, embed: false, compress: false, raw: false };

describe('a resume token', () => {
  it('of real OpenZFS is read, and what is written of its contents reads the same', () => {
    const decoded = decodeToken(REAL);
    expect(decoded).toMatchObject({
      ok: true,
      contents: {
        fromGuid: null,
        object: 2,
        offset: 0x7c0000,
        bytes: 0x7e56c8,
        toGuid: '370767592192809165',
        toName: 'S/r@1',
        flags: PLAIN,
      },
      lines: [
        'resume token contents:',
        'nvlist version: 0',
        '\tobject = 0x2',
        '\toffset = 0x7c0000',
        '\tbytes = 0x7e56c8',
        '\ttoguid = 0x5253b2922e118cd',
        '\ttoname = S/r@1',
      ],
    });
    if (!decoded.ok) return;
    const again = decodeToken(encodeToken(decoded.contents));
    expect(again).toEqual(decoded);
  });

  it('keeps GUIDs above 2^63 and the flags of the stream', () => {
    const contents = {
      fromGuid: '18446744073709551615',
      object: 9,
      offset: 131_072,
      bytes: 4_294_967_296,
      toGuid: '9223372036854775809',
      toName: 'tank/a b@x y',
      flags: { large: true, embed: true, compress: true, raw: true },
    };
    expect(decodeToken(encodeToken(contents))).toMatchObject({ ok: true, contents });
  });

  it.each([
    ['1-garbage', 'invalid format'],
    ['-', 'invalid format'],
    ['', 'invalid format'],
    [`${REAL}00000000`, 'incorrect checksum'],
    [`${REAL.slice(0, -8)}00000000`, 'incorrect checksum'],
    [`${REAL.slice(0, -2)}1x`, 'decompression failed'],
  ])('%s is refused as ZFS refuses it', (token, fault) => {
    const decoded = decodeToken(token);
    expect(decoded).toEqual({ ok: false, fault });
  });
});
