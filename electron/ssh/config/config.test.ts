/** ~/.ssh/config: as ssh itself resolves it, and as it is read where there is no ssh. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SshAliasSchema } from '../../../shared/model/host.ts';
import { aliasesOf, computeWithoutSsh, readConfigText } from './read.ts';
import { listSshConfig, resolveAlias } from './resolve.ts';
import { describeResolved } from './resolved.ts';

const hasSsh = (() => {
  try {
    execFileSync('ssh', ['-V'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

let home: string;
const config = () => join(home, '.ssh', 'config');
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'sluice-config-'));
  mkdirSync(join(home, '.ssh', 'more'), { recursive: true });
  writeFileSync(join(home, '.ssh', 'more', 'work'), 'Host office\n  HostName office.example.org\n');
  writeFileSync(
    config(),
    `Include ${join(home, '.ssh', 'more')}/*
Host nas NAS2 *.lan !not.lan "quoted"
  HostName 10.0.0.7
  User backup
  Port 2222
  IdentityFile ~/.ssh/nas
  IdentityAgent /run/agent
  ServerAliveInterval 30
  ServerAliveCountMax 5
  ConnectTimeout 7
Host deep
  ProxyJump edge,admin@middle:2200
  GSSAPIAuthentication yes
  HostKeyAlias other
Host proxied
  ProxyCommand nc %h %p
Host *
  User me
`,
  );
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('the hosts that a configuration names', () => {
  it('are those that can be typed, of included files too', () => {
    expect(listSshConfig({ file: config(), home })).toMatchObject({
      aliases: ['office', 'nas', 'NAS2', 'quoted', 'deep', 'proxied'],
      faults: [],
    });
  });

  it('are none without a file', () => {
    expect(listSshConfig({ file: join(home, 'none'), home })).toMatchObject({ aliases: [], faults: [] });
  });

  it('do not include each other for ever', () => {
    const file = join(home, 'circle');
    writeFileSync(file, `Include ${file}\nHost a\n`);
    const { text, faults } = readConfigText(file, home);
    expect(faults[0]).toContain('levels deep');
    expect(aliasesOf(text)).toEqual(['a']);
  });
});

describe.each([
  ['ssh itself', undefined],
  ['the file alone', null],
] as const)('a host resolved by %s', (_, ssh) => {
  const resolve = (alias: string) =>
    resolveAlias(alias, { file: config(), home, ...(ssh === undefined ? {} : { ssh }) });
  const test = ssh === undefined && !hasSsh ? it.skip : it;

  test('has what its block says', async () => {
    expect(await resolve('nas')).toMatchObject({
      hostName: '10.0.0.7',
      user: 'backup',
      port: 2222,
      identityFiles: [expect.stringMatching(/\.ssh\/nas$/)],
      identityAgent: '/run/agent',
      serverAliveInterval: 30,
      serverAliveCountMax: 5,
      connectTimeout: 7,
      proxyJump: [],
      proxyCommand: null,
      gssapi: false,
    });
  });

  test('has jumps and what Sluice cannot do itself', async () => {
    expect(await resolve('deep')).toMatchObject({
      hostName: 'deep',
      user: 'me',
      proxyJump: ['edge', 'admin@middle:2200'],
      gssapi: true,
      hostKeyAlias: 'other',
      identityFiles: [],
    });
    expect(await resolve('proxied')).toMatchObject({ proxyCommand: expect.stringContaining('nc') });
    expect(await resolve('office')).toMatchObject({ hostName: 'office.example.org', user: 'me' });
  });
});

describe('a login by ticket', () => {
  /** `ssh -G` on Debian 12: the last block of /etc/ssh/ssh_config is `Host *` with `GSSAPIAuthentication yes`. */
  const debians = (more = ''): string => {
    const file = join(home, 'debians-ssh');
    writeFileSync(file, `#!/bin/sh\nprintf 'hostname x\\ngssapiauthentication yes\\n${more}'\n`, { mode: 0o755 });
    return file;
  };
  const wanted = async (alias: string, ssh: string) =>
    (await resolveAlias(alias, { file: config(), home, ssh }))?.gssapi;

  it('is wanted where the user wrote so, not where the system says it of every host', async () => {
    expect(await wanted('nas', debians())).toBe(false);
    expect(await wanted('deep', debians())).toBe(true);
    expect(await wanted('nas', debians('preferredauthentications gssapi-with-mic,publickey\\n'))).toBe(true);
    expect(await wanted('nas', debians('preferredauthentications publickey,gssapi-with-mic\\n'))).toBe(false);
  });
});

describe('without ssh', () => {
  it('nothing of the configuration is run', () => {
    const mark = join(home, 'was-run');
    const text = `Match exec "touch ${mark}"\n  User evil\nHost x\n  CanonicalizeHostname yes\n  CanonicalDomains example.org\n`;
    expect(computeWithoutSsh(text, 'x')?.get('user')).toBeUndefined();
    expect(() => execFileSync('ls', [mark], { stdio: 'ignore' })).toThrow();
  });

  it('any text is read or refused, never a crash, and what comes out is of the right form', () => {
    const words = fc.constantFrom(
      'Host',
      'Match',
      'Include',
      'User',
      'Port',
      'HostName',
      'ProxyJump',
      'all',
      'exec',
      '*',
      '!',
      '"',
      "'",
      '=',
      '#',
      '\\',
      'none',
      '22',
      'nas',
      '%h',
      '~',
    );
    const junk = fc.oneof({ weight: 3, arbitrary: words }, fc.string({ unit: 'binary', maxLength: 12 }));
    fc.assert(
      fc.property(fc.array(fc.array(junk, { maxLength: 5 }), { maxLength: 8 }), (lines) => {
        const text = lines
          .map((line) => line.join(' '))
          .join('\n')
          .replaceAll(/include/gi, 'Included');
        for (const alias of aliasesOf(text)) expect(SshAliasSchema.safeParse(alias).success).toBe(true);
        const values = computeWithoutSsh(text, 'nas');
        if (values === null) return;
        const { port, proxyJump, connectTimeout } = describeResolved('nas', values, 'me');
        expect(port >= 1 && port <= 65535 && Number.isInteger(port)).toBe(true);
        expect(Array.isArray(proxyJump)).toBe(true);
        expect(connectTimeout === null || connectTimeout > 0).toBe(true);
      }),
      { numRuns: 10_000 },
    );
  });
});
