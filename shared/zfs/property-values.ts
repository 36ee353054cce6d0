/** Values of properties, as they are given and as `zfs get -p` prints them: `recordsize=1M` is 1048576 there, `quota=none` is 0. */

const SIZE = /^(\d+(?:\.\d+)?)([KMGTPEZ])(?:i?B)?$/i;

/** As `zfs_nicestrtonum` reads it: powers of 1024, a fraction cut off. @returns bytes in digits; null if it is no size with a unit */
function inBytes(value: string): string | null {
  const [, figure = '', unit = ''] = SIZE.exec(value) ?? [];
  if (figure === '') return null;
  const power = 10n * BigInt('KMGTPEZ'.indexOf(unit.toUpperCase()) + 1);
  return figure.includes('.')
    ? String(BigInt(Math.trunc(Number(figure) * 2 ** Number(power))))
    : String(BigInt(figure) << power);
}

/**
 * @param given in a command
 * @param printed by `zfs get -p`
 */
export const isSameValue = (given: string, printed: string): boolean =>
  given === printed || (given === 'none' && printed === '0') || inBytes(given) === printed;
