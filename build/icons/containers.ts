/** The two files that hold one picture in several sizes, for Windows and macOS. Both take PNG as it is. */

export interface Picture {
  /** Width and height in pixels. */
  readonly size: number;
  readonly png: Buffer;
}

/**
 * An ICO file: a header of 6 bytes, 16 bytes for each picture, then the pictures (Microsoft, "ICONDIR"; PNG since
 * Windows Vista).
 *
 * @param pictures of at most 256 pixels
 */
export function icoFile(pictures: readonly Picture[]): Buffer {
  const header = Buffer.alloc(6 + 16 * pictures.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = header.length;
  for (const [index, { size, png }] of pictures.entries()) {
    if (size > 256) throw new RangeError(`an ICO file holds pictures of up to 256 pixels, not ${size}`);
    const at = 6 + 16 * index;
    // 0 means 256.
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...pictures.map(({ png }) => png)]);
}

/** The types of ICNS entries that hold PNG, by what they are: pixels, and the same at twice the density. */
const icnsTypes: Readonly<Record<number, readonly string[]>> = {
  32: ['ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};

/**
 * An ICNS file: `icns` and the length of the whole, then type, length and content of each entry.
 *
 * @param pictures of sizes that macOS knows; others are an error
 */
export function icnsFile(pictures: readonly Picture[]): Buffer {
  const entries = pictures.flatMap(({ size, png }) => {
    const types = icnsTypes[size];
    if (types === undefined) throw new RangeError(`an ICNS file has no place for ${size} pixels`);
    return types.map((type) => block(type, png));
  });
  return block('icns', Buffer.concat(entries));
}

function block(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(8 + content.length, 4);
  return Buffer.concat([head, content]);
}
