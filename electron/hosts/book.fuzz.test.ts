/** Whatever stands in the host book's file: it is read or set aside, and never makes a host trusted that was not. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FingerprintSchema, HostSchema, SshAddressSchema } from '../../shared/model/host.ts';
import { targetOf } from '../ssh/index.ts';
import { HostBook, openHostBook } from './book.ts';
import type { HostStore } from './book-file.ts';

const KEY = `SHA256:${'a'.repeat(43)}`;
const good = {
  name: 'nas',
  address: { kind: 'ssh', user: 'root', host: 'nas', port: 22 },
  identityFile: null,
  privilege: 'auto',
  hostKey: KEY,
  practice: false,
};

const odd = fc.oneof(
  fc.anything({ withNullPrototype: false, maxDepth: 1 }),
  fc.constantFrom('', '-oProxyCommand=x', 'a\nb', '../x', KEY, null, 22, 'this-computer', '__proto__', 'nas'),
);
/** An entry with some fields replaced by something odd. */
const entry = fc.oneof(
  odd,
  fc
    .record(
      {
        name: odd,
        address: odd,
        hostKey: odd,
        jump: odd,
        agent: odd,
        sshAlias: odd,
        timing: odd,
        identityFile: odd,
        lastCheck: odd,
      },
      { requiredKeys: [] },
    )
    .map((changes) => ({ ...good, ...changes })),
  fc.record({ user: odd, host: odd, port: odd }, { requiredKeys: [] }).map((changes) => ({
    ...good,
    address: { ...good.address, ...changes },
  })),
);

describe('a host book with anything in it', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-fuzz-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('gives only valid hosts, and connects to none without a pinned key', () => {
    fc.assert(
      fc.property(fc.oneof(odd, fc.array(entry, { maxLength: 4 })), (stored) => {
        let kept: unknown = stored;
        const store: HostStore = {
          get: () => kept,
          set: (_, hosts) => {
            kept = hosts;
          },
        };
        const book = new HostBook(join(folder, 'hosts.json'), () => store);
        const hosts = book.list();
        for (const host of hosts) {
          expect(HostSchema.safeParse(host).success).toBe(true);
          if (host.address.kind === 'ssh') expect(SshAddressSchema.safeParse(host.address).success).toBe(true);
          try {
            const target = targetOf(host, hosts);
            if (target !== null) expect(FingerprintSchema.safeParse(target.hostKey).success).toBe(true);
          } catch (error) {
            expect(String(error)).toMatch(/SluiceError/);
          }
        }
        // What was left out is told; a second look finds the book in order.
        if (Array.isArray(stored) && hosts.length < stored.length) expect(book.takeDamage()).not.toBeNull();
        book.takeDamage();
        expect(book.list()).toEqual(hosts);
        expect(book.takeDamage()).toBeNull();
      }),
      { numRuns: 10_000 },
    );
  });

  it('that is no JSON is kept aside each time', () => {
    const texts = ['', '{', 'null', '[]', '{"hosts":', '\u0000', '{"hosts":{}}'];
    for (const [index, text] of texts.entries()) {
      const dir = join(folder, `book-${index}`);
      mkdirSync(dir);
      writeFileSync(join(dir, 'hosts.json'), text);
      expect(openHostBook(dir).list()).toEqual([]);
      expect(readdirSync(dir).length).toBeGreaterThan(0);
    }
  });
});
