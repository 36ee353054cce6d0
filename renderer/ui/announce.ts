/** What screen readers are told without moving the focus. Shown by LiveRegion, which the frame of the window holds. */
import { create } from 'zustand';

export const useAnnouncement = create<{ readonly text: string }>(() => ({ text: '' }));

export function announce(text: string): void {
  useAnnouncement.setState({ text });
}
