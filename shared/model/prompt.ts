/** Questions that a connection has for a person: they reach the window and the terminal alike. */
import { z } from 'zod';
import { FingerprintSchema } from './host.ts';

export const PromptFieldSchema = z.object({
  /** What the host or the key file asks for, in its own words: `Password:`, `Verification code:`. */
  label: z.string(),
  /** False: what is typed must not be shown. */
  echo: z.boolean(),
});
export type PromptField = z.infer<typeof PromptFieldSchema>;

export const PromptSchema = z.object({
  id: z.string(),
  /** Name in the host book. */
  host: z.string(),
  /** `root@nas2:22`, for people. */
  address: z.string(),
  kind: z.enum(['passphrase', 'password', 'keyboard-interactive', 'host-key']),
  /** One sentence: what is asked, and for what. */
  title: z.string(),
  /** What the host itself says; may be empty. */
  instructions: z.string(),
  /** One answer each, in this order. None for `host-key`: answering at all means yes. */
  fields: z.array(PromptFieldSchema),
  /** True if the answer before was refused. */
  again: z.boolean(),
  /** True if the answer may be kept in the system's keychain when the person wishes it. */
  canRemember: z.boolean(),
  /** For `host-key`: the key that is shown, and the command that shows it on the host itself. */
  key: z.object({ type: z.string(), fingerprint: FingerprintSchema, compare: z.string() }).nullable(),
  askedAt: z.string(),
  /** ISO time after which the question counts as cancelled. */
  expiresAt: z.string(),
});
export type Prompt = z.infer<typeof PromptSchema>;

export const PromptEventSchema = z.discriminatedUnion('event', [
  /** Every open question when watching begins, then each new one. */
  z.object({ event: z.literal('asked'), prompt: PromptSchema }),
  z.object({ event: z.literal('closed'), id: z.string(), why: z.enum(['answered', 'cancelled', 'expired']) }),
]);
export type PromptEvent = z.infer<typeof PromptEventSchema>;
