/** `sluice hosts add|list|check|remove`. */
import { SluiceError } from '../../../shared/model/failure.ts';
import {
  describeAddress,
  FingerprintSchema,
  HostNameSchema,
  PrivilegeSchema,
  type SshAddress,
} from '../../../shared/model/host.ts';
import { ask, type Context, exitCodes } from '../context.ts';
import { parseSshUrl } from '../endpoint.ts';
import { table } from '../terminal.ts';
import { UsageError } from '../usage.ts';

type Address = SshAddress;

/** Shows the key and asks; without anybody to ask, a host is only added with its key given. */
async function confirmKey(context: Context, address: Address): Promise<string> {
  const shown = await context.engine.hosts.seeKey(address, null);
  context.terminal.print(`${describeAddress(address)} shows the ${shown.type} key ${shown.fingerprint}`);
  context.terminal.print(`Compare it there: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub`);
  if ((await ask('Is it the same? Type yes to trust it: ')) === 'yes') return shown.fingerprint;
  throw new SluiceError({
    code: 'host-key-not-confirmed',
    message: `The host key of ${describeAddress(address)} was not confirmed; nothing was saved.`,
    cause: `It shows ${shown.fingerprint}.`,
    next: 'Compare it on the host itself, then add the host with --host-key.',
    evidence: { fingerprint: shown.fingerprint },
  });
}

async function add(context: Context): Promise<number> {
  const [name, url] = context.positionals;
  if (name === undefined || url === undefined || context.positionals.length > 2)
    throw new UsageError('hosts add takes NAME and ssh://user@host[:port].');
  const parsedName = HostNameSchema.safeParse(name);
  if (!parsedName.success) throw new UsageError(parsedName.error.issues[0]?.message ?? 'The name is not valid.');
  const parsed = parseSshUrl(url);
  if (!parsed.ok) throw new UsageError(parsed.error);
  if (parsed.value.rest !== null && parsed.value.rest !== '')
    throw new UsageError('hosts add takes an address without a dataset.');
  const privilege = PrivilegeSchema.safeParse(context.words.privilege ?? 'auto');
  if (!privilege.success) throw new UsageError('--privilege takes auto, none, sudo, doas or pfexec.');
  const given = context.words['host-key'];
  const pinned = given === undefined ? null : FingerprintSchema.safeParse(given);
  if (pinned?.success === false)
    throw new UsageError(pinned.error.issues[0]?.message ?? 'The fingerprint is not valid.');
  const { address } = parsed.value;
  const hostKey = pinned?.data ?? (await confirmKey(context, address));
  const identity = context.words.identity;
  const host = context.engine.hosts.add({
    name,
    address,
    identityFile: typeof identity === 'string' ? identity : null,
    privilege: privilege.data,
    hostKey,
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
        ['NAME', 'ADDRESS', 'HOST KEY'],
        hosts.map((host) => [host.name, describeAddress(host.address), host.hostKey ?? '-']),
      ),
    );
  return exitCodes.done;
}

async function check(context: Context): Promise<number> {
  const [name] = context.positionals;
  if (name === undefined) throw new UsageError('hosts check takes the NAME of a host.');
  const { checks, zfs } = await context.engine.doctor.check(name);
  const blocked = checks.some(({ state }) => state === 'blocks');
  if (context.json) context.emit({ host: name, checks, zfs });
  else {
    for (const one of checks) {
      context.terminal.print(`${one.state.padEnd(6)} ${one.title}`);
      if (one.detail !== '') context.terminal.print(`       ${one.detail}`);
    }
  }
  return blocked ? exitCodes.failed : exitCodes.done;
}

function remove(context: Context): number {
  const [name] = context.positionals;
  if (name === undefined) throw new UsageError('hosts remove takes the NAME of a host.');
  context.engine.hosts.remove(name);
  if (context.json) context.emit({ removed: name });
  else context.terminal.print(`Removed ${name} from the host book; nothing was changed on the host.`);
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
    default:
      throw new UsageError('hosts takes add, list, check or remove.');
  }
}
