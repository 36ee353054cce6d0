/** A run for people: steps, one line of progress, what the hosts said, and the receipt. */
import { spokenBytes } from '../../shared/model/bytes.ts';
import type { Failure } from '../../shared/model/failure.ts';
import type { Progress, Receipt, RunEvent, RunSummary } from '../../shared/model/run.ts';
import { sizeText } from './show-plan.ts';
import { type Terminal, table } from './terminal.ts';

function spokenSeconds(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

function bar(bytes: number, total: number | null, width: number): string {
  if (total === null || total === 0 || bytes > total) return `[${'·'.repeat(width)}]`;
  const filled = Math.floor(Math.min(bytes / total, 0.99) * width);
  return `[${'#'.repeat(filled)}${'-'.repeat(width - filled)}]`;
}

/** `[#####-----] 412 MiB of about 1.80 GiB  52.1 MiB/s  25–31 s left`; the bar never shows the end before it is there. */
export function progressLine(progress: Progress): string {
  const { bytes, total } = progress;
  const over = total !== null && bytes > total;
  const amount =
    total === null
      ? spokenBytes(bytes)
      : `${spokenBytes(bytes)} of about ${spokenBytes(total)}${over ? ' (more than estimated)' : ''}`;
  const left = progress.secondsLeft;
  const parts = [bar(bytes, total, 20), amount];
  if (progress.phase === 'sending') parts.push(`${spokenBytes(progress.bytesPerSecond)}/s`);
  else parts.push(`${progress.phase} …`);
  if (left !== null) parts.push(`${spokenSeconds(left.low)}–${spokenSeconds(left.high)} left`);
  if (progress.silentMs > 10_000 && progress.phase === 'sending')
    parts.push(`no data for ${Math.round(progress.silentMs / 1000)} s`);
  return parts.join('  ');
}

export function printFailure(terminal: Terminal, error: Failure): void {
  terminal.print(`${terminal.style('red', 'Failed')} [${error.code}] ${error.message}`);
  if (error.cause !== '') terminal.print(`  Why: ${error.cause}`);
  if (error.next !== '') terminal.print(`  Now: ${error.next}`);
  for (const side of ['source', 'destination'] as const) {
    const said = error.stderr[side].trim();
    if (said !== '')
      terminal.print(
        `  The ${side} said:\n${said
          .split('\n')
          .map((line) => `    ${line}`)
          .join('\n')}`,
      );
  }
}

export function printReceipt(terminal: Terminal, receipt: Receipt): void {
  terminal.print();
  terminal.print(
    receipt.proved
      ? terminal.style('green', 'Proved: the copy is the original.')
      : terminal.style('yellow', 'Not everything is as requested:'),
  );
  for (const check of receipt.checks) terminal.print(`  ${check.holds ? 'ok ' : 'NOT'}  ${check.sentence}`);
  if (receipt.snapshots.length > 0) {
    terminal.print();
    terminal.print(
      table(
        ['SNAPSHOT', 'GUID AT SOURCE', 'GUID AT DESTINATION'],
        receipt.snapshots.map((one) => [one.name, one.sourceGuid ?? 'gone', one.destinationGuid ?? 'missing']),
      ),
    );
  }
  terminal.print();
  terminal.print(
    `${spokenBytes(receipt.bytes)} in ${spokenSeconds(receipt.durationMs / 1000)}, ${spokenBytes(receipt.meanBytesPerSecond)}/s while sending${receipt.interruptions > 0 ? `, ${receipt.interruptions} interruptions` : ''}. Run ${receipt.run}.`,
  );
}

function controlLine({ paused, limit }: Extract<RunEvent, { event: 'control' }>): string {
  const rate = limit === null ? 'without a limit' : `with at most ${spokenBytes(limit)}/s`;
  return paused ? 'Paused; the connections stay.' : `Continuing ${rate}.`;
}

/** Prints a run's events as they come. */
export function runPrinter(terminal: Terminal): (event: RunEvent) => void {
  let plainAt = 0;
  return (event) => {
    if (event.event === 'progress') {
      terminal.status(progressLine(event));
      // A log or pipe gets a line now and then, so that nobody thinks it hangs.
      if (!terminal.out.isTTY && event.phase === 'sending' && Date.parse(event.at) - plainAt >= 10_000) {
        plainAt = Date.parse(event.at);
        terminal.print(progressLine(event));
      }
    } else if (event.event === 'step' && event.state === 'begun') terminal.print(`→ ${event.title}`);
    else if (event.event === 'message') terminal.print(`  ${event.host}: ${event.text}`);
    else if (event.event === 'control') terminal.print(controlLine(event));
    else if (event.event === 'retry') {
      terminal.print(
        `${terminal.style('yellow', 'Interrupted')} [${event.error.code}] ${event.error.message} ${event.error.cause}`,
      );
      terminal.print(`  Trying again in ${(event.inMs / 1000).toFixed(1)} s.`);
    }
  };
}

export function printRuns(terminal: Terminal, runs: readonly RunSummary[]): void {
  if (runs.length === 0) {
    terminal.print('No runs yet.');
    return;
  }
  terminal.print(
    table(
      ['RUN', 'STATUS', 'FROM', 'TO', 'BYTES'],
      runs.map((run) => [
        run.run,
        run.resumable ? `${run.status}, resumable` : run.status,
        `${run.request.source.host}:${run.request.source.dataset}@${run.request.source.snapshot ?? '(newest)'}`,
        `${run.request.destination.host}:${run.request.destination.dataset}`,
        sizeText(run.bytes),
      ]),
      new Set([4]),
    ),
  );
}
