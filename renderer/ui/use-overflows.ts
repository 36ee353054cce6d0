import { type RefCallback, useCallback, useState } from 'react';

/** Whether an element holds more than it shows; watched while it is there. */
export function useOverflows(): { readonly ref: RefCallback<HTMLElement>; readonly overflows: boolean } {
  const [overflows, setOverflows] = useState(false);
  const ref = useCallback((element: HTMLElement | null) => {
    if (element === null) return;
    const look = () => setOverflows(element.scrollHeight > element.clientHeight);
    const sizes = new ResizeObserver(look);
    const contents = new MutationObserver(look);
    sizes.observe(element);
    contents.observe(element, { childList: true, subtree: true, characterData: true });
    look();
    return () => {
      sizes.disconnect();
      contents.disconnect();
    };
  }, []);
  return { ref, overflows };
}
