/** A first look at a host: can it be reached, is there ZFS, what may the user do, how are the pools. */

import type { z } from 'zod';
import { type Check, CheckSchema, type HostReport } from '../../shared/api/hosts.ts';
import { spokenBytes } from '../../shared/model/bytes.ts';
import { toFailure } from '../../shared/model/failure.ts';
import { describeAddress, type Host } from '../../shared/model/host.ts';
import type { Inventory, Zfs } from '../../shared/model/inventory.ts';

import { showZfs } from '../../shared/zfs/capabilities.ts';
import type { Shell } from '../ssh/shell.ts';
import type { HostTools } from './probe.ts';

type Line = z.input<typeof CheckSchema>;

function rightsOf(host: Host, tools: HostTools): Line {
  const title = 'Rights';
  if (tools.elevation.length > 0)
    return {
      code: 'rights',
      state: 'ok',
      title,
      detail: `ZFS commands run as root through ${tools.elevation.join(' ')}.`,
    };
  if (tools.root) return { code: 'rights', state: 'ok', title, detail: 'The user is root.' };
  const user = host.address.kind === 'ssh' ? host.address.user : 'this user';
  return {
    code: 'rights',
    state: 'notes',
    title,
    detail: `${user} is neither root nor may it run zfs through sudo, doas or pfexec. It needs zfs allow: at a source send,hold,bookmark; at a destination receive,create,mount,readonly,canmount,setuid,devices,hold.`,
  };
}

function poolsOf(inventory: Inventory): Line[] {
  if (inventory.pools.length === 0)
    return [{ code: 'pools', state: 'warns', title: 'Pools', detail: 'No pool is imported.' }];
  return inventory.pools.map((pool): Line => {
    const root = inventory.datasets.find((dataset) => dataset.name === pool.name);
    const room = root?.available ?? pool.free;
    return {
      code: `pool-${pool.name}`,
      state: pool.health === 'ONLINE' ? 'ok' : 'warns',
      title: `Pool ${pool.name}`,
      detail: `${pool.health}${pool.readonly ? ', imported read-only' : ''}${room === null ? '' : `, ${spokenBytes(room)} available`}`,
    };
  });
}

/** Never throws: what goes wrong is the last check. */
export async function checkHost(
  host: Host,
  steps: {
    connect(): Promise<Shell>;
    probe(shell: Shell): Promise<HostTools>;
    read(shell: Shell, tools: HostTools): Promise<Inventory>;
  },
): Promise<HostReport> {
  const checks: Line[] = [];
  let zfs: Zfs | null = null;
  try {
    const shell = await steps.connect();
    if (host.address.kind === 'ssh') {
      checks.push({
        code: 'login',
        state: 'ok',
        title: 'Connection',
        detail: `Logged in as ${describeAddress(host.address)}; the host key is the pinned one (${host.hostKey}).`,
      });
    }
    const tools = await steps.probe(shell);
    zfs = tools.zfs;
    checks.push({ code: 'zfs', state: 'ok', title: 'ZFS', detail: `${showZfs(tools.zfs)} on ${tools.zfs.system}` });
    const resumable = tools.zfs.capabilities.send.includes('t') && tools.zfs.capabilities.receive.includes('s');
    checks.push({
      code: 'resume',
      state: resumable ? 'ok' : 'notes',
      title: 'Resumable streams',
      detail: resumable
        ? 'A stream that is cut goes on where it stopped.'
        : 'This ZFS cannot resume: a stream that is cut starts again.',
    });
    checks.push(rightsOf(host, tools));
    checks.push(...poolsOf(await steps.read(shell, tools)));
  } catch (thrown) {
    const fault = toFailure(thrown);
    checks.push({
      code: fault.code,
      state: 'blocks',
      title: fault.message,
      detail: [fault.cause, fault.next].filter((text) => text !== '').join(' '),
    });
  }
  return { checks: checks.map((line): Check => CheckSchema.parse(line)), zfs, at: new Date().toISOString() };
}
