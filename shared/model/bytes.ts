/** Sizes as sentences of the planner and the command line say them: IEC units, three digits. */
const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** Three digits of a value in a unit; bytes are whole. */
function figure(value: number, power: number): string {
  if (power === 0) return String(Math.round(value));
  return value.toFixed(value < 9.995 ? 2 : value < 99.95 ? 1 : 0);
}

/** `4.25 GiB`; whole bytes below one KiB. */
export function spokenBytes(bytes: number): string {
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), UNITS.length - 1);
  const said = figure(bytes / 1024 ** power, power);
  // 1,048,575 bytes would be rounded to 1024 KiB.
  if (said === '1024' && power < UNITS.length - 1) return `1.00 ${UNITS[power + 1]}`;
  return said === '1' && power === 0 ? '1 byte' : `${said} ${UNITS[power]}`;
}

/** @param bytesPerSecond `9.54 MiB/s` */
export const spokenRate = (bytesPerSecond: number): string => `${spokenBytes(Math.round(bytesPerSecond))}/s`;
