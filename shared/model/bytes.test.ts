import fc from 'fast-check';
import { expect, it } from 'vitest';
import { spokenBytes } from './bytes.ts';

it.each([
  [0, '0 bytes'],
  [0.4, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1023, '1023 bytes'],
  [1023.7, '1.00 KiB'],
  [1024, '1.00 KiB'],
  [10_239, '10.0 KiB'],
  [102_399, '100 KiB'],
  [1_048_575, '1.00 MiB'],
  [4_563_402_752, '4.25 GiB'],
  [2 ** 53, '8.00 PiB'],
  [2 ** 63, '8192 PiB'],
])('%d is said as %s', (bytes, said) => {
  expect(spokenBytes(bytes)).toBe(said);
});

it('is right to half a percent and never has a unit’s worth of itself', () => {
  fc.assert(
    fc.property(fc.nat(Number.MAX_SAFE_INTEGER), (bytes) => {
      const [figure = '', unit = ''] = spokenBytes(bytes).split(' ');
      const power = Math.max(['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'].indexOf(unit), 0);
      expect(Math.abs(Number(figure) * 1024 ** power - bytes)).toBeLessThanOrEqual(bytes * 0.006);
      expect(Number(figure)).toBeLessThan(1024);
    }),
  );
});
