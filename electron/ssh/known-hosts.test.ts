/** The user's known_hosts, compared with what OpenSSH's own tools write and find. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWithSshd } from '../../test/sshd/describe.ts';
import { fingerprint, makeKey, publicKey } from '../../test/sshd/keys.ts';
import {
  appendKnownHost,
  askKnownHosts,
  judgeKey,
  knownHostsName,
  matchesHost,
  parseKnownHosts,
} from './known-hosts.ts';

const blob = (seed: string): string =>
  Buffer.concat([Buffer.from('\0\0\0\x0bssh-ed25519\0\0\0\x20', 'latin1'), Buffer.alloc(32, seed)]).toString('base64');
const line = (names: string, seed: string): string => `${names} ssh-ed25519 ${blob(seed)}`;
const of = (seed: string) => {
  const [entry] = parseKnownHosts(line('x', seed));
  if (entry === undefined) throw new Error('no entry');
  return { type: 'ssh-ed25519', fingerprint: entry.fingerprint };
};
const judge = (text: string, name: string, seed: string) => judgeKey(parseKnownHosts(text), name, of(seed));

describe('names in known_hosts', () => {
  it('have the port in brackets unless it is 22', () => {
    expect(knownHostsName('NAS', 22)).toBe('nas');
    expect(knownHostsName('nas', 2222)).toBe('[nas]:2222');
  });

  it.each<[string, string, boolean]>([
    ['nas', 'nas', true],
    ['NAS', 'nas', true],
    ['nas', '[nas]:2222', false],
    ['*.lan', 'nas.lan', true],
    ['*.lan', 'lan', false],
    ['nas?', 'nas2', true],
    ['nas?', 'nas', false],
    ['*,!nas', 'nas', false],
    ['!nas,*', 'nas', false],
    ['*,!nas', 'nas2', true],
    ['!nas', 'other', false],
    ['[*]:2222', '[nas]:2222', true],
    ['', 'nas', false],
  ])('%s for %s: %s', (patterns, name, found) => {
    expect(matchesHost(patterns.split(','), name)).toBe(found);
  });

  it('are found by a pattern of stars in linear time', () => {
    expect(matchesHost([`${'*a'.repeat(500)}b`], 'a'.repeat(5000))).toBe(false);
  });
});

describe('a key', () => {
  it('is known, changed, unknown or revoked', () => {
    const text = `# a comment\n\n${line('nas', 'A')}\n@revoked ${line('*', 'R')}\n`;
    expect(judge(text, 'nas', 'A')).toMatchObject({ state: 'known', entries: [{ line: 3 }] });
    expect(judge(text, 'nas', 'B')).toMatchObject({ state: 'changed', entries: [{ line: 3, ...of('A') }] });
    expect(judge(text, 'other', 'B')).toEqual({ state: 'unknown', entries: [] });
    expect(judge(text, 'other', 'R')).toMatchObject({ state: 'revoked', entries: [{ line: 4 }] });
  });

  it('that is revoked is revoked also where another line has it', () => {
    expect(judge(`${line('nas', 'A')}\n@revoked ${line('nas', 'A')}\n`, 'nas', 'A').state).toBe('revoked');
  });

  it('of an authority vouches for nothing', () => {
    expect(judge(`@cert-authority ${line('*', 'A')}\n`, 'nas', 'A').state).toBe('unknown');
  });

  it('with an unknown marker, a foreign type or a broken blob is no entry', () => {
    const [, , key] = line('nas', 'A').split(' ');
    for (const text of [
      `@other ${line('nas', 'A')}`,
      `nas ssh-rsa ${key}`,
      'nas ssh-ed25519 !!!',
      'nas',
      'nas ssh-ed25519',
    ])
      expect(parseKnownHosts(text)).toEqual([]);
  });
});

describe('any text', () => {
  it('is read without a fault, and lines that do not name the key never make it known', () => {
    const junk = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom('@revoked', '@cert-authority', '*', '!', '|1|', 'nas', ' ', '\t', ',', 'ssh-ed25519', blob('A')),
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.array(junk, { maxLength: 6 }).map((words) => words.join(' ')),
          { maxLength: 6 },
        ),
        (lines) => {
          const text = lines.join('\n');
          const { state } = judge(text, 'nas', 'Z');
          expect(['unknown', 'changed']).toContain(state);
          // A trusted key stays trusted only by its own line, and a revocation beats everything.
          expect(judge(`${text}\n@revoked ${line('*', 'Z')}`, 'nas', 'Z').state).toBe('revoked');
        },
      ),
      { numRuns: 10_000 },
    );
  });
});

describe('the file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-known-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const nas = { host: 'nas', port: 2222 };

  it('is made for its owner only, and appended to without touching what is there', () => {
    const file = join(folder, 'new', 'known_hosts');
    appendKnownHost(file, nas, Buffer.from(blob('A'), 'base64'));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    writeFileSync(file, `${readFileSync(file, 'utf8')}# no end of line`);
    appendKnownHost(file, { host: 'other', port: 22 }, Buffer.from(blob('B'), 'base64'));
    expect(readFileSync(file, 'utf8')).toBe(`${line('[nas]:2222', 'A')}\n# no end of line\n${line('other', 'B')}\n`);
    expect(askKnownHosts(file, nas, of('A')).state).toBe('known');
  });

  it('that is missing knows nothing; one that cannot be read says so', () => {
    expect(askKnownHosts(join(folder, 'none'), nas, of('A')).state).toBe('unknown');
    expect(askKnownHosts(folder, nas, of('A')).state).toBe('unreadable');
  });

  describeWithSshd('is understood as ssh-keygen does', () => {
    it('also with hashed names', () => {
      const key = join(folder, 'key');
      makeKey(key, 'ecdsa');
      const file = join(folder, 'hashed');
      const [type, data] = publicKey(key).split(' ');
      writeFileSync(file, `nas ${type} ${data}\n[nas]:2222 ${type} ${data}\n`);
      execFileSync('ssh-keygen', ['-q', '-H', '-f', file], { stdio: 'ignore' });
      expect(readFileSync(file, 'utf8')).not.toContain('nas');
      const shown = { type: 'ecdsa-sha2-nistp256', fingerprint: fingerprint(key) };
      expect(askKnownHosts(file, { host: 'nas', port: 22 }, shown).state).toBe('known');
      expect(askKnownHosts(file, nas, shown).state).toBe('known');
      expect(askKnownHosts(file, { host: 'nas', port: 23 }, shown).state).toBe('unknown');
      expect(askKnownHosts(file, nas, { ...shown, fingerprint: of('A').fingerprint }).state).toBe('changed');
    });
  });
});
