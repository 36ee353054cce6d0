/** What one row of the bench carries, and between which servers. */
export interface BenchHost {
  readonly port: number;
  readonly user: string;
  readonly identityFile: string;
  /** `SHA256:…` of its host key. */
  readonly hostKey: string;
}

export interface Scenario {
  readonly title: string;
  readonly source: BenchHost;
  readonly destination: BenchHost;
  /** Argument lists; the shell pipeline and the relay run the same ones. */
  readonly send: readonly string[];
  readonly receive: readonly string[];
  /** Undoes what the run before left, untimed. */
  readonly prepare?: () => Promise<void>;
}

export interface Stage {
  readonly scenarios: readonly Scenario[];
  close(): Promise<void>;
}

export interface StageOptions {
  /** Bytes a run carries, roughly. */
  readonly bytes: number;
  /** Told in words what takes the time. */
  readonly report: (line: string) => void;
}

/** One part of the bench, by the name it is asked for. */
export interface Bench {
  readonly name: string;
  /** Bytes a run carries unless told otherwise. */
  readonly bytes: number;
  /** Ciphers of the shell pipeline that it is compared with; null: OpenSSH's own choice. */
  readonly ciphers: readonly (string | null)[];
  /** Why it cannot run on this machine, in one line, or null. */
  unavailable(): string | null;
  open(options: StageOptions): Promise<Stage>;
}
