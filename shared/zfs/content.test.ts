import { describe, expect, it, test } from 'vitest';
import { complaints, isRegular, readRecord, sizeOf } from './content.ts';

test('a path may have tabs in it and line ends; two slashes end it', () => {
  const { path, value } = readRecord('entries', './tab\there\u0001and/b//f 644 0 0 1.5 10 ');
  expect(path).toBe('./tab\there\nand/b');
  expect([isRegular(value), sizeOf('entries', value)]).toEqual([true, 10]);
});

test('a link that says that it is a file is none', () => {
  const { path, value } = readRecord('entries', './link//l 777 0 0 1.5 9 //f 644 0 0 1.5 10 ');
  expect([path, isRegular(value), sizeOf('entries', value)]).toEqual(['./link', false, 0]);
});

describe('what could not be read', () => {
  it('is named by the first words of the tools, not by a banner', () => {
    expect(
      complaints("Welcome to nas.\n\nfind: './private': Permission denied\nsha256sum: ./secret: Permission denied\n"),
    ).toBe("find: './private': Permission denied; sha256sum: ./secret: Permission denied");
    expect(complaints('./a: user.x: Permission denied\n')).toBe('./a: user.x: Permission denied');
  });

  it('is cut where there is much of it', () => {
    const many = Array.from({ length: 5 }, (_, at) => `sha256sum: ./${at}: Input/output error\n`).join('');
    expect(complaints(many)).toBe(
      'sha256sum: ./0: Input/output error; sha256sum: ./1: Input/output error; sha256sum: ./2: Input/output error; …',
    );
  });

  it('is whatever was said, if no tool said it; nothing if nothing was', () => {
    expect(complaints('cannot open tank/x@a: dataset is busy\n')).toBe('cannot open tank/x@a: dataset is busy');
    expect(complaints('\n')).toBe('');
  });
});
