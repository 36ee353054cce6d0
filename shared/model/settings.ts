/** What the person prefers; kept in the state folder, so that every window and the next start have it. */
import { z } from 'zod';
import { defaultOptions, defaultReceiveProfile, ReceiveProfileSchema, RequestSchema } from './request.ts';

/** What a new replication begins with. */
export const NewReplicationSchema = RequestSchema.pick({
  intermediates: true,
  properties: true,
  limit: true,
  route: true,
  compress: true,
  concurrency: true,
  onFailure: true,
}).extend({ receive: ReceiveProfileSchema });
export type NewReplication = z.infer<typeof NewReplicationSchema>;

/** `system` follows the system. */
export const LanguageSchema = z.enum(['system', 'en', 'de']);
export const ThemeSchema = z.enum(['system', 'light', 'dark', 'contrast']);
/** `iec`: 1 KiB is 1024 bytes; `si`: 1 kB is 1000 bytes. */
export const UnitsSchema = z.enum(['iec', 'si']);

export const SettingsSchema = z.object({
  language: LanguageSchema,
  theme: ThemeSchema,
  units: UnitsSchema,
  /** Whether the system tells when a run has ended. */
  notifications: z.boolean(),
  /** Shortcuts of a single key can be in the way of speech input (WCAG 2.1.4). */
  shortcuts: z.boolean(),
  newReplication: NewReplicationSchema,
});
export type Settings = z.infer<typeof SettingsSchema>;
/** Some settings; what is undefined stays. */
export type SettingsChange = { readonly [K in keyof Settings]?: Settings[K] | undefined };

export const defaultSettings: Settings = {
  language: 'system',
  theme: 'system',
  units: 'iec',
  notifications: false,
  shortcuts: true,
  newReplication: {
    intermediates: defaultOptions.intermediates,
    properties: defaultOptions.properties,
    limit: defaultOptions.limit,
    route: defaultOptions.route,
    compress: defaultOptions.compress,
    concurrency: defaultOptions.concurrency,
    onFailure: defaultOptions.onFailure,
    receive: defaultReceiveProfile,
  },
};

/** What a file holds, with the default in the place of everything that is missing or cannot be read. */
export function readSettings(stored: unknown): Settings {
  if (typeof stored !== 'object' || stored === null) return defaultSettings;
  const known = new Map(Object.entries(stored));
  const entries = Object.entries(SettingsSchema.shape).map(([name, schema]) => {
    const parsed = schema.safeParse(known.get(name));
    return [name, parsed.success ? parsed.data : defaultSettings[name as keyof Settings]];
  });
  return SettingsSchema.parse(Object.fromEntries(entries));
}
