/** A login by Kerberos ticket (GSSAPI): a realm of the test's own, OpenSSH's server, and the system's ssh as the carrier. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { planImport } from '../../electron/hosts/import-config.ts';
import { connectSsh, targetOf } from '../../electron/ssh/index.ts';
import { HostSchema } from '../../shared/model/host.ts';
import { wireCommand } from '../../shared/zfs/wire.ts';
import { failureOf } from '../sshd/failure-of.ts';
import { type Sshd, startSshd } from '../sshd/sshd.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const REALM = 'SLUICE.TEST';
const PASSWORD = 'ticket-please';

let folder: string;
let kdc: ChildProcess;
let sshd: Sshd;
const file = (name: string) => join(folder, name);
const admin = (query: string) => execFileSync('kadmin.local', ['-r', REALM, '-q', query], { stdio: 'pipe' });

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-realm-'));
  const port = await freePort();
  const libdefaults = `default_realm = ${REALM}\n dns_lookup_kdc = false\n rdns = false\n dns_canonicalize_hostname = false`;
  writeFileSync(
    file('krb5.conf'),
    `[libdefaults]\n ${libdefaults}\n[realms]\n ${REALM} = {\n  kdc = 127.0.0.1:${port}\n }\n[domain_realm]\n localhost = ${REALM}\n`,
  );
  writeFileSync(
    file('kdc.conf'),
    `[kdcdefaults]\n kdc_listen = 127.0.0.1:${port}\n kdc_tcp_listen = 127.0.0.1:${port}\n[realms]\n ${REALM} = {\n  database_name = ${file('principal')}\n  key_stash_file = ${file('stash')}\n }\n`,
  );
  vi.stubEnv('KRB5_CONFIG', file('krb5.conf'));
  vi.stubEnv('KRB5_KDC_PROFILE', file('kdc.conf'));
  vi.stubEnv('KRB5_KTNAME', file('keytab'));
  vi.stubEnv('KRB5CCNAME', `FILE:${file('tickets')}`);
  vi.stubEnv('SSH_AUTH_SOCK', '');
  execFileSync('kdb5_util', ['create', '-s', '-P', 'master', '-r', REALM], { stdio: 'pipe' });
  // The server takes its keytab from the environment in which it is started.
  sshd = await startSshd({
    config: ['GSSAPIAuthentication yes', 'GSSAPIStrictAcceptorCheck no', 'PubkeyAuthentication no'],
  });
  admin(`addprinc -pw ${PASSWORD} ${sshd.user}`);
  admin('addprinc -randkey host/localhost');
  admin(`ktadd -k ${file('keytab')} host/localhost`);
  kdc = spawn('krb5kdc', ['-n', '-r', REALM], { stdio: ['ignore', 'pipe', 'inherit'] });
  await vi.waitFor(() => execFileSync('kinit', [sshd.user], { input: `${PASSWORD}\n`, stdio: 'pipe' }), {
    timeout: 30_000,
    interval: 200,
  });
  writeFileSync(
    file('config'),
    `Host realm\n  HostName localhost\n  Port ${sshd.port}\n  User ${sshd.user}\n  GSSAPIAuthentication yes\n  PreferredAuthentications gssapi-with-mic\n`,
  );
});
afterAll(async () => {
  kdc.kill();
  await sshd.stop();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test('works for a host of the ssh configuration that asks for it, and is refused without a ticket', async () => {
  const [planned] = await planImport('realm', 'realm', [], { file: file('config') });
  expect(planned).toMatchObject({ carrier: 'system', sshAlias: 'realm' });
  const target = targetOf(HostSchema.parse({ ...planned, hostKey: sshd.fingerprint('ed25519') }));
  if (target === null) throw new Error('no target');
  const shell = await connectSsh(target, { sshConfigFile: file('config') });
  expect(await shell.collect(wireCommand(['echo', 'in']))).toMatchObject({ status: 0, stdout: 'in\n' });
  await shell.close();
  expect(sshd.log()).toContain('Accepted gssapi-with-mic');

  execFileSync('kdestroy', []);
  expect(await failureOf(connectSsh(target, { sshConfigFile: file('config') }))).toMatchObject({
    code: 'login-refused',
    kind: 'permanent',
  });
});
