/** Numbers and times as people read them. Byte counts are IEC (1 KiB = 1024 bytes), as `zfs` prints them, or SI. */
import { useSettings } from '../settings/settings.ts';
import { language } from '../texts/texts.ts';

const UNITS = {
  iec: { step: 1024, names: ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] },
  si: { step: 1000, names: ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'] },
} as const;

function inUnit(bytes: number): { readonly value: number; readonly unit: string } {
  const { step, names } = UNITS[useSettings.getState().settings.units];
  let value = bytes;
  let unit = 0;
  // 1023.95 and more would be written as 1,024.0 of the smaller unit.
  while (value >= step - 0.05 && unit < names.length - 1) {
    value /= step;
    unit += 1;
  }
  return { value, unit: names[unit] ?? 'B' };
}

/** Three significant digits: `812 B`, `1.50 MiB`, `62.4 GiB`. @param bytes not negative */
export function formatBytes(bytes: number): string {
  const { value, unit } = inUnit(bytes);
  const digits = unit === 'B' || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return `${formatNumber(value, digits)} ${unit}`;
}

/** @param bytesPerSecond not negative */
export function formatRate(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`;
}

/** @param digits digits after the point, always that many */
export function formatNumber(value: number, digits = 0): string {
  return new Intl.NumberFormat(language(), { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
    value,
  );
}

/** Rounded down, so that nothing reads 100 % before it is. @param fraction 0 to 1 */
export function formatPercent(fraction: number): string {
  // The last digits of a double must not cost a percent: 0.29 * 100 is 28.999999999999996.
  const whole = Math.floor(Math.min(1, Math.max(0, fraction)) * 100 + 1e-9) / 100;
  return new Intl.NumberFormat(language(), { style: 'percent', maximumFractionDigits: 0 }).format(whole);
}

const SECOND_STEPS = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3600 },
  { unit: 'minute', seconds: 60 },
  { unit: 'second', seconds: 1 },
] as const;

function unitText(value: number, unit: (typeof SECOND_STEPS)[number]['unit']): string {
  return new Intl.NumberFormat(language(), { style: 'unit', unit, unitDisplay: 'short' }).format(value);
}

/** The two largest units: `3 hr 12 min`, `45 sec`; `< 1 sec` where it is less. @param seconds not negative */
export function formatDuration(seconds: number): string {
  const whole = Math.floor(seconds);
  const first = SECOND_STEPS.findIndex((step) => whole >= step.seconds);
  const big = SECOND_STEPS[first];
  const small = SECOND_STEPS[first + 1];
  if (big === undefined) return seconds > 0 ? `< ${unitText(1, 'second')}` : unitText(0, 'second');
  const bigText = unitText(Math.floor(whole / big.seconds), big.unit);
  const rest = small === undefined ? 0 : Math.floor((whole % big.seconds) / small.seconds);
  return small === undefined || rest === 0 ? bigText : `${bigText} ${unitText(rest, small.unit)}`;
}

/** `10:04:07`, for a clock that ticks. @param seconds not negative */
export function formatClock(seconds: number): string {
  const whole = Math.floor(seconds);
  const two = (value: number) => String(value).padStart(2, '0');
  const minutesAndSeconds = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  const hours = Math.floor(whole / 3600);
  return hours === 0 ? minutesAndSeconds : `${hours}:${minutesAndSeconds}`;
}

/**
 * A range of time left in one unit, as coarse as the guess is: `3–4 hr`; one figure where both ends round to the same.
 * @param low seconds
 * @param high seconds, not below `low`
 */
export function formatRange(low: number, high: number): string {
  const second = { unit: 'second', seconds: 1 } as const;
  // Three of a unit at least: “1–2 hr” would hide which half of the hour is meant.
  const step = SECOND_STEPS.find((candidate) => high >= candidate.seconds * 3) ?? second;
  const from = Math.max(1, Math.floor(low / step.seconds));
  const to = Math.max(1, Math.ceil(high / step.seconds));
  return from >= to ? unitText(to, step.unit) : `${formatNumber(from)}–${unitText(to, step.unit)}`;
}

/** @param moment milliseconds since 1970 */
export function formatMoment(moment: number): string {
  return new Intl.DateTimeFormat(language(), {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(moment);
}

/** @param moment milliseconds since 1970 */
export function formatTimeOfDay(moment: number): string {
  return new Intl.DateTimeFormat(language(), {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(moment);
}

/** `Jul 14`, for the ticks of a picture. @param moment milliseconds since 1970 */
export function formatDay(moment: number): string {
  return new Intl.DateTimeFormat(language(), { month: 'short', day: 'numeric' }).format(moment);
}

/** `3 days ago`. @param moment milliseconds since 1970 @param now milliseconds since 1970 */
export function formatAge(moment: number, now: number): string {
  const seconds = Math.round((moment - now) / 1000);
  const relative = new Intl.RelativeTimeFormat(language(), { numeric: 'auto' });
  const years = seconds / 31_557_600;
  if (Math.abs(years) >= 1) return relative.format(Math.trunc(years), 'year');
  const months = seconds / 2_629_800;
  if (Math.abs(months) >= 1) return relative.format(Math.trunc(months), 'month');
  const step = SECOND_STEPS.find((candidate) => Math.abs(seconds) >= candidate.seconds);
  return step === undefined
    ? relative.format(0, 'second')
    : relative.format(Math.trunc(seconds / step.seconds), step.unit);
}

/** The last characters of a long identity, enough to compare by eye. */
export function tail(identity: string, length = 8): string {
  return identity.length <= length ? identity : `…${identity.slice(-length)}`;
}
