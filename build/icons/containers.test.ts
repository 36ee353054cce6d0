import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { icnsFile, icoFile } from './containers.ts';

const png = (text: string) => Buffer.from(text);
const PNG_SIGNATURE = '89504e470d0a1a0a';

describe('icoFile', () => {
  it('leads to each picture', () => {
    const file = icoFile([
      { size: 16, png: png('small') },
      { size: 256, png: png('large one') },
    ]);
    expect(file.subarray(0, 6).toString('hex')).toBe('000001000200');
    const entries = [6, 22].map((at) => ({
      width: file.readUInt8(at),
      picture: file
        .subarray(file.readUInt32LE(at + 12))
        .subarray(0, file.readUInt32LE(at + 8))
        .toString(),
    }));
    expect(entries).toEqual([
      { width: 16, picture: 'small' },
      { width: 0, picture: 'large one' },
    ]);
  });

  it('refuses what it cannot hold', () => {
    expect(() => icoFile([{ size: 512, png: png('') }])).toThrow(RangeError);
  });
});

describe('icnsFile', () => {
  it('holds each picture under its types', () => {
    const file = icnsFile([{ size: 256, png: png('picture') }]);
    expect(file.toString('latin1')).toBe('icns\0\0\0\x26ic08\0\0\0\x0fpictureic13\0\0\0\x0fpicture');
  });

  it('refuses a size without a type', () => {
    expect(() => icnsFile([{ size: 48, png: png('') }])).toThrow(RangeError);
  });
});

describe('the icons in the repository', () => {
  it('are pictures of the sizes their names say', async () => {
    const folder = path.join(import.meta.dirname, 'png');
    for (const name of await readdir(folder)) {
      const file = await readFile(path.join(folder, name));
      expect(file.subarray(0, 8).toString('hex')).toBe(PNG_SIGNATURE);
      expect(`${file.readUInt32BE(16)}x${file.readUInt32BE(20)}.png`).toBe(name);
    }
  });

  it('begin as Windows and macOS expect', async () => {
    const ico = await readFile(path.join(import.meta.dirname, 'icon.ico'));
    expect(ico.subarray(0, 4).toString('hex')).toBe('00000100');
    const icns = await readFile(path.join(import.meta.dirname, 'icon.icns'));
    expect(icns.toString('latin1', 0, 4)).toBe('icns');
    expect(icns.readUInt32BE(4)).toBe(icns.length);
  });
});
