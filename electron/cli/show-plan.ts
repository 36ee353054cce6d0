/** A plan for people and for scripts. */
import { spokenBytes } from '../../shared/model/bytes.ts';
import type { Finding, Loss, Member, Plan } from '../../shared/model/plan.ts';
import { showCommand } from '../../shared/zfs/wire.ts';
import { type Terminal, table } from './terminal.ts';

const words: Record<Finding['severity'], string> = { blocks: 'BLOCKED', warns: 'WARNING', notes: 'Note' };
const styles = { blocks: 'red', warns: 'yellow', notes: 'cyan' } as const;

export const sizeText = (bytes: number | null): string => (bytes === null ? 'unknown' : spokenBytes(bytes));

export function printFindings(terminal: Terminal, findings: readonly Finding[]): void {
  for (const finding of findings) {
    terminal.print(
      `${terminal.style(styles[finding.severity], words[finding.severity])} [${finding.code}] ${finding.message}`,
    );
    finding.fixes.forEach((fix, index) => {
      const mark = fix.destructive ? `${terminal.style('red', 'deletes data')}: ` : '';
      terminal.print(`    ${index + 1}. ${mark}${fix.label}. ${fix.detail}`);
      if (fix.command !== undefined) terminal.print(`       on ${fix.command.host}: ${showCommand(fix.command.argv)}`);
    });
  }
}

/** What would be lost, in words: for some of it the name alone would name too much. */
function lossText({ what, name }: Loss): string {
  if (what === 'changes') return `what was written to ${name} since`;
  return what === 'partial' ? `the half-received stream of ${name}` : name;
}

const states: Record<Member['state'], string> = {
  new: 'new copy',
  update: 'update',
  resume: 'resume',
  'up-to-date': 'up to date',
  blocked: 'blocked',
};

export function printPlan(terminal: Terminal, plan: Plan): void {
  if (plan.members.length > 1) {
    terminal.print(
      table(
        ['DATASET', 'COPY', 'STATE', 'SIZE'],
        plan.members.map((member) => [member.source, member.copy, states[member.state], sizeText(member.bytes)]),
        new Set([3]),
      ),
    );
    terminal.print();
  }
  if (plan.streams.length > 0) {
    terminal.print(
      table(
        ['TYPE', 'SNAPSHOT', 'INCREMENTAL FROM', 'SIZE'],
        plan.streams.map((stream) => [stream.type, stream.snapshot, stream.from ?? '-', sizeText(stream.bytes)]),
        new Set([3]),
      ),
    );
    terminal.print();
    terminal.print(
      `To ${plan.target} on ${plan.request.destination.host}: about ${sizeText(plan.estimate.bytes)} (${plan.estimate.method}).`,
    );
    terminal.print();
  }
  for (const step of plan.steps) {
    terminal.print(`${step.destructive ? terminal.style('red', '! ') : '  '}${step.title}`);
    const joint = step.kind === 'send-receive' ? ' |' : '';
    step.commands.forEach((command, index) => {
      terminal.print(
        `      ${command.host}: ${showCommand(command.argv)}${index < step.commands.length - 1 ? joint : ''}`,
      );
    });
  }
  if (plan.steps.length > 0) terminal.print();
  for (const choice of [...plan.choices, ...plan.travel]) terminal.print(`  ${choice}`);
  if (plan.choices.length > 0) terminal.print();
  if (plan.losses.length > 0) {
    terminal.print(terminal.style('red', 'Will be deleted at the destination:'));
    for (const loss of plan.losses) terminal.print(`  ${lossText(loss)} (${sizeText(loss.bytes)})`);
  } else if (plan.steps.length > 0) terminal.print('Nothing will be deleted.');
  printFindings(terminal, plan.findings);
}

/** The promised document, and everything else the plan knows. */
export const planDocument = (plan: Plan): object => ({
  ...plan,
  steps: plan.steps.map((step) => ({ ...step, argv: step.commands.map((command) => command.argv) })),
});
