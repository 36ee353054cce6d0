/** Light, dark or high contrast: the system's until the person chooses. styles/tokens.css reads `data-theme`. */
import type { Settings } from '../../shared/model/settings.ts';
import { changeSettings, useSettings } from '../settings/settings.ts';

export type Theme = Settings['theme'];
export const THEMES = ['system', 'light', 'dark', 'contrast'] as const satisfies readonly Theme[];

export function useTheme(): { readonly theme: Theme; readonly choose: (theme: Theme) => void } {
  return { theme: useSettings(({ settings }) => settings.theme), choose: (theme) => changeSettings({ theme }) };
}

function apply(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Applies the kept choice, and every later one; called before anything is drawn. */
export function followTheme(): void {
  apply(useSettings.getState().settings.theme);
  useSettings.subscribe(({ settings }) => apply(settings.theme));
}
