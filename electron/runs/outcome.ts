/** How a run ends, in the words of its last event. */
import { type Failure, failure } from '../../shared/model/failure.ts';
import type { Command, Plan } from '../../shared/model/plan.ts';
import type { Progress, Receipt, RunEvent } from '../../shared/model/run.ts';
import { isBlocking } from '../../shared/planning/findings.ts';
import { meanRate } from './progress.ts';
import type { Proof } from './prove.ts';

export type Outcome = Pick<Extract<RunEvent, { event: 'finished' }>, 'status' | 'receipt' | 'error'>;

/** Of these the reason may be the very fault that a run tries to get over: the line from the source to the destination. */
const MAY_PASS: readonly string[] = ['route-not-direct'];

/** Why a plan is not ready. It may pass if each of its reasons may. */
export function whyBlocked(plan: Plan): Failure {
  const blocking = plan.findings.filter(isBlocking);
  const [finding] = blocking;
  return failure({
    code: finding?.code ?? 'blocked',
    message: finding?.message ?? 'The plan is blocked.',
    next: finding?.fixes[0]?.label ?? 'Look at the findings of the plan.',
    evidence: finding?.evidence ?? {},
    kind: blocking.length > 0 && blocking.every(({ code }) => MAY_PASS.includes(code)) ? 'passing' : 'permanent',
  });
}

/** Of a plan that is not ready. */
export const blocked = (error: Failure): Outcome => ({ status: 'blocked', receipt: null, error });

/** Checks without which a copy is not what was planned; the receipt reports the others. */
const ESSENTIAL: readonly string[] = ['guids', 'no-partial', 'origins'];

/** What a run knows of itself besides its proof. */
export interface Account {
  readonly run: string;
  /** ISO time of its first attempt. */
  readonly begunAt: string;
  readonly sent: Progress['sent'];
  readonly interruptions: number;
  readonly commands: readonly Command[];
  readonly remarks: Receipt['remarks'];
}

function receiptOf(proof: Proof, { run, begunAt, sent, interruptions, commands, remarks }: Account): Receipt {
  const finishedAt = new Date().toISOString();
  return {
    run,
    ...proof,
    startedAt: begunAt,
    finishedAt,
    bytes: sent.bytes,
    durationMs: Date.parse(finishedAt) - Date.parse(begunAt),
    meanBytesPerSecond: meanRate(sent),
    interruptions,
    commands: [...commands],
    remarks,
  };
}

/**
 * Of a plan that was carried out to its end.
 *
 * @param proof null if the plan had nothing to prove
 * @param failures of members that were left out
 */
export function concluded(proof: Proof | null, failures: readonly Failure[], account: Account): Outcome {
  if (proof === null) return { status: 'done', receipt: null, error: null };
  const receipt = receiptOf(proof, account);
  const [failed] = failures;
  if (failed !== undefined) return { status: 'failed', receipt, error: failed };
  const isThere = receipt.checks.every(({ code, holds }) => holds || !ESSENTIAL.includes(code));
  if (isThere) return { status: 'done', receipt, error: null };
  const error = failure({
    code: 'not-proved',
    message: 'The tools reported success, but the destination does not have what was sent.',
    cause: receipt.checks
      .filter(({ holds }) => !holds)
      .map(({ sentence }) => sentence)
      .join(' '),
    next: 'Do not rely on this copy. Check the messages of both ends, then run again.',
  });
  return { status: 'failed', receipt, error };
}
