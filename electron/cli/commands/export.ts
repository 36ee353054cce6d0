/** `sluice export SRC DST --as …`: a plan as a shell script, or the same pair for a schedule or another tool. */
import type { Typed } from '../../../shared/export/command-line.ts';
import { accessOf } from '../../../shared/export/host-access.ts';
import { syncoidCommand, zreplJobs } from '../../../shared/export/other-tools.ts';
import { crontabLine, systemdUnits } from '../../../shared/export/schedule.ts';
import { shellScript } from '../../../shared/export/sh.ts';
import { type DatasetName, parseDatasetName } from '../../../shared/model/names.ts';
import type { Plan } from '../../../shared/model/plan.ts';
import { type Context, exitCodes } from '../context.ts';
import { printFindings } from '../show-plan.ts';
import { createTerminal } from '../terminal.ts';
import { UsageError } from '../usage.ts';
import { requestOf } from './replicate.ts';

/** As `node:util`'s parseArgs takes them. */
export const exportOptions = { as: { type: 'string' } } as const;

const forms = ['sh', 'systemd', 'cron', 'syncoid', 'zrepl'] as const;
type Form = (typeof forms)[number];

function formOf(given: unknown): Form {
  const found = forms.find((form) => form === given);
  if (found === undefined) throw new UsageError(`--as takes ${forms.join(', ')}.`);
  return found;
}

/** Tokens of the half-received streams that the plan throws away: the script discards these and no later ones. */
async function partialsOf(context: Context, plan: Plan): Promise<Map<string, string>> {
  const tokens = new Map<string, string>();
  const { host } = plan.request.destination;
  const datasets = plan.steps
    .filter(({ kind }) => kind === 'discard-partial')
    .flatMap(({ commands }) => commands.map(({ argv }) => parseDatasetName(argv.at(-1) ?? '')));
  for (const name of datasets) {
    if (!name.ok) continue;
    const { datasets: found } = await context.engine.inventory(host, { kind: 'dataset', name: name.value });
    const dataset = found.find((one) => one.name === (name.value satisfies DatasetName));
    tokens.set(name.value, dataset?.partial?.token ?? dataset?.undecodedToken ?? '');
  }
  return tokens;
}

/** Words that say more than the request that was made of them: the time of the next run is another one. */
function typedIn({ words }: Context): Typed {
  const text = (name: string): string | undefined => (typeof words[name] === 'string' ? words[name] : undefined);
  return { snapshot: text('snapshot'), since: text('since'), until: text('until') };
}

async function render(context: Context, form: Form, plan: Plan): Promise<string> {
  const { request } = plan;
  const named = (name: string) => context.engine.hosts.get(name);
  const [source, destination] = [named(request.source.host), named(request.destination.host)];
  switch (form) {
    case 'sh':
      return shellScript({
        plan,
        partials: await partialsOf(context, plan),
        source: accessOf(source, named),
        destination: accessOf(destination, named),
      });
    case 'systemd':
      return systemdUnits(request, context.engine.info().program, typedIn(context));
    case 'cron':
      return crontabLine(request, context.engine.info().program, typedIn(context));
    case 'syncoid':
      return syncoidCommand({ plan, source, destination });
    case 'zrepl':
      return zreplJobs({ plan, source, destination });
  }
}

/** Only the text goes to stdout; a blocked plan gives no script. */
export async function exportCommand(context: Context): Promise<number> {
  const form = formOf(context.words.as);
  const request = requestOf(context);
  // A script is itself between the two hosts: the other routes are for a run that Sluice watches over.
  const { plan } = await context.engine.plan(form === 'sh' ? { ...request, route: 'relay', compress: 'no' } : request);
  if (!plan.ready) {
    const terminal = createTerminal(process.stderr);
    printFindings(terminal, plan.findings);
    terminal.print('Blocked: nothing is exported.');
    return exitCodes.blocked;
  }
  const text = await render(context, form, plan);
  if (context.json) context.emit({ as: form, text });
  else process.stdout.write(text);
  return exitCodes.done;
}
