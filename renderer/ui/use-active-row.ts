import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import { keepDrawn } from './keep-drawn.ts';

/** Height of a row as rows.module.css has it, px. */
export const ROW = 32;
/** Rows that are drawn beyond both edges of what is seen. */
export const OVERSCAN = 12;
/** Rows that Page Up and Page Down go by. */
const PAGE = 10;

/**
 * Rows drawn only where they are looked at, of which one is active: where the keyboard is. The frame keeps the focus and
 * names the active row.
 *
 * @param first the row that is active, and in sight, at the beginning
 */
export function useActiveRow(count: number, first: number) {
  const [active, setActive] = useState(first);
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW,
    overscan: OVERSCAN,
    initialOffset: Math.max(0, first - 3) * ROW,
    rangeExtractor: keepDrawn(active),
  });
  const moveTo = (index: number) => {
    const to = Math.min(count - 1, Math.max(0, index));
    setActive(to);
    virtual.scrollToIndex(to);
  };
  /** Goes where a key leads. @returns whether it leads anywhere */
  const moveBy = (key: string): boolean => {
    const moves: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + PAGE,
      PageUp: active - PAGE,
      Home: 0,
      End: count - 1,
    };
    const to = moves[key];
    if (to !== undefined) moveTo(to);
    return to !== undefined;
  };
  return { frame, virtual, active, setActive, moveTo, moveBy };
}
