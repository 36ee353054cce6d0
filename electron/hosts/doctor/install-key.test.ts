/** A key of Sluice's own is taken for good only where the host lets in by it. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Host } from '../../../shared/model/host.ts';
import { sshHost } from '../../../shared/model/testing/hosts.ts';
import { inventory, openzfs } from '../../../shared/planning/testing/inventories.ts';
import { failureOf } from '../../../test/sshd/failure-of.ts';
import { fingerprintOf } from '../../ssh/host-key.ts';
import { type Ask, localShell, type Shell, targetOf } from '../../ssh/index.ts';
import type { Hosts } from '../hosts.ts';
import { Doctor } from './doctor.ts';

type Way = 'publickey' | 'password' | 'keyboard-interactive';

/**
 * Lets in whoever passes all of the ways: with any key, the password “right”, the code “42”.
 *
 * @param inside the port on this computer of what it connects to, whatever it is asked to connect to
 */
async function serve(ways: readonly Way[], inside = 0) {
  const { private: key } = ssh2.utils.generateKeyPairSync('ed25519');
  const server = new ssh2.Server({ hostKeys: [key] }, (client) => {
    const left = [...ways];
    client.on('error', () => {});
    client.on('authentication', (context) => {
      const decide = (isRight: boolean): void => {
        if (isRight) left.shift();
        if (left.length === 0) context.accept();
        else context.reject(left.slice(0, 1), isRight);
      };
      if (context.method !== left[0]) context.reject(left.slice(0, 1));
      else if (context.method === 'password') decide(context.password === 'right');
      else if (context.method === 'keyboard-interactive')
        context.prompt([{ prompt: 'Code', echo: true }], ([code]) => decide(code === '42'));
      // Without a signature it is only a question whether the key would do.
      else if (context.method === 'publickey' && context.signature === undefined) context.accept();
      else decide(true);
    });
    client.on('tcpip', (accept) => {
      const channel = accept();
      const line = connect(inside, '127.0.0.1');
      for (const end of [channel, line]) end.on('error', () => {});
      channel.pipe(line).pipe(channel);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server as unknown as NodeJS.EventEmitter, 'listening');
  const parsed = ssh2.utils.parseKey(key);
  if (parsed instanceof Error) throw parsed;
  const { port } = server.address() as AddressInfo;
  const hostKey = fingerprintOf(parsed.getPublicSSH());
  return {
    host: (name: string, jump: string | null = null): Host =>
      sshHost(name, { address: { kind: 'ssh', user: name, host: '127.0.0.1', port }, hostKey, jump }),
    port,
    stop: () => void server.close(),
  };
}

describe.skipIf(process.platform === 'win32')('installing a key', () => {
  let folder: string;
  let shell: Shell;
  const stops: (() => void)[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-install-'));
    // What runs on the host runs here, in a home of its own.
    vi.stubEnv('HOME', folder);
    vi.stubEnv('SSH_AUTH_SOCK', '');
    shell = localShell();
  });
  afterEach(async () => {
    for (const stop of stops.splice(0)) stop();
    await shell.close();
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  /** @param jumpWays how the host before it lets in; null: there is none */
  async function install(ways: readonly Way[], jumpWays: readonly Way[] | null = null) {
    const server = await serve(ways);
    const before = jumpWays === null ? null : await serve(jumpWays, server.port);
    stops.push(server.stop, before?.stop ?? (() => {}));
    const book = [
      server.host('nas', before === null ? null : 'edge'),
      ...(before === null ? [] : [before.host('edge')]),
    ];
    const [nas = server.host('nas')] = book;
    const asked: string[] = [];
    // As in a session that knows the passwords: nobody has to type them.
    const ask: Ask = async ({ host, kind }) => {
      asked.push(`${host}: ${kind}`);
      return [kind === 'password' ? 'right' : '42'];
    };
    const edit = vi.fn();
    const hosts: Pick<Hosts, 'get' | 'list' | 'noteCheck' | 'targetNow' | 'edit'> = {
      get: () => nas,
      list: () => [nas],
      noteCheck: () => {},
      targetNow: (host) => targetOf(host, book),
      edit,
    };
    const doctor = new Doctor({
      hosts: hosts as Hosts,
      stateDir: folder,
      ask,
      connect: async () => shell,
      reconnect: async () => shell,
      probe: async () => ({ zfs: openzfs, elevation: [], root: true }),
      read: async () => inventory('nas'),
    });
    await doctor.check('nas');
    return { fixing: doctor.fix('nas', 'install-key'), asked, edit };
  }

  it('fails where the host lets in by password alone, although the session knows it', async () => {
    const { fixing, asked, edit } = await install(['password']);
    expect(await failureOf(fixing)).toMatchObject({
      code: 'fix-failed',
      cause: expect.stringContaining('the host does not take it'),
    });
    expect(asked).toEqual([]);
    expect(edit).not.toHaveBeenCalled();
  });

  it.each<[string, readonly Way[], readonly Way[] | null, readonly string[]]>([
    ['by the key', ['publickey'], null, []],
    [
      'by the key and a code, which is asked for',
      ['publickey', 'keyboard-interactive'],
      null,
      ['nas: keyboard-interactive'],
    ],
    ['by the key behind a host that wants its password', ['publickey'], ['password'], ['edge: password']],
  ])('holds where the host lets in %s', async (_, ways, jumpWays, questions) => {
    const { fixing, asked, edit } = await install(ways, jumpWays);
    await fixing;
    expect(asked).toEqual(questions);
    expect(edit).toHaveBeenCalledExactlyOnceWith('nas', { identityFile: join(folder, 'keys', 'nas_ed25519') });
  });
});
