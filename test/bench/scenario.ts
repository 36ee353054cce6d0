/** What is carried, and between which servers. */
export interface BenchHost {
  readonly port: number;
  readonly user: string;
  readonly identityFile: string;
  /** `SHA256:…` of its host key. */
  readonly hostKey: string;
}

export interface Scenario {
  readonly source: BenchHost;
  readonly destination: BenchHost;
  /** Argument lists; all that carry run the same ones. */
  readonly send: readonly string[];
  readonly receive: readonly string[];
}

/** The relay's own; the pipeline's may also be what people get who say nothing (null). */
export const GCM = 'aes128-gcm@openssh.com';
export const cipherName = (cipher: string | null): string => cipher ?? 'its default cipher';
