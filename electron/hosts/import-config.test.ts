/** From ~/.ssh/config into the host book, with the hosts on the way. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeWithSshd } from '../../test/sshd/describe.ts';
import { failureOf } from '../../test/sshd/failure-of.ts';
import { type Sshd, startSshd } from '../../test/sshd/sshd.ts';
import type { Question } from '../ssh/questions.ts';
import { openHostBook } from './book.ts';
import { Hosts } from './hosts.ts';
import { importableHosts, planImport } from './import-config.ts';

let home: string;
const write = (text: string) => {
  mkdirSync(join(home, '.ssh'), { recursive: true });
  writeFileSync(join(home, '.ssh', 'config'), text);
};
const config = () => ({ file: join(home, '.ssh', 'config'), home, ssh: null });
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sluice-import-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('the hosts of a configuration', () => {
  it('are shown with what cannot be honoured, and which are there already', async () => {
    write(`Host nas
  HostName 10.0.0.7
  User root
  IdentityFile /k/one
  IdentityFile /k/two
  ForwardAgent yes
Host corp
  HostName corp
  User me
  ProxyCommand corkscrew proxy 80 %h %p
Host broken
  User -oProxyCommand=x
`);
    const nas = { name: 'old-nas', address: { kind: 'ssh', user: 'root', host: '10.0.0.7', port: 22 } } as const;
    const book = openHostBook(home);
    book.add({ ...nas, identityFile: null, privilege: 'auto', hostKey: null, practice: false });
    const found = await importableHosts(book.list(), config());
    expect(found.hosts).toMatchObject([
      { alias: 'nas', name: 'nas', identityFile: '/k/one', carrier: 'auto', present: 'old-nas' },
      { alias: 'corp', carrier: 'system', present: null },
    ]);
    expect(found.hosts[0]?.remarks.join(' ')).toMatch(/only \/k\/one.*never lends your agent/);
    expect(found.hosts[1]?.remarks.join(' ')).toContain('ProxyCommand corkscrew proxy 80 %h %p');
    expect(found.faults.join()).toContain('broken');
  });

  it('come with the hosts they jump through, each once, in the order in which they can be added', async () => {
    write(`Host deep
  HostName 10.1.0.9
  User root
  ProxyJump edge,admin@10.1.0.1:2200
Host edge
  HostName edge.example.org
  User me
  ProxyJump outer
  ConnectTimeout 7
Host outer
  HostName outer.example.org
  User me
`);
    const planned = await planImport('deep', 'deep', [], config());
    expect(planned.map(({ name, jump }) => [name, jump])).toEqual([
      ['outer', null],
      ['edge', 'outer'],
      ['10.1.0.1', 'edge'],
      ['deep', '10.1.0.1'],
    ]);
    expect(planned[1]?.timing).toEqual({ connectSeconds: 7, keepAliveSeconds: null, keepAliveMisses: null });
    const book = openHostBook(home);
    for (const parts of planned) book.add(parts);
    const again = await planImport('edge', 'edge-2', book.list(), config());
    expect(again.map(({ name, jump }) => [name, jump])).toEqual([['edge-2', 'outer']]);
  });

  it('go the way of the configuration with the key that only the system’s ssh can show, without jumps of the book', async () => {
    const key = join(home, 'certified');
    writeFileSync(key, '');
    writeFileSync(`${key}-cert.pub`, '');
    write(
      `Host nas\n  HostName 10.0.0.7\n  User root\n  IdentityFile ${key}\n  ProxyJump edge\nHost edge\n  User me\n`,
    );
    expect((await importableHosts([], config())).hosts[0]).toMatchObject({
      carrier: 'system',
      jumps: [],
      remarks: [expect.stringContaining(`IdentityFile ${key}`)],
    });
    expect(await planImport('nas', 'nas', [], config())).toMatchObject([
      { name: 'nas', sshAlias: 'nas', carrier: 'system', jump: null },
    ]);
  });

  it('that jump in a circle are refused', async () => {
    write('Host a\n  HostName a\n  User u\n  ProxyJump b\nHost b\n  HostName b\n  User u\n  ProxyJump a\n');
    expect(await failureOf(planImport('a', 'a', [], config()))).toMatchObject({
      code: 'import-failed',
      cause: expect.stringContaining('circular'),
    });
  });
});

describeWithSshd('a host that was taken over without a key', () => {
  let sshd: Sshd;
  beforeAll(async () => {
    sshd = await startSshd();
  });
  afterAll(() => sshd.stop());
  const open = (answer: readonly string[] | null) => {
    const questions: Question[] = [];
    const hosts = new Hosts({
      book: openHostBook(home),
      practiceHosts: null,
      localZfs: false,
      ask: async (question) => {
        questions.push(question);
        return answer;
      },
      sshConfig: config(),
      knownHostsFile: join(home, '.ssh', 'known_hosts'),
    });
    return { hosts, questions };
  };
  const take = async (hosts: Hosts) => {
    write(`Host nas\n  HostName 127.0.0.1\n  Port ${sshd.port}\n  User ${sshd.user}\n`);
    await hosts.import('nas', 'nas');
  };
  const known = () => `[127.0.0.1]:${sshd.port}`;
  const hostKeyLine = () =>
    readFileSync(join(sshd.folder, 'host_ed25519.pub'), 'utf8').split(' ').slice(0, 2).join(' ');

  it('is asked about once, and pinned with the answer', async () => {
    const { hosts, questions } = open([]);
    await take(hosts);
    const both = await Promise.all([hosts.target('nas'), hosts.target('nas')]);
    expect(both.map((target) => target?.hostKey)).toEqual([sshd.fingerprint('ed25519'), sshd.fingerprint('ed25519')]);
    await hosts.target('nas');
    expect(questions).toMatchObject([
      { kind: 'host-key', key: { type: 'ssh-ed25519', fingerprint: sshd.fingerprint('ed25519') } },
    ]);
    expect(hosts.get('nas').hostKey).toBe(sshd.fingerprint('ed25519'));
  });

  it('is refused where nobody answers', async () => {
    const { hosts } = open(null);
    await take(hosts);
    expect((await failureOf(hosts.target('nas'))).code).toBe('host-key-unknown');
    expect(hosts.get('nas').hostKey).toBeNull();
  });

  it('is pinned without a question if known_hosts has the key, and refused if it has another or revokes it', async () => {
    const { hosts, questions } = open([]);
    await take(hosts);
    const file = join(home, '.ssh', 'known_hosts');
    const other = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHVzZWxlc3N1c2VsZXNzdXNlbGVzc3VzZWxlc3N1c2Vs';
    writeFileSync(file, `${known()} ${other}\n`);
    expect(await failureOf(hosts.target('nas'))).toMatchObject({
      code: 'host-key-changed',
      cause: expect.stringContaining('line 1'),
    });
    writeFileSync(file, `@revoked * ${hostKeyLine()}\n`);
    expect((await failureOf(hosts.target('nas'))).code).toBe('host-key-revoked');
    expect(hosts.get('nas').hostKey).toBeNull();
    writeFileSync(file, `${known()} ${hostKeyLine()}\n`);
    expect((await hosts.target('nas'))?.hostKey).toBe(sshd.fingerprint('ed25519'));
    expect(questions).toEqual([]);
  });

  it('can be added with its key written to known_hosts, unless that revokes it', async () => {
    const { hosts } = open(null);
    const address = { kind: 'ssh', user: sshd.user, host: '127.0.0.1', port: sshd.port } as const;
    const seen = await hosts.seeKey(address, null);
    expect(seen.known.state).toBe('unknown');
    const added = { name: 'nas', address, identityFile: null, privilege: 'auto', hostKey: seen.fingerprint } as const;
    hosts.add({ ...added, writeKnownHosts: true });
    expect(readFileSync(join(home, '.ssh', 'known_hosts'), 'utf8')).toBe(`${known()} ${hostKeyLine()}\n`);
    expect((await hosts.seeKey(address, null)).known.state).toBe('known');
    writeFileSync(join(home, '.ssh', 'known_hosts'), `@revoked * ${hostKeyLine()}\n`);
    expect(() => hosts.add({ ...added, name: 'again' })).toThrow(/revoked/);
    expect(hosts.duplicate('nas', 'copy')).toMatchObject({ name: 'copy', lastCheck: null, hostKey: seen.fingerprint });
  });
});
