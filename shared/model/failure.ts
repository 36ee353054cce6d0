/** What every error becomes before it reaches a person. */
import { z } from 'zod';

/** Untouched standard error of both ends; empty where an end said nothing. */
export const BothStderrSchema = z.object({ source: z.string(), destination: z.string() });

export const FailureSchema = z.object({
  /** Stable, kebab-case, for scripts and for looking up help. */
  code: z.string(),
  /** What failed and where, in one sentence. */
  message: z.string(),
  /** Why, in one sentence; empty where the message says it all. */
  cause: z.string(),
  /** What the person can do now. */
  next: z.string(),
  stderr: BothStderrSchema,
  evidence: z.record(z.string(), z.unknown()),
  /** `passing` faults are retried with back-off; `permanent` ones never are. */
  kind: z.enum(['passing', 'permanent']),
});
export type Failure = z.infer<typeof FailureSchema>;

export interface FailureParts {
  readonly code: string;
  readonly message: string;
  readonly cause?: string;
  readonly next?: string;
  readonly stderr?: Partial<Failure['stderr']>;
  readonly evidence?: Record<string, unknown>;
  readonly kind?: Failure['kind'];
}

export function failure(parts: FailureParts): Failure {
  return {
    code: parts.code,
    message: parts.message,
    cause: parts.cause ?? '',
    next: parts.next ?? '',
    stderr: { source: parts.stderr?.source ?? '', destination: parts.stderr?.destination ?? '' },
    evidence: parts.evidence ?? {},
    kind: parts.kind ?? 'permanent',
  };
}

/** Carries a {@link Failure} where only an exception can travel (streams, promises of libraries). */
export class SluiceError extends Error {
  readonly failure: Failure;

  constructor(parts: FailureParts, options?: ErrorOptions) {
    super(parts.message, options);
    this.name = 'SluiceError';
    this.failure = failure(parts);
  }
}

/** Any thrown thing as a {@link Failure}; what is not ours keeps its own message as the cause. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof SluiceError) return thrown.failure;
  const cause = thrown instanceof Error ? thrown.message : String(thrown);
  return failure({
    code: 'internal',
    message: 'Sluice stopped because of an internal error.',
    cause,
    next: 'Nothing was changed beyond what the log shows. Please report this with the log.',
    evidence: thrown instanceof Error && thrown.stack !== undefined ? { stack: thrown.stack } : {},
  });
}
