/**
 * The person's settings as the window uses them. The main process keeps them; a copy in the browser's storage is there so
 * that the first picture has the right theme, language and units already.
 */
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Failure } from '../../shared/model/failure.ts';
import { defaultSettings, readSettings, type Settings } from '../../shared/model/settings.ts';
import { sluice } from '../connection/client.ts';
import { failureOf } from '../connection/failure-of.ts';
import { useConnection } from '../connection/state.ts';

interface SettingsStore {
  readonly settings: Settings;
  /** Why the last change could not be kept; null if it was. */
  readonly failure: Failure | null;
}

export const useSettings = create<SettingsStore>()(
  persist((): SettingsStore => ({ settings: defaultSettings, failure: null }), {
    name: 'sluice.settings',
    partialize: ({ settings }) => ({ settings }),
    merge: (kept, now) => ({
      ...now,
      settings: readSettings((kept as { settings?: unknown } | undefined)?.settings),
    }),
  }),
);

/** Changes at once what is seen, and lets the main process keep it. */
export function changeSettings(change: Partial<Settings>): void {
  useSettings.setState(({ settings }) => ({ settings: { ...settings, ...change }, failure: null }));
  sluice.settings.change(change).then(
    (settings) => useSettings.setState({ settings }),
    (thrown: unknown) => useSettings.setState({ failure: failureOf(thrown) }),
  );
}

/** Takes over what the main process has kept, now and whenever the line comes back. */
export function followSettings(): void {
  const read = () =>
    sluice.settings.get().then(
      (settings) => useSettings.setState({ settings }),
      (thrown: unknown) => useSettings.setState({ failure: failureOf(thrown) }),
    );
  useConnection.subscribe((now, before) => {
    if (now.epoch !== before.epoch) void read();
  });
}
