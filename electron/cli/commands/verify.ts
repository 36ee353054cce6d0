/** `sluice verify SRC DST [--content]`. Exit 0: equal; 1: it differs, or could not be read. */
import { spokenBytes } from '../../../shared/model/bytes.ts';
import type { Difference, Verdict, VerifyEvent } from '../../../shared/model/verify.ts';
import { type Context, exitCodes, hostNameOf } from '../context.ts';
import { parseEndpoint } from '../endpoint.ts';
import { onInterrupt } from '../interrupts.ts';
import { printFailure } from '../show-run.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage.ts';

export const verifyOptions = { content: { type: 'boolean' } } as const;

/** Differences that a terminal gets; JSON has more. */
const SHOWN = 40;

const WORDS: Record<Difference['kind'], (one: Difference) => string> = {
  'no-dataset': ({ dataset, name }) => `${dataset} has no copy: there is no ${name}.`,
  'no-common': ({ dataset, name }) => `${dataset} and ${name} have no snapshot in common.`,
  behind: ({ name }) => `${name} is not at the destination yet.`,
  missing: ({ name }) => `${name} is not at the destination.`,
  extra: ({ name, nextUpdate }) =>
    nextUpdate === 'stops'
      ? `${name} is only at the destination, after the newest common one: it stops the next update.`
      : `${name} is only at the destination.`,
  'other-guid': ({ name, source, destination }) =>
    `${name} is a different snapshot at the destination: GUID ${source} here, ${destination} there.`,
  entry: ({ dataset, name, source, destination }) =>
    `${dataset} ${name}: ${source === null ? 'only at the destination' : destination === null ? 'only at the source' : 'differs'}`,
};

function printVerdict(terminal: Terminal, verdict: Verdict): void {
  for (const { source, copy, common, newest } of verdict.datasets)
    terminal.print(
      `${source} and ${copy}: ${common} common snapshots${newest === null ? '' : `, newest ${newest.source} (GUID ${newest.guid})`}`,
    );
  for (const proof of verdict.content) {
    const parts = proof.blocks > 0 ? `${proof.blocks} blocks` : `${proof.files} files, ${proof.entries} entries`;
    const found = `${parts}, ${spokenBytes(proof.bytes)}`;
    const state = { equal: `equal: ${found}`, differs: `differs: ${found}`, unread: 'was not read' }[proof.state];
    terminal.print(`Content of ${proof.source} ${state}`);
    for (const remark of proof.remarks) terminal.print(`  ${remark}`);
  }
  const counting = verdict.differences.filter(({ counts }) => counts);
  const usual = verdict.differences.filter(({ counts }) => !counts);
  for (const one of counting.slice(0, SHOWN))
    terminal.print(`${terminal.style('red', 'NOT')}  ${WORDS[one.kind](one)}`);
  for (const one of usual.slice(0, SHOWN)) terminal.print(`     ${WORDS[one.kind](one)}`);
  const left = verdict.differenceCount - Math.min(counting.length, SHOWN) - Math.min(usual.length, SHOWN);
  if (left > 0) terminal.print(`     and ${left} more`);
  terminal.print(verdict.equal ? 'Equal.' : 'Not equal.');
}

function printProgress(terminal: Terminal, event: Extract<VerifyEvent, { event: 'progress' }>): void {
  if (event.phase === 'waiting') {
    terminal.status(`A connection was lost while comparing ${event.dataset}; it resumes in ${event.done} s`);
    return;
  }
  const of = event.total === null ? '' : ` of ${event.total}`;
  terminal.status(`Comparing ${event.phase} of ${event.dataset}: ${event.done}${of}`);
}

export async function verifyCommand(context: Context): Promise<number> {
  const [first, second] = context.positionals;
  if (first === undefined || second === undefined || context.positionals.length > 2)
    throw new UsageError('verify takes SRC and DST, and nothing else.');
  const [from, to] = [parseEndpoint(first), parseEndpoint(second)];
  if (!from.ok) throw new UsageError(from.error);
  if (!to.ok) throw new UsageError(to.error);
  if (to.value.snapshot !== null)
    throw new UsageError('The destination is a dataset; the snapshot is named at the source.');
  const { engine, terminal } = context;
  const id = engine.verify.start({
    source: { ...from.value, host: hostNameOf(context, from.value.host) },
    destination: { host: hostNameOf(context, to.value.host), dataset: to.value.dataset },
    content: context.words.content === true,
  });
  const stopListening = onInterrupt(context.outputLost, () => engine.verify.cancel(id));
  try {
    for await (const event of engine.verify.watch(id)) {
      if (context.json) context.emit(event);
      if (event.event === 'progress') {
        if (!context.json) printProgress(terminal, event);
        continue;
      }
      terminal.endStatus();
      if (!context.json && event.error !== null) printFailure(terminal, event.error);
      if (!context.json && event.verdict !== null) printVerdict(terminal, event.verdict);
      return event.verdict?.equal === true ? exitCodes.done : exitCodes.failed;
    }
    return exitCodes.failed;
  } finally {
    stopListening();
  }
}
