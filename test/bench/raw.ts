import { randomFillSync } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { type Sshd, sshdUnavailableReason, startSshd } from '../sshd/sshd.ts';
import type { Bench, BenchHost } from './scenario.ts';

const BLOCK = 16 * 1024 * 1024;

/** Bytes that no compression makes fewer, read from the system's cache and thrown away at the other end. */
export const raw: Bench = {
  name: 'raw',
  bytes: 1024 ** 3,
  // The relay's own, and what people get who say nothing.
  ciphers: ['aes128-gcm@openssh.com', null],
  unavailable: sshdUnavailableReason,
  async open({ bytes, report }) {
    report(`writing ${Math.round(bytes / 1024 ** 2)} MiB of random bytes`);
    const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
    const data = join(folder, 'data');
    fill(data, bytes);
    const servers = [await startSshd({ hostKeys: ['ed25519'] }), await startSshd({ hostKeys: ['ed25519'] })] as const;
    return {
      scenarios: [
        {
          title: 'raw bytes',
          source: hostOf(servers[0]),
          destination: hostOf(servers[1]),
          send: ['cat', data],
          receive: ['sh', '-c', 'cat > /dev/null'],
        },
      ],
      close: async () => {
        await Promise.all(servers.map((server) => server.stop()));
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
};

function fill(file: string, bytes: number): void {
  const block = Buffer.allocUnsafe(BLOCK);
  const handle = openSync(file, 'w');
  for (let left = bytes; left > 0; left -= BLOCK) {
    writeSync(handle, randomFillSync(block), 0, Math.min(left, BLOCK));
  }
  closeSync(handle);
}

const hostOf = (server: Sshd): BenchHost => ({
  port: server.port,
  user: userInfo().username,
  identityFile: server.identityFile,
  hostKey: server.fingerprint('ed25519'),
});
