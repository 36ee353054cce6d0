/** `sluice plan SRC DST` and `sluice run SRC DST`. */
import type { Plan } from '../../../shared/model/plan.ts';
import type { ReplicationRequest } from '../../../shared/model/request.ts';
import { isBlocking } from '../../../shared/planning/findings.ts';
import { ask, type Context, exitCodes, hostNameOf, isSomebodyThere } from '../context.ts';
import { parseEndpoint } from '../endpoint.ts';
import { readEndOptions, readOptions } from '../options.ts';
import { planDocument, printPlan } from '../show-plan.ts';
import { UsageError } from '../usage.ts';
import { follow } from './runs.ts';

/** @throws UsageError */
export function requestOf(context: Context): ReplicationRequest {
  const [source, destination] = context.positionals;
  if (source === undefined || destination === undefined || context.positionals.length > 2)
    throw new UsageError('Give SRC and DST, and nothing else.');
  const options = readOptions(context.words);
  const from = parseEndpoint(source);
  if (!from.ok) throw new UsageError(from.error);
  const to = parseEndpoint(destination);
  if (!to.ok) throw new UsageError(to.error);
  if (to.value.snapshot !== null)
    throw new UsageError('The destination is a dataset; it takes its snapshot’s name from the source.');
  const ends = readEndOptions(context.words, from.value.snapshot);
  return {
    ...options,
    source: {
      ...ends.source,
      host: hostNameOf(context, from.value.host),
      dataset: from.value.dataset,
    },
    destination: { ...ends.destination, host: hostNameOf(context, to.value.host), dataset: to.value.dataset },
  };
}

export async function planCommand(context: Context): Promise<number> {
  const { plan } = await context.engine.plan(requestOf(context));
  if (context.json) context.emit(planDocument(plan));
  else {
    printPlan(context.terminal, plan);
    context.terminal.print(verdict(plan));
  }
  return plan.ready ? exitCodes.done : exitCodes.blocked;
}

function verdict(plan: Plan): string {
  if (!plan.ready) return 'Blocked: this cannot be started as it is.';
  return plan.steps.length === 0 ? 'Nothing to send.' : 'Ready.';
}

/** A last line for scripts where no run was started. */
function finishedWithoutRun(context: Context, status: 'done' | 'blocked' | 'cancelled', plan: Plan): void {
  const [finding] = plan.findings.filter(isBlocking);
  const error =
    status === 'blocked' && finding !== undefined
      ? { code: finding.code, message: finding.message, stderr: { source: '', destination: '' } }
      : null;
  context.emit({
    event: 'finished',
    run: null,
    at: new Date().toISOString(),
    status,
    streams: plan.streams,
    findings: plan.findings,
    receipt: null,
    error,
  });
}

/** `--yes` stands for the answer; the target's name was typed as an argument, and what is deleted is chosen by an option. */
async function confirmed(context: Context, plan: Plan): Promise<boolean> {
  if (context.words.yes === true) return true;
  if (plan.losses.length > 0) {
    const typed = await ask(`This deletes what is listed above. Type ${plan.target} to continue:`);
    if (typed === null) throw new UsageError('There is nobody to confirm; use --yes.');
    return typed === plan.target;
  }
  const answer = await ask('Start? [y/N]');
  if (answer === null) throw new UsageError('There is nobody to confirm; use --yes.');
  return /^y(es)?$/i.test(answer);
}

export async function runCommand(context: Context): Promise<number> {
  const { id, plan } = await context.engine.plan(requestOf(context));
  if (!context.json) printPlan(context.terminal, plan);
  if (!plan.ready || plan.steps.length === 0) {
    const status = plan.ready ? 'done' : 'blocked';
    if (context.json) finishedWithoutRun(context, status, plan);
    else context.terminal.print(verdict(plan));
    return exitCodes[status];
  }
  // What the question refers to is printed above it: on stderr, where stdout is for JSON alone.
  if (context.json && context.words.yes !== true && isSomebodyThere()) printPlan(context.terminal, plan);
  if (!(await confirmed(context, plan))) {
    context.terminal.print('Nothing was done.');
    if (context.json) finishedWithoutRun(context, 'cancelled', plan);
    // Not `cancelled`: there is no run to resume.
    return exitCodes.failed;
  }
  const typedTarget = plan.losses.length > 0 ? plan.target : null;
  return await follow(context, await context.engine.start(id, { typedTarget, replan: context.words.yes !== true }));
}
