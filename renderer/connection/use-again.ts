/** When a question is asked once more, besides when the part that asks it appears. */
import { useEffect, useRef } from 'react';

/** Calls `again` whenever `turn` is another one than before; not at first, when the question is asked anyway. */
export function useAgainAt(turn: number, again: () => void): void {
  const last = useRef(turn);
  useEffect(() => {
    if (last.current === turn) return;
    last.current = turn;
    again();
  }, [turn, again]);
}

/** What is shown of other computers is looked at again after this long, ms. */
const FRESH_MS = 5 * 60_000;

/** Calls `again` when the window is looked at again, and every few minutes as long as it is. */
export function useAgainWhileSeen(again: () => void): void {
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') again();
    };
    const timer = setInterval(look, FRESH_MS);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [again]);
}
