/** Light, dark or high contrast: the system's until the person chooses. styles/tokens.css reads `data-theme`. */
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export const THEMES = ['system', 'light', 'dark', 'contrast'] as const;
export type Theme = (typeof THEMES)[number];

interface ThemeStore {
  readonly theme: Theme;
  readonly choose: (theme: Theme) => void;
}

export const useTheme = create<ThemeStore>()(
  persist((set) => ({ theme: 'system', choose: (theme) => set({ theme }) }), { name: 'sluice.theme' }),
);

function apply({ theme }: ThemeStore): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Applies the kept choice, and every later one; called before anything is drawn. */
export function followTheme(): void {
  apply(useTheme.getState());
  useTheme.subscribe(apply);
}
