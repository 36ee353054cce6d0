/** `sluice runs`, `resume RUN`, `receipt RUN`, `cancel RUN`, `pause RUN`, `continue RUN`, `limit RUN RATE`, and following a run to its end. */
import { type Context, exitCodes } from '../context.ts';
import { onInterrupt } from '../interrupts.ts';
import { parseRate } from '../options.ts';
import { printFailure, printReceipt, printRuns, runPrinter } from '../show-run.ts';
import { UsageError } from '../usage.ts';

/** Prints a run's events to the end; Ctrl-C, or nobody who reads them any more, interrupts it so that it can be resumed. */
export async function follow(context: Context, run: string): Promise<number> {
  const { engine, terminal } = context;
  const print = runPrinter(terminal);
  const stopListening = onInterrupt(context.outputLost, () => {
    terminal.print('Interrupting; what was received is kept.');
    void engine.runs.close();
  });
  try {
    for await (const event of engine.runs.watch(run)) {
      if (context.json) context.emit(event);
      else print(event);
      if (event.event !== 'finished') continue;
      terminal.endStatus();
      if (!context.json) {
        if (event.receipt !== null) printReceipt(terminal, event.receipt);
        if (event.error !== null) printFailure(terminal, event.error);
        if (event.status === 'interrupted') terminal.print(`Interrupted. Resume with: sluice resume ${run}`);
      }
      return exitCodes[event.status];
    }
    return exitCodes.failed;
  } finally {
    stopListening();
  }
}

export function runsCommand(context: Context): number {
  if (context.positionals.length > 0) throw new UsageError('runs takes no arguments.');
  const runs = context.engine.runs.list();
  if (context.json) context.emit(runs);
  else printRuns(context.terminal, runs);
  return exitCodes.done;
}

function oneRun(context: Context, command: string): string {
  const [run] = context.positionals;
  if (run === undefined || context.positionals.length > 1)
    throw new UsageError(`${command} takes one RUN; sluice runs lists them.`);
  return run;
}

export async function resumeCommand(context: Context): Promise<number> {
  const run = oneRun(context, 'resume');
  context.engine.runs.resume(run);
  return await follow(context, run);
}

/** `sluice cancel RUN`: of this process or another; what the destination has kept stays. */
export async function cancelCommand(context: Context): Promise<number> {
  const run = oneRun(context, 'cancel');
  await context.engine.runs.cancel(run);
  const { status } = context.engine.runs.get(run).summary;
  if (context.json) context.emit({ run, status });
  else context.terminal.print(`Run ${run} is ${status}. What was received is kept; resume with: sluice resume ${run}`);
  return exitCodes.done;
}

/** `sluice pause RUN` and `sluice continue RUN`. */
export const pauseCommand =
  (paused: boolean) =>
  (context: Context): number => {
    const run = oneRun(context, paused ? 'pause' : 'continue');
    if (paused) context.engine.runs.pause(run);
    else context.engine.runs.goOn(run);
    return exitCodes.done;
  };

/** `sluice limit RUN 50M|none`. */
export function limitCommand(context: Context): number {
  const [run, limit] = context.positionals;
  if (run === undefined || limit === undefined || context.positionals.length > 2)
    throw new UsageError('limit takes a RUN and a rate such as 50M, or none.');
  context.engine.runs.setLimit(run, limit === 'none' ? null : parseRate(limit));
  return exitCodes.done;
}

export function receiptCommand(context: Context): number {
  const receipt = context.engine.runs.receipt(oneRun(context, 'receipt'));
  if (context.json) context.emit(receipt);
  else printReceipt(context.terminal, receipt);
  return exitCodes.done;
}
