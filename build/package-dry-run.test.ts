import { describe, expect, it } from 'vitest';
import { emptyAsar, readAsar } from './asar.ts';
import { programs } from './bundle.ts';
import { readFuses, standInBinary } from './fuses.ts';
import { contentsFault } from './package-dry-run.ts';

describe('readAsar', () => {
  it('reads what it wrote', () => {
    expect(readAsar(emptyAsar()).size).toBe(0);
  });

  it('finds files by path', () => {
    const json = JSON.stringify({
      files: {
        'a.txt': { size: 2, offset: '0' },
        dist: { files: { 'b.js': { size: 3, offset: '2' }, 'c.node': { size: 1, offset: '0', unpacked: true } } },
      },
    });
    const padded = json.padEnd(Math.ceil(json.length / 4) * 4, '\0');
    const head = Buffer.alloc(16);
    for (const [index, value] of [4, 8 + padded.length, 4 + padded.length, json.length].entries()) {
      head.writeUInt32LE(value, 4 * index);
    }
    const files = readAsar(Buffer.concat([head, Buffer.from(`${padded}aabbb`)]));
    expect([...files].map(([name, content]) => [name, content?.toString() ?? null])).toEqual([
      ['a.txt', 'aa'],
      ['dist/b.js', 'bbb'],
      ['dist/c.node', null],
    ]);
  });
});

describe('readFuses', () => {
  it('reads the stand-in as Electron comes', () => {
    expect(readFuses(standInBinary())).toMatchObject({
      runAsNode: true,
      onlyLoadAppFromAsar: false,
      wasmTrapHandlers: true,
    });
  });

  it('refuses a binary without fuses, and fuses it does not know', () => {
    expect(() => readFuses(Buffer.from('x'))).toThrow('no fuses');
    const newer = standInBinary();
    newer[32] = 2;
    expect(() => readFuses(newer)).toThrow('version 2');
  });
});

describe('contentsFault', () => {
  const right = [
    'LICENSE',
    'package.json',
    'dist/icon.png',
    'dist/preload.cjs',
    ...Object.keys(programs).map((name) => `dist/${name}.js`),
    'dist/renderer/index.html',
    'dist/renderer/assets/index-abc.js',
  ];

  it('is content with what belongs in the package', () => {
    expect(contentsFault(right)).toBeNull();
  });

  it.each([
    'node_modules/ssh2/package.json',
    'dist/.main-stamp',
    'dist/renderer/.stamp',
    'dist/renderer/assets/index.js.map',
    'electron/main.ts',
    'test/secret.key',
  ])('does not want %s', (name) => {
    expect(contentsFault([...right, name])).toBe(`${name} does not belong there`);
  });

  it('misses what is not there', () => {
    expect(contentsFault(right.filter((name) => name !== 'dist/relay-worker.js'))).toBe(
      'dist/relay-worker.js is missing',
    );
  });
});
