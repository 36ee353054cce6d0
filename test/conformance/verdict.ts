/** Compares what a host answered with what a scenario expects. */
import { diagnose } from '../../shared/zfs/diagnose.ts';
import type { Asked, Meaning } from './scenario.ts';

export interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a stderr says to Sluice. */
export const meaningOf = (stderr: string): Meaning =>
  stderr.trim() === '' ? 'nothing' : (diagnose(stderr)?.code ?? 'not in the catalogue');

const linesOf = (text: string): string[] => text.replace(/\n$/, '').split('\n');

function lineFault(stdout: string, wanted: 'same' | 'different'): string | null {
  const lines = linesOf(stdout);
  const kinds = new Set(lines).size;
  const right = lines.length > 1 && kinds === (wanted === 'same' ? 1 : lines.length) && !lines.includes('-');
  return right ? null : `stdout should have lines that are all ${wanted}: ${JSON.stringify(lines)}`;
}

/** @returns in words what is otherwise than expected; empty if nothing is */
export function faultsOf(asked: Asked, answer: Answer): string[] {
  const { expected } = asked;
  const faults: string[] = [];
  const means = meaningOf(answer.stderr);
  if (answer.status !== expected.status) faults.push(`status ${answer.status} instead of ${expected.status}`);
  if (means !== expected.means) faults.push(`stderr means ${means} instead of ${expected.means}`);
  if (expected.phrase !== null && !answer.stderr.includes(expected.phrase)) {
    faults.push(`stderr lacks ${JSON.stringify(expected.phrase)}`);
  }
  if (expected.stdout !== null) {
    const wanted = expected.stdout.map((line) => `${line}\n`).join('');
    if (answer.stdout !== wanted)
      faults.push(`stdout ${JSON.stringify(answer.stdout)} instead of ${JSON.stringify(wanted)}`);
  }
  const lines = expected.lines === null ? null : lineFault(answer.stdout, expected.lines);
  if (lines !== null) faults.push(lines);
  return faults.length === 0
    ? []
    : [...faults, ...(answer.stderr === '' ? [] : [`stderr was ${JSON.stringify(answer.stderr)}`])];
}
