/** Fits many columns into a width: the older part of a long run becomes one cell that says how many they are. */
import type { Column } from './columns.ts';

export type Cell =
  | { readonly kind: 'one'; readonly column: Column }
  | { readonly kind: 'run'; readonly columns: readonly Column[] };

/** A run shorter than this says less as a number than as its snapshots. */
const SHORTEST_RUN = 3;

const isPlain = (column: Column): boolean => !column.isBase && !column.isGoal && !column.isNamesake;

/**
 * @param capacity cells that fit; at least this many stay columns of their own where runs allow
 * @returns cells in the columns' order; more than `capacity` only where folding every run is not enough
 */
export function foldColumns(columns: readonly Column[], capacity: number): Cell[] {
  const ones = (run: readonly Column[]): Cell[] => run.map((column) => ({ kind: 'one', column }));
  if (columns.length <= capacity) return ones(columns);

  const runs: Column[][] = [];
  for (const column of columns) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const joins = last !== undefined && isPlain(last) && isPlain(column) && last.fate === column.fate;
    if (joins) run?.push(column);
    else runs.push([column]);
  }

  // Longest first, until the rest fits.
  const foldable = runs.filter((run) => run.length >= SHORTEST_RUN).sort((a, b) => b.length - a.length);
  const folded = new Set<readonly Column[]>();
  let count = columns.length;
  for (const run of foldable) {
    if (count <= capacity) break;
    folded.add(run);
    count -= run.length - 1;
  }
  // What room is left shows the newest of each folded run, which lie next to where something happens.
  const share = folded.size === 0 ? 0 : Math.max(0, Math.floor((capacity - count) / folded.size));
  return runs.flatMap((run): Cell[] => {
    if (!folded.has(run)) return ones(run);
    const cut = Math.max(SHORTEST_RUN, run.length - share);
    return [{ kind: 'run', columns: run.slice(0, cut) }, ...ones(run.slice(cut))];
  });
}

/** The column that speaks for a cell: of a run, its newest. */
export function faceOf(cell: Cell): Column | undefined {
  return cell.kind === 'one' ? cell.column : cell.columns.at(-1);
}
