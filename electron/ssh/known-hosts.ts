/** The user's own ~/.ssh/known_hosts (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT): read to compare with, appended to when asked. */
import { createHmac } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Known } from '../../shared/api/hosts.ts';
import { fingerprintOf, typeOfKey } from './host-key.ts';

export interface KnownHostsLine {
  /** Counted from 1. */
  readonly line: number;
  /** `cert-authority` signs keys of hosts and is none itself. */
  readonly marker: 'none' | 'revoked' | 'cert-authority';
  readonly patterns: readonly string[];
  readonly type: string;
  readonly fingerprint: string;
}

/** As ssh writes the host in the file: `nas`, or `[nas]:2222` where the port is not 22. Names are compared in lower case. */
export const knownHostsName = (host: string, port: number): string =>
  (port === 22 ? host : `[${host}]:${port}`).toLowerCase();

/** `*` any run, `?` any one character; linear in time, since patterns of a strange file must not stop the program. */
function matchesGlob(pattern: string, text: string): boolean {
  let at = 0;
  let from = 0;
  let star = -1;
  let starFrom = 0;
  while (from < text.length) {
    if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[from]) && pattern[at] !== '*') {
      at += 1;
      from += 1;
    } else if (at < pattern.length && pattern[at] === '*') {
      star = at;
      starFrom = from;
      at += 1;
    } else if (star >= 0) {
      at = star + 1;
      starFrom += 1;
      from = starFrom;
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}

/** `|1|SALT|HASH`: HMAC-SHA1 of the name with the salt as key (what `HashKnownHosts yes` writes). */
function matchesHash(pattern: string, name: string): boolean {
  const [, version, salt, hash] = pattern.split('|');
  if (version !== '1' || salt === undefined || hash === undefined || hash === '') return false;
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash;
}

/** One negated pattern that matches speaks against the whole line. */
export function matchesHost(patterns: readonly string[], name: string): boolean {
  let found = false;
  for (const pattern of patterns) {
    if (pattern.startsWith('|')) found ||= matchesHash(pattern, name);
    else if (pattern.startsWith('!')) {
      if (matchesGlob(pattern.slice(1).toLowerCase(), name)) return false;
    } else found ||= matchesGlob(pattern.toLowerCase(), name);
  }
  return found;
}

const MARKERS: Readonly<Record<string, KnownHostsLine['marker']>> = {
  '@revoked': 'revoked',
  '@cert-authority': 'cert-authority',
};
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** @returns null for comments, empty lines and what is no entry: ssh ignores those, too */
function readLine(text: string, line: number): KnownHostsLine | null {
  const words = text.trim().split(/[ \t]+/);
  const [first = ''] = words;
  if (first === '' || first.startsWith('#')) return null;
  const marker = first.startsWith('@') ? MARKERS[first] : 'none';
  if (marker === undefined) return null;
  const [names, type, blob] = marker === 'none' ? words : words.slice(1);
  if (names === undefined || type === undefined || blob === undefined || !BASE64.test(blob)) return null;
  const key = Buffer.from(blob, 'base64');
  // The type is written twice; where the two differ, ssh takes the line for damaged.
  if (typeOfKey(key) !== type) return null;
  return { line, marker, patterns: names.split(','), type, fingerprint: fingerprintOf(key) };
}

export function parseKnownHosts(text: string): KnownHostsLine[] {
  return text.split('\n').flatMap((line, index) => readLine(line, index + 1) ?? []);
}

/**
 * What the entries say of a key that a host shows. A revoked key is revoked for whatever host the line names, and nothing else
 * in the file can make it good again. An authority's line says nothing about a key that is not a certificate.
 */
export function judgeKey(
  lines: readonly KnownHostsLine[],
  name: string,
  shown: { readonly type: string; readonly fingerprint: string },
): Pick<Known, 'state' | 'entries'> {
  const ours = lines.filter((line) => matchesHost(line.patterns, name));
  const entry = ({ line, type, fingerprint }: KnownHostsLine) => ({ line, type, fingerprint });
  const revoked = ours.filter((line) => line.marker === 'revoked' && line.fingerprint === shown.fingerprint);
  if (revoked.length > 0) return { state: 'revoked', entries: revoked.map(entry) };
  const keys = ours.filter((line) => line.marker === 'none');
  if (keys.some((line) => line.fingerprint === shown.fingerprint)) return { state: 'known', entries: keys.map(entry) };
  // Another type of key is no change: hosts get new types when they are upgraded. ssh warns only about the same type.
  const changed = keys.some((line) => line.type === shown.type);
  return { state: changed ? 'changed' : 'unknown', entries: keys.map(entry) };
}

/** Reads the file and judges; a file that cannot be read makes every key unknown and says so. */
export function askKnownHosts(
  file: string,
  address: { readonly host: string; readonly port: number },
  shown: { readonly type: string; readonly fingerprint: string },
): Known {
  let text: string;
  try {
    text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  } catch {
    return { state: 'unreadable', file, entries: [] };
  }
  return { file, ...judgeKey(parseKnownHosts(text), knownHostsName(address.host, address.port), shown) };
}

/**
 * Appends a key as ssh would. Nothing that is there is changed.
 *
 * @param key the public key as the host sent it
 */
export function appendKnownHost(
  file: string,
  address: { readonly host: string; readonly port: number },
  key: Buffer,
): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const start = before === '' || before.endsWith('\n') ? '' : '\n';
  const line = `${knownHostsName(address.host, address.port)} ${typeOfKey(key)} ${key.toString('base64')}\n`;
  appendFileSync(file, start + line, { mode: 0o600 });
}
