/** By which names the automatic snapshots of well-known tools are recognised. */
import type { NamingScheme } from '../model/filter.ts';

const DATE = String.raw`\d{4}-\d{2}-\d{2}`;

const shapes: Record<NamingScheme, RegExp> = {
  // `autosnap_2026-11-21_22:30:01_hourly`
  sanoid: new RegExp(
    String.raw`^autosnap_${DATE}_\d{2}:\d{2}:\d{2}_(?:frequently|hourly|daily|weekly|monthly|yearly)$`,
  ),
  // The prefix of zrepl's own examples, then one of its formats: dense `20261121_223001_000`, human
  // `2026-11-21_22:30:01`, iso-8601 `2026-11-21T22:30:01.000Z` (or `_0100` for `+0100`), unix-seconds.
  zrepl: new RegExp(
    String.raw`^zrepl_(?:\d{8}_\d{6}_\d{3}|${DATE}_\d{2}:\d{2}:\d{2}|${DATE}T\d{2}:\d{2}:\d{2}\.\d{3}(?:Z|[_-]\d{4})|\d{9,11})$`,
  ),
  // `zfs-auto-snap_hourly-2026-11-21-2230`; on Solaris `-22h30`, and `zfs-auto-snap:hourly-2009-01-01-12:00` before that.
  'zfs-auto-snapshot': new RegExp(String.raw`^zfs-auto-snap(?:[_:][A-Za-z0-9_.-]+)?-${DATE}-\d{2}[h:]?\d{2}$`),
  // The name of the backup, then the time: `offsite1-20261121223001`.
  zfs_autobackup: /^.+-\d{14}$/,
  // `sluice-2026-11-21_223001`, as `snapshot-name.ts` makes them unless told otherwise.
  sluice: new RegExp(String.raw`^sluice-${DATE}_\d{6}$`),
};

/** @param label what follows the `@` */
export const followsScheme = (scheme: NamingScheme, label: string): boolean => shapes[scheme].test(label);
