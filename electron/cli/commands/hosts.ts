/** `sluice hosts add|list|edit|rename|duplicate|import|check|remove`. */
import { type Check, type Fix, type HostReport, KnownSchema, type SeenKey } from '../../../shared/api/hosts.ts';
import { SluiceError } from '../../../shared/model/failure.ts';
import { describeAddress, type SshAddress } from '../../../shared/model/host.ts';
import { ask, type Context, exitCodes } from '../context.ts';
import { table } from '../terminal.ts';
import { UsageError } from '../usage.ts';
import { readAddress, readHostWords, readName } from './host-words.ts';

const states = KnownSchema.shape.state.enum;

/** What the user's own known_hosts says of a key, in a sentence; empty where it says nothing. */
function spokenKnown({ known }: SeenKey): string {
  const lines = known.entries.map(({ line, fingerprint }) => `line ${line}: ${fingerprint}`).join(', ');
  switch (known.state) {
    case states.known:
      return `${known.file} has this key for it.`;
    case states.changed:
      return `${known.file} has ANOTHER key for it (${lines}). Somebody else may be answering.`;
    case states.revoked:
      return `${known.file} marks this key as REVOKED (${lines}).`;
    case states.unreadable:
      return `${known.file} could not be read.`;
    default:
      return '';
  }
}

/** Shows the key and asks; without anybody to ask, a host is only added with its key given. */
async function confirmKey(context: Context, address: SshAddress, jump: string | null): Promise<string> {
  const shown = await context.engine.hosts.seeKey(address, jump);
  context.terminal.print(`${describeAddress(address)} shows the ${shown.type} key ${shown.fingerprint}`);
  const known = spokenKnown(shown);
  if (known !== '') context.terminal.print(known);
  context.terminal.print(`Compare it there: ${shown.compare}`);
  if (shown.known.state !== 'revoked' && (await ask('Is it the same? Type yes to trust it:')) === 'yes') {
    return shown.fingerprint;
  }
  throw new SluiceError({
    code: 'host-key-not-confirmed',
    message: `The host key of ${describeAddress(address)} was not confirmed; nothing was saved.`,
    cause: `It shows ${shown.fingerprint}. ${known}`.trim(),
    next: 'Compare it on the host itself, then add the host with --host-key.',
    evidence: { fingerprint: shown.fingerprint, known: shown.known },
  });
}

async function add(context: Context): Promise<number> {
  const [name, url, ...more] = context.positionals;
  const usage = 'hosts add takes NAME and ssh://user@host[:port].';
  if (url === undefined || more.length > 0) throw new UsageError(usage);
  const address = readAddress(url);
  const { hostKey: given, ...words } = readHostWords(context.words);
  const { jump = null, notes = '', colour = null, privilege = 'auto', identityFile = null } = words;
  const checkedName = readName(name, usage);
  const hostKey = given ?? (await confirmKey(context, address, jump));
  const host = context.engine.hosts.add({
    name: checkedName,
    address,
    identityFile,
    privilege,
    jump,
    notes,
    colour,
    hostKey,
    writeKnownHosts: context.words['write-known-hosts'] === true,
  });
  if (context.json) context.emit(host);
  else context.terminal.print(`Added ${name}. Next: sluice hosts check ${name}`);
  return exitCodes.done;
}

function list(context: Context): number {
  const hosts = context.engine.hosts.list();
  if (context.json) context.emit(hosts);
  else if (hosts.length === 0) context.terminal.print('No hosts yet. Add one: sluice hosts add NAME ssh://user@host');
  else
    context.terminal.print(
      table(
        ['NAME', 'ADDRESS', 'THROUGH', 'HOST KEY', 'LAST CHECK', 'NOTES'],
        hosts.map((host) => [
          host.name,
          describeAddress(host.address),
          host.jump ?? '-',
          host.hostKey ?? '-',
          host.lastCheck === null
            ? '-'
            : `${host.lastCheck.state}, ${host.lastCheck.at.slice(0, 16).replace('T', ' ')}`,
          host.notes.split('\n')[0] ?? '',
        ]),
      ),
    );
  return exitCodes.done;
}

function printCheck({ terminal }: Context, name: string, one: Check): void {
  terminal.print(`${one.state.padEnd(6)} ${one.title}`);
  if (one.detail !== '') terminal.print(`       ${one.detail}`);
  for (const fix of one.fixes) {
    terminal.print(`       fix ${fix.id}: ${fix.label}`);
    for (const line of fix.command.split('\n')) terminal.print(`         ${line}`);
    if (fix.canDo) terminal.print(`         or let Sluice do it: sluice hosts check ${name} --fix ${fix.id}`);
  }
}

/** Shows what a fix does and asks, unless --yes was given. */
async function agreed(context: Context, fix: Fix): Promise<boolean> {
  context.terminal.print(`${fix.label}${fix.where === 'host' ? ', on the host' : ', on this computer'}:`);
  for (const line of fix.command.split('\n')) context.terminal.print(`  ${line}`);
  return context.words.yes === true || (await ask('Type yes to do it:')) === 'yes';
}

async function check(context: Context): Promise<number> {
  const [name] = context.positionals;
  if (name === undefined) throw new UsageError('hosts check takes the NAME of a host.');
  const { doctor } = context.engine;
  const print = (one: Check): void => {
    if (!context.json) printCheck(context, name, one);
  };
  const wanted = context.words.fix;
  let report: HostReport;
  if (typeof wanted === 'string') {
    report = await doctor.check(name);
    const fix = report.checks.flatMap(({ fixes }) => fixes).find(({ id }) => id === wanted);
    if (fix === undefined || (await agreed(context, fix))) report = await doctor.fix(name, wanted);
    for (const one of report.checks) print(one);
  } else report = await doctor.check(name, print);
  if (context.json) context.emit({ host: name, ...report });
  return report.checks.some(({ state }) => state === 'blocks') ? exitCodes.failed : exitCodes.done;
}

function remove(context: Context): number {
  const [name] = context.positionals;
  if (name === undefined) throw new UsageError('hosts remove takes the NAME of a host.');
  context.engine.hosts.remove(name);
  if (context.json) context.emit({ removed: name });
  else context.terminal.print(`Removed ${name} from the host book; nothing was changed on the host.`);
  return exitCodes.done;
}

function edit(context: Context): number {
  const [name, ...more] = context.positionals;
  if (name === undefined || more.length > 0) throw new UsageError('hosts edit takes the NAME of a host and options.');
  const changes = readHostWords(context.words);
  if (Object.keys(changes).length === 0) throw new UsageError('hosts edit takes at least one option to change.');
  const host = context.engine.hosts.edit(name, changes);
  if (context.json) context.emit(host);
  else context.terminal.print(`Changed ${name}.`);
  return exitCodes.done;
}

function copyOrRename(context: Context, verb: 'rename' | 'duplicate'): number {
  const [name, second] = context.positionals;
  const usage = `hosts ${verb} takes the NAME of a host and a new one.`;
  if (name === undefined) throw new UsageError(usage);
  const as = readName(second, usage);
  const { hosts } = context.engine;
  const host = verb === 'rename' ? hosts.edit(name, { name: as }) : hosts.duplicate(name, as);
  if (context.json) context.emit(host);
  else context.terminal.print(verb === 'rename' ? `${name} is now ${as}.` : `Added ${as}, a copy of ${name}.`);
  return exitCodes.done;
}

async function importHost(context: Context): Promise<number> {
  const [alias] = context.positionals;
  const { hosts, faults, file } = await context.engine.hosts.importable();
  if (alias === undefined) {
    if (context.json) context.emit({ file, hosts, faults });
    else {
      context.terminal.print(
        hosts.length === 0
          ? `${file} names no hosts.`
          : table(
              ['ALIAS', 'ADDRESS', 'THROUGH', 'IN THE BOOK AS', 'REMARKS'],
              hosts.map((host) => [
                host.alias,
                describeAddress(host.address),
                host.jumps.join(', ') || '-',
                host.present ?? '-',
                host.remarks.join(' '),
              ]),
            ),
      );
      for (const fault of faults) context.terminal.print(fault);
    }
    return exitCodes.done;
  }
  const found = hosts.find((host) => host.alias === alias);
  const as = context.words.as;
  const added = await context.engine.hosts.import(
    alias,
    readName(typeof as === 'string' ? as : (found?.name ?? alias), 'hosts import takes --as NAME.'),
  );
  if (context.json) context.emit(added);
  else for (const host of added) context.terminal.print(`Added ${host.name} (${describeAddress(host.address)}).`);
  return exitCodes.done;
}

export async function hostsCommand(context: Context): Promise<number> {
  const [verb, ...positionals] = context.positionals;
  const inner = { ...context, positionals };
  switch (verb) {
    case 'add':
      return await add(inner);
    case 'list':
      return list(inner);
    case 'check':
      return await check(inner);
    case 'remove':
      return remove(inner);
    case 'edit':
      return edit(inner);
    case 'rename':
    case 'duplicate':
      return copyOrRename(inner, verb);
    case 'import':
      return await importHost(inner);
    default:
      throw new UsageError('hosts takes add, list, edit, rename, duplicate, import, check or remove.');
  }
}
