import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Host, THIS_COMPUTER, thisComputer } from '../../shared/model/host.ts';
import { codeOf } from '../../shared/model/testing/failures.ts';
import { sshHost } from '../../shared/model/testing/hosts.ts';
import { openHostBook } from './book.ts';

/** Whatever the changes are, good or not. */
const nas = (changes: Partial<Host> = {}): Host => ({ ...sshHost('nas.example.org'), ...changes });

let folder: string;
const file = () => join(folder, 'hosts.json');
const damagedFiles = () => readdirSync(folder).filter((name) => name.startsWith('hosts.damaged-'));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-book-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the host book', () => {
  it('keeps hosts from one start to the next, sorted by name', () => {
    const book = openHostBook(folder);
    book.add(nas());
    book.add(nas({ name: 'archive', identityFile: '/home/u/.ssh/id_ed25519', privilege: 'sudo' }));
    const again = openHostBook(folder);
    expect(again.list()).toEqual([
      nas({ name: 'archive', identityFile: '/home/u/.ssh/id_ed25519', privilege: 'sudo' }),
      nas(),
    ]);
    expect(again.get('nas.example.org')).toEqual(nas());
    expect(again.takeDamage()).toBeNull();
  });

  it('loses nothing when several processes change it at once', { timeout: 60_000 }, async () => {
    const book = fileURLToPath(new URL('./book.ts', import.meta.url));
    const script = `
      const { openHostBook } = await import(${JSON.stringify(pathToFileURL(book).href)});
      process.stdout.write('ready');
      await new Promise((resolve) => process.stdin.once('data', resolve));
      const book = openHostBook(process.argv[1]);
      for (let n = 0; n < 10; n += 1)
        book.add({ ...${JSON.stringify(nas())}, name: process.argv[2] + '-' + n });
      process.exit();`;
    const children = ['a', 'b', 'c', 'd'].map((name) =>
      spawn(process.execPath, ['--input-type=module', '-e', script, folder, name], {
        stdio: ['pipe', 'pipe', 'inherit'],
      }),
    );
    const ended = children.map((child) => once(child, 'exit'));
    await Promise.all(children.map((child) => once(child.stdout, 'data')));
    for (const child of children) child.stdin.end('go');
    expect((await Promise.all(ended)).map(([status]) => status)).toEqual([0, 0, 0, 0]);
    expect(openHostBook(folder).list()).toHaveLength(40);
    expect(readdirSync(folder)).toEqual(['hosts.json']);
  });

  it('is not changed while another process holds it, and says so', () => {
    const book = openHostBook(folder);
    book.add(nas());
    // The process that started this one lives.
    writeFileSync(`${file()}.lock`, `${process.ppid}`);
    expect(codeOf(() => book.remove(nas().name))).toBe('host-book-busy');
    expect(book.list()).toEqual([nas()]);
  });

  it('sees what another process added meanwhile', () => {
    const one = openHostBook(folder);
    const other = openHostBook(folder);
    expect(one.list()).toEqual([]);
    other.add(nas());
    expect(one.list()).toEqual([nas()]);
  });

  it('is readable for its owner only', () => {
    openHostBook(folder).add(nas());
    if (process.platform !== 'win32') expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('knows this computer by name without keeping it', () => {
    const book = openHostBook(folder);
    expect(book.get(THIS_COMPUTER)).toEqual(thisComputer);
    expect(book.list()).toEqual([]);
    expect(codeOf(() => book.add(nas({ name: THIS_COMPUTER })))).toBe('host-exists');
    expect(codeOf(() => book.remove(THIS_COMPUTER))).toBe('host-unknown');
  });

  it('refuses a name that exists in any case, and keeps the first', () => {
    const book = openHostBook(folder);
    book.add(nas({ name: 'nas' }));
    expect(codeOf(() => book.add(nas({ name: 'NAS', identityFile: '/other' })))).toBe('host-exists');
    expect(book.list()).toEqual([nas({ name: 'nas' })]);
  });

  it('removes a host and says when there is none', () => {
    const book = openHostBook(folder);
    book.add(nas());
    book.remove('nas.example.org');
    expect(openHostBook(folder).list()).toEqual([]);
    expect(codeOf(() => book.remove('nas.example.org'))).toBe('host-unknown');
    expect(codeOf(() => book.get('nas.example.org'))).toBe('host-unknown');
  });

  it('renames a host, also for those that are reached through it, and refuses a way in a circle', () => {
    const book = openHostBook(folder);
    book.add(nas({ name: 'edge' }));
    book.add(nas({ name: 'inner', jump: 'edge' }));
    expect(book.change('edge', { name: 'gate', notes: 'in the cellar', colour: 'teal' })).toMatchObject({
      name: 'gate',
      colour: 'teal',
    });
    expect(book.get('inner').jump).toBe('gate');
    expect(codeOf(() => book.change('gate', { jump: 'inner' }))).toBe('jump-circle');
    expect(codeOf(() => book.change('gate', { jump: 'gate' }))).toBe('jump-circle');
    expect(codeOf(() => book.change('gate', { jump: 'nowhere' }))).toBe('jump-unknown');
    expect(codeOf(() => book.change('gate', { name: 'INNER' }))).toBe('host-exists');
    expect(codeOf(() => book.remove('gate'))).toBe('host-needed');
    expect(
      openHostBook(folder)
        .list()
        .map(({ name }) => name),
    ).toEqual(['gate', 'inner']);
  });

  it('reads a book of the first version, which had less in it', () => {
    const {
      lastCheck: _1,
      notes: _2,
      colour: _3,
      jump: _4,
      agent: _5,
      sshAlias: _6,
      carrier: _7,
      timing: _8,
      ...first
    } = nas();
    writeFileSync(file(), JSON.stringify({ hosts: [first] }));
    const book = openHostBook(folder);
    expect(book.list()).toEqual([nas()]);
    expect(book.takeDamage()).toBeNull();
  });

  it.each([
    ['a key that is no fingerprint', nas({ hostKey: 'MD5:00' })],
    ['no SSH address', nas({ address: { kind: 'local' } })],
    ['an impossible user', nas({ address: { kind: 'ssh', user: '-oProxyCommand=x', host: 'h', port: 22 } })],
  ])('refuses a host with %s', (_, host) => {
    const book = openHostBook(folder);
    expect(codeOf(() => book.add(host))).toBe('host-invalid');
    expect(book.list()).toEqual([]);
  });
});

describe('a damaged host book', () => {
  it('is set aside untouched, reported once, and a new one begins', () => {
    const text = '{"hosts": [{"name": "na';
    writeFileSync(file(), text);
    const book = openHostBook(folder);
    const damage = book.takeDamage();
    expect(damage).toMatchObject({ code: 'host-book-damaged', kind: 'permanent' });
    const [kept] = damagedFiles();
    expect(readFileSync(join(folder, kept ?? ''), 'utf8')).toBe(text);
    expect(damage?.evidence.kept).toBe(join(folder, kept ?? ''));
    expect(book.takeDamage()).toBeNull();
    book.add(nas());
    expect(openHostBook(folder).list()).toEqual([nas()]);
    expect(damagedFiles()).toHaveLength(1);
  });

  it('keeps the entries that are good', () => {
    openHostBook(folder).add(nas());
    const stored = JSON.parse(readFileSync(file(), 'utf8'));
    stored.hosts.push({ ...nas({ name: 'second' }), hostKey: 'nonsense' });
    writeFileSync(file(), JSON.stringify(stored));
    const book = openHostBook(folder);
    expect(book.list()).toEqual([nas()]);
    const damage = book.takeDamage();
    expect(damage?.cause).toContain('1.hostKey');
    expect(damage?.message).toContain('1 of its hosts');
    expect(JSON.parse(readFileSync(join(folder, damagedFiles()[0] ?? ''), 'utf8')).hosts).toHaveLength(2);
  });

  it('is noticed while the book is open, and not overwritten by the next change', () => {
    const book = openHostBook(folder);
    book.add(nas());
    writeFileSync(file(), 'not JSON');
    book.add(nas({ name: 'other' }));
    expect(book.takeDamage()?.code).toBe('host-book-damaged');
    expect(readFileSync(join(folder, damagedFiles()[0] ?? ''), 'utf8')).toBe('not JSON');
  });

  it('is told from one that cannot be read at all', () => {
    mkdirSync(file());
    expect(() => openHostBook(folder).list()).toThrow(/EISDIR/);
    expect(damagedFiles()).toEqual([]);
  });
});
