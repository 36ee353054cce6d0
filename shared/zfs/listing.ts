/**
 * Listings of pools, datasets, snapshots and bookmarks: which command asks for them and how its lines are read.
 *
 * Lines are split at TAB only and must have the columns asked for: names may hold spaces, even in front.
 * `-` stands for “does not apply”. One unknown column makes ZFS refuse the whole listing, so columns come from the
 * dialect. Tools without `zfs list -p` (zfs-fuse, Solaris) are asked by `zfs get -Hp`, whose rows are turned into columns.
 */
export type Row = Readonly<Record<string, string>>;

/** A listing: the command, and a reader that is given its lines one by one. */
export interface Listing {
  readonly argv: readonly string[];
  /** Given one line of stdout without its newline; returns a sentence if the line is not what was asked for. */
  readonly take: (line: string) => string | null;
  /** Called once after the last line. */
  readonly end: () => string | null;
}

/**
 * @param columns what may hold a TAB itself is the last of them: a mountpoint
 * @param onRow given a row that is only good until the next: a million of them are not worth an object each
 */
export function tableListing(
  argv: readonly string[],
  columns: readonly string[],
  onRow: (row: Row) => string | null,
): Listing {
  const row: Record<string, string> = Object.fromEntries(columns.map((column) => [column, '']));
  return {
    argv,
    take(line) {
      const cells = line.split('\t');
      if (cells.length < columns.length) return `expected ${columns.length} columns in ${JSON.stringify(line)}`;
      if (cells.length > columns.length) cells.push(cells.splice(columns.length - 1).join('\t'));
      for (let at = 0; at < columns.length; at++) row[columns[at] as string] = cells[at] as string;
      return onRow(row);
    },
    end: () => null,
  };
}

/** `zfs get -Hp -o name,property,value`: rows of one name follow each other and are handed on together. */
export function pivotListing(argv: readonly string[], onRow: (row: Row) => string | null): Listing {
  let current: Record<string, string> = {};
  const flush = () => (current.name === undefined ? null : onRow(current));
  return {
    argv,
    take(line) {
      const [name, property, ...value] = line.split('\t');
      if (name === undefined || property === undefined || value.length === 0)
        return `expected 3 columns in ${JSON.stringify(line)}`;
      let fault: string | null = null;
      if (current.name !== name) {
        fault = flush();
        current = { name };
      }
      current[property] = value.join('\t');
      return fault;
    },
    end: () => flush(),
  };
}

/** A count below 2^53; null for `-`, `none`, absent, or a number that would lose digits. */
export function readCount(text: string | undefined): number | null {
  if (text === undefined || text === '') return null;
  // A loop instead of an expression and Number(): listings of a million rows have six of these in each.
  let value = 0;
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return null;
    value = value * 10 + digit;
  }
  return Number.isSafeInteger(value) ? value : null;
}

export const dashed = (text: string | undefined): string | null =>
  text === undefined || text === '-' || text === '' ? null : text;
export const yes = (text: string | undefined): boolean => text === 'yes' || text === 'on';
/** zfs-fuse without `-p` prints GUIDs like `12.3E`; such a value must never pass as one. */
export const isGuid = (text: string | undefined): text is string => text !== undefined && /^\d{1,20}$/.test(text);
