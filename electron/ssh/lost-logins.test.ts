/** A line that ends while somebody logs in: what the host said before tells a refusal from a fault that passes. */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { failureOf } from '../../test/sshd/failure-of.ts';
import { makeKey } from '../practice/ssh/keys.ts';
import { connectSsh, seeHostKey } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'sluice-lost-logins-'));
const keyFile = join(folder, 'key');
beforeAll(() => writeFileSync(keyFile, makeKey('a user').private, { mode: 0o600 }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function listening(server: {
  listen(port: number, host: string): unknown;
  address(): unknown;
  close(): unknown;
}) {
  server.listen(0, '127.0.0.1');
  await once(server as unknown as NodeJS.EventEmitter, 'listening');
  closers.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** A host whose sshd does this when somebody wants to log in; `lines` are the connections that lead to it. */
async function hostThat(onLogin: (client: ssh2.Connection, lines: Socket[], context: ssh2.AuthContext) => void) {
  const lines: Socket[] = [];
  const server = new ssh2.Server({ hostKeys: [makeKey('a host').private] }, (client) => {
    client.on('error', () => {});
    client.on('authentication', (context) => onLogin(client, lines, context));
  });
  const behind = await listening(server);
  const port = await listening(
    createServer((line) => {
      const inner = connect(behind, '127.0.0.1');
      for (const socket of [line, inner]) socket.on('error', () => {});
      lines.push(line);
      line.pipe(inner).pipe(line);
    }),
  );
  const { fingerprint } = await seeHostKey({ host: '127.0.0.1', port, user: 'u' });
  const target = { hostName: 'x', host: '127.0.0.1', port, user: 'u', hostKey: fingerprint, identityFile: keyFile };
  return await failureOf(connectSsh(target));
}

it.each([
  ['ends in order', (lines: Socket[]) => lines.at(-1)?.end()],
  ['is reset', (lines: Socket[]) => lines.at(-1)?.resetAndDestroy()],
])('a line that %s before the host has said a word about the login is lost, which passes', async (_, end) => {
  expect(await hostThat((_client, lines) => void end(lines))).toMatchObject({
    code: 'connection-lost',
    kind: 'passing',
  });
});

it('a host that refuses and then ends the line has refused', async () => {
  const failed = await hostThat((client, _lines, context) => {
    context.reject(['password']);
    client.end();
  });
  expect(failed).toMatchObject({ code: 'login-refused', kind: 'permanent' });
});
