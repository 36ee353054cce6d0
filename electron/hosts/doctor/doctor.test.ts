/** What the doctor concludes from what it saw: by table, without a host. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { describe, expect, it } from 'vitest';
import type { Known } from '../../../shared/api/hosts.ts';
import { failure, SluiceError } from '../../../shared/model/failure.ts';
import type { Host } from '../../../shared/model/host.ts';
import type { Inventory, Zfs } from '../../../shared/model/inventory.ts';
import { sshHost } from '../../../shared/model/testing/hosts.ts';
import { parseAllow } from '../../../shared/zfs/allow.ts';
import { hostKeyChanged } from '../../ssh/faults.ts';
import { fingerprintOf } from '../../ssh/host-key.ts';
import { localShell, type Shell } from '../../ssh/index.ts';
import { keyDiffers, keyRevoked } from '../key-faults.ts';
import type { HostTools } from '../probe.ts';
import { writeSudoers } from './as-admin.ts';
import { elevatedRights } from './elevated-rights.ts';
import { clockCheck, moduleCheck, serverChecks, shellCheck, unreachable } from './host-checks.ts';
import { authorise, ownKeyFor, saveOwnKey } from './own-keys.ts';
import { reachChecks } from './reach-checks.ts';
import { DESTINATION_NEEDS, rightsCheck, SOURCE_NEEDS } from './rights.ts';
import { routeChecks } from './route-checks.ts';
import type { Survey } from './survey.ts';

const host = sshHost('nas', {
  address: { kind: 'ssh', user: 'bob', host: 'nas.lan', port: 22 },
  identityFile: '/k',
});

const answer = (status: number, stderr = '') => ({ status, stdout: '', stderr });

const survey = (changes: Partial<Survey> = {}): Survey => ({
  runs: true,
  shell: '/bin/bash',
  shellStderr: '',
  user: 'bob',
  uid: 1000,
  groups: ['bob', 'backup'],
  clockSeconds: 0,
  tools: {
    sudo: { path: '/usr/bin/sudo', real: '/usr/bin/sudo' },
    zfs: { path: '/usr/bin/zfs', real: '/usr/sbin/zfs' },
  },
  zfsList: answer(0),
  transfers: [],
  sudo: answer(1, 'sudo: a password is required\n'),
  sshd: null,
  ...changes,
});

const zfs = { dialect: 'openzfs', version: '2.3.9', kernel: '2.3.9', system: 'Linux 6.12' } as Zfs;
const inventory = { zfs, pools: [], datasets: [{ name: 'tank' }, { name: 'tank/data' }] } as unknown as Inventory;
const plain: HostTools = { zfs, elevation: [], root: false };
const admin = { root: false, sudoWithPassword: true };

describe('the way to a host', () => {
  it.each([
    ['host-not-found', ['resolve']],
    ['connection-refused', ['resolve', 'port']],
    ['no-banner', ['resolve', 'port', 'banner']],
    ['host-key-changed', ['resolve', 'port', 'banner', 'host-key']],
    ['login-refused', ['resolve', 'port', 'banner', 'host-key', 'login']],
    ['no-agent', ['resolve', 'port', 'banner', 'host-key', 'login']],
    ['key-not-found', ['login']],
    ['passphrase-wrong', ['login']],
  ])('that ends with %s is shown as far as it went', (code, stages) => {
    const lines = reachChecks(host, failure({ code, message: 'No.' }), []);
    expect(lines.map((line) => line.code)).toEqual(stages);
    expect(lines.map(({ state }) => state)).toEqual(
      stages.map((_, at) => (at === stages.length - 1 ? 'blocks' : 'ok')),
    );
    expect(lines.at(-1)?.evidence.failure).toBe(code);
  });

  it('that ends at a host before it says nothing of this one', () => {
    const fault = failure({ code: 'login-refused', message: '', evidence: { host: 'edge', port: 22 } });
    expect(reachChecks(host, fault, []).map(({ code }) => code)).toEqual(['login']);
  });

  it('with another key offers to compare first and to replace deliberately', () => {
    const shown = [{ type: 'ssh-ed25519', fingerprint: `SHA256:${'b'.repeat(43)}` }];
    const [last] = reachChecks(host, failure({ code: 'host-key-changed', message: '', evidence: { shown } }), []).slice(
      -1,
    );
    expect(last?.fixes.map(({ id, canDo }) => [id, canDo])).toEqual([
      ['compare-key', false],
      ['replace-key', false],
    ]);
    expect(last?.fixes[1]?.command).toContain(shown[0]?.fingerprint);
  });

  describe('whose jump is another host than before', () => {
    const edge = sshHost('edge', { address: { kind: 'ssh', user: 'ann', host: 'nas.lan', port: 2222 } });
    const { address } = edge;
    if (address.kind !== 'ssh') throw new Error('edge is reached over SSH');
    const behind = sshHost('nas', { address: { kind: 'ssh', user: 'bob', host: 'nas.lan', port: 22 }, jump: 'edge' });
    const seen = { type: 'ssh-ed25519', fingerprint: `SHA256:${'b'.repeat(43)}`, key: null };
    const known: Known = {
      state: 'changed',
      file: '/home/bob/.ssh/known_hosts',
      entries: [{ type: 'ssh-ed25519', fingerprint: `SHA256:${'c'.repeat(43)}`, line: 1 }],
    };
    const place = { described: 'edge (ann@nas.lan:2222)', host: address.host, port: address.port };

    it.each([
      ['than the pinned one', failure(hostKeyChanged(place, edge.hostKey, [seen]))],
      ['than known_hosts has', keyDiffers(edge, seen, known, known.entries).failure],
      ['as known_hosts has it revoked', keyRevoked(address, known).failure],
    ])('%s: its key is not offered for this host, of which nothing is said', (_, fault) => {
      const lines = reachChecks(behind, fault, []);
      expect(lines.map(({ code, fixes }) => [code, fixes])).toEqual([['host-key', []]]);
      expect(reachChecks(edge, fault, []).map(({ code }) => code)).toEqual(['resolve', 'port', 'banner', 'host-key']);
    });

    it('gets it offered itself', () => {
      const fault = keyDiffers(edge, seen, known, known.entries).failure;
      expect(reachChecks(edge, fault, []).at(-1)?.fixes.at(-1)?.command).toBe(
        `sluice hosts edit edge --host-key ${seen.fingerprint}`,
      );
    });
  });
});

describe('the way from a host to another', () => {
  const other = sshHost('vault');
  const asking = (collect: Shell['collect'], one: Host = other) =>
    Promise.all(routeChecks({ collect } as Shell, [one]));
  const message = 'A command on nas took longer than 16 s and was ended.';
  const failing = (code: string) => asking(() => Promise.reject(new SluiceError({ code, message })));

  it('is noted where it cannot be found out: a name server there is silent, say', async () => {
    expect(await failing('timeout')).toMatchObject([
      {
        code: 'route-vault',
        state: 'notes',
        detail: `It could not be determined whether vault answers from here at vault:22. ${message}`,
        evidence: { failure: 'timeout' },
      },
    ]);
  });

  it.each(['connection-lost', 'connection-closed'])('is not looked for any more after %s', async (code) => {
    await expect(failing(code)).rejects.toMatchObject({ failure: { code } });
  });

  it('is possible where the other shows its pinned key', async () => {
    const { public: line } = ssh2.utils.generateKeyPairSync('ed25519');
    const [type = '', key = ''] = line.split(' ');
    const pinned = { ...other, hostKey: fingerprintOf(Buffer.from(key, 'base64')) };
    const stdout = `vault ${type} ${key}\n`;
    const collect: Shell['collect'] = async () => ({ ...answer(0), stdout, signal: null, lost: null });
    expect(await asking(collect, pinned)).toMatchObject([{ state: 'ok' }]);
    expect(await asking(collect, other)).toMatchObject([{ state: 'notes' }]);
  });
});

describe('the login shell', () => {
  it.each([
    ['/usr/bin/zsh', 'runs commands'],
    ['/usr/bin/fish', 'not a POSIX shell'],
    ['/bin/tcsh', 'not a POSIX shell'],
  ])('%s works', (shell, words) => {
    expect(shellCheck(survey({ shell }), 'bob')).toMatchObject({ state: 'ok', detail: expect.stringContaining(words) });
  });

  it('that runs nothing blocks, with its own words', () => {
    const said = "rbash: line 1: /bin/sh: restricted: cannot specify `/' in command names";
    const check = shellCheck(survey({ runs: false, shell: null, user: '', shellStderr: said }), 'bob');
    expect(check).toMatchObject({ state: 'blocks', detail: expect.stringContaining(said) });
    expect(check.fixes[0]?.command).toBe('sudo chsh -s /bin/sh bob');
  });
});

describe('ZFS in the kernel', () => {
  it.each<[string, string, string, string]>([
    [
      "The ZFS modules cannot be auto-loaded.\nTry running 'modprobe zfs' as root to manually load them.",
      'zfs-module',
      'blocks',
      'modprobe zfs',
    ],
    [
      "The ZFS modules are not loaded.\nTry running '/sbin/modprobe zfs' as root to load them.",
      'zfs-module',
      'blocks',
      'modprobe zfs',
    ],
    ['Permission denied the ZFS utilities must be run as root.', 'zfs-device', 'blocks', 'chmod 0666 /dev/zfs'],
  ])('%s', (said, code, state, command) => {
    const check = moduleCheck(survey({ zfsList: answer(1, said) }), zfs, admin, false);
    expect(check).toMatchObject({ code, state });
    expect(check.fixes[0]).toMatchObject({ command: `sudo ${command}`, canDo: true, asksPassword: true });
  });

  it('is loaded as root without a password, and by hand where sudo is not for the user', () => {
    const missing = survey({ zfsList: answer(1, 'The ZFS modules are not loaded.') });
    expect(unreachable(missing, { root: true, sudoWithPassword: false }).fixes[0]).toMatchObject({
      command: 'modprobe zfs',
      canDo: true,
      asksPassword: false,
    });
    expect(unreachable(missing, { root: false, sudoWithPassword: false }).fixes[0]?.canDo).toBe(false);
  });

  it('that root alone sees is no hindrance to whom sudo lets through; others are told how to get there', () => {
    const closed = survey({
      zfsList: answer(1, 'connect: Permission denied\ninternal error: failed to initialize ZFS library'),
    });
    expect(moduleCheck(closed, zfs, admin, true)).toMatchObject({ code: 'zfs', state: 'ok' });
    const told = unreachable(closed, admin);
    expect(told).toMatchObject({ code: 'zfs-device', state: 'blocks' });
    // zfs-fuse has no /dev/zfs to open.
    expect(told.fixes.map(({ id }) => id)).toEqual(['sudoers']);
  });
});

describe('rights', () => {
  const allowed = (grants: string) =>
    new Map(
      ['tank', 'tank/data'].map((name) => [
        name,
        parseAllow(`---- Permissions on tank/data ---\nLocal+Descendent permissions:\n${grants}`).filter(
          ({ dataset }) => name.startsWith(dataset),
        ),
      ]),
    );
  const rights = (grants: string, changes: Partial<Survey> = {}) =>
    rightsCheck(host, plain, survey(changes), inventory, allowed(grants));

  it('that are complete are well, by user or by group', () => {
    expect(rights(`\tuser bob ${SOURCE_NEEDS.join(',')}\n`)).toMatchObject({ state: 'ok', fixes: [] });
    expect(rights(`\tgroup backup ${[...SOURCE_NEEDS, ...DESTINATION_NEEDS].join(',')}\n`).detail).toMatch(
      /send from tank\/data\. .* receive below tank\/data\./,
    );
  });

  it.each([...new Set([...SOURCE_NEEDS, ...DESTINATION_NEEDS])])(
    'without %s alone are told with the line',
    (lacking) => {
      const all = [...new Set([...SOURCE_NEEDS, ...DESTINATION_NEEDS])];
      const check = rights(`\tuser bob ${all.filter((one) => one !== lacking).join(',')}\n`);
      expect(check).toMatchObject({ state: 'warns', detail: expect.stringContaining(`lacking ${lacking}`) });
      expect(check.fixes[0]?.command).toBe(`sudo zfs allow -u bob ${lacking} tank/data`);
    },
  );

  it('to nothing block, with a line for each side and a sudoers file without destroy', () => {
    const check = rights('\tuser anna send\n');
    expect(check.state).toBe('blocks');
    expect(check.fixes.map(({ id }) => id)).toEqual(['allow-source', 'allow-destination', 'sudoers']);
    const rules = check.fixes[2]?.command ?? '';
    expect(rules).toContain('bob ALL=(root) NOPASSWD: /usr/sbin/zfs list *');
    expect(rules).toContain('/usr/bin/zfs send *');
    expect(rules).not.toMatch(/zfs (destroy|rollback|\*)/);
  });

  it('of a user whose name has to be quoted come without a sudoers file', () => {
    expect(rights('', { user: 'bob,ALL' }).fixes.map(({ id }) => id)).not.toContain('sudoers');
  });

  it('through sudo name what sudo holds back', () => {
    const tools: HostTools = { zfs, elevation: ['sudo', '-n'], root: true };
    expect(elevatedRights(tools, survey(), [])).toMatchObject({ state: 'ok' });
    expect(elevatedRights(tools, survey(), ['zfs receive'])).toMatchObject({
      state: 'warns',
      detail: expect.stringContaining('not zfs receive'),
    });
  });

  it('through doas come with the lines that doas wants, which compares commands as they are typed', () => {
    const doas = { doas: { path: '/usr/bin/doas', real: '/usr/bin/doas' } };
    const tools: HostTools = { zfs, elevation: ['doas', '-n'], root: true };
    expect(elevatedRights(tools, survey({ tools: doas }), ['zfs hold']).fixes).toMatchObject([
      { id: 'doas', canDo: false, command: expect.stringContaining('permit nopass bob as root cmd zfs\n') },
    ]);
    expect(rights('', { tools: doas }).fixes.map(({ id }) => id)).toContain('doas');
  });
});

it('a clock is only noted when it is off by more than the answer took', () => {
  expect(clockCheck(survey({ clockSeconds: 3 }))?.state).toBe('ok');
  expect(clockCheck(survey({ clockSeconds: -90 }))).toMatchObject({
    state: 'notes',
    detail: expect.stringContaining('90 s behind'),
  });
  expect(clockCheck(survey({ clockSeconds: null }))).toBeNull();
});

it('the limits of the SSH server are told where root could read them', () => {
  const sshd = new Map([
    ['maxsessions', '2'],
    ['allowagentforwarding', 'no'],
  ]);
  expect(serverChecks(survey({ sshd })).map(({ state }) => state)).toEqual(['notes', 'notes']);
  expect(serverChecks(survey())).toMatchObject([{ code: 'sessions', state: 'ok', evidence: { maxSessions: null } }]);
});

describe.skipIf(process.platform === 'win32')('what a fix runs', () => {
  it('adds the public key once, also to a file whose last line has no end', async () => {
    const home = mkdtempSync(join(tmpdir(), 'sluice-own-'));
    const before = process.env.HOME;
    process.env.HOME = home;
    const shell = localShell();
    try {
      const key = ownKeyFor(home, 'nas');
      await saveOwnKey(key);
      expect(ownKeyFor(home, 'nas').line).toBe(key.line);
      execFileSync('mkdir', [join(home, '.ssh')]);
      writeFileSync(join(home, '.ssh', 'authorized_keys'), 'ssh-ed25519 AAAA old');
      expect((await authorise(shell, key)).status).toBe(0);
      expect((await authorise(shell, key)).status).toBe(0);
      expect(readFileSync(join(home, '.ssh', 'authorized_keys'), 'utf8')).toBe(`ssh-ed25519 AAAA old\n${key.line}\n`);
    } finally {
      process.env.HOME = before;
      await shell.close();
      rmSync(home, { recursive: true, force: true });
    }
  });

  it('writes rules only where visudo finds them good', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sluice-sudoers-'));
    const programs = join(folder, 'bin');
    execFileSync('mkdir', [programs]);
    try {
      const file = join(folder, 'rules');
      for (const [verdict, kept] of [
        [1, false],
        [0, true],
      ] as const) {
        writeFileSync(join(programs, 'visudo'), `#!/bin/sh\nexit ${verdict}\n`, { mode: 0o755 });
        const [program = '', ...args] = writeSudoers(file, 'one\ntwo\n');
        const run = () =>
          execFileSync(program, args, { env: { PATH: `${programs}:${process.env.PATH}` }, stdio: 'ignore' });
        if (kept) {
          run();
          expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n');
        } else expect(run).toThrow();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
