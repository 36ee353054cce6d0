import { randomFillSync } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { type Sshd, sshdUnavailableReason, startSshd } from '../sshd/sshd.ts';
import type { Contest, Part } from './contest.ts';
import { runPipeline } from './pipeline.ts';
import { runRelay } from './relay.ts';
import { type BenchHost, cipherName, GCM, type Scenario } from './scenario.ts';

const BLOCK = 16 * 1024 * 1024;

export interface RawStage {
  readonly scenario: Scenario;
  close(): Promise<void>;
}

/** Two SSH servers on loopback, and bytes that no compression makes fewer: from the system's cache, thrown away at the other end. */
export async function openRaw(bytes: number, report: (line: string) => void): Promise<RawStage> {
  report(`writing ${Math.round(bytes / 1024 ** 2)} MiB of random bytes`);
  const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  const data = join(folder, 'data');
  fill(data, bytes);
  const servers = [await startSshd({ hostKeys: ['ed25519'] }), await startSshd({ hostKeys: ['ed25519'] })] as const;
  return {
    scenario: {
      source: hostOf(servers[0]),
      destination: hostOf(servers[1]),
      send: ['cat', data],
      receive: ['sh', '-c', 'cat > /dev/null'],
    },
    close: async () => {
      await Promise.all(servers.map((server) => server.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

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

/** What is aimed at against the pipeline with each cipher. */
export const CIPHERS = [
  { cipher: GCM, aim: 1 },
  { cipher: null, aim: 1.2 },
] as const;

export const againstPipeline = (
  title: string,
  scenario: Scenario,
  bytes: number,
  { cipher, aim }: { readonly cipher: string | null; readonly aim: number | null },
): Contest => ({
  title,
  against: `\`ssh \\| ssh\`, ${cipherName(cipher)}`,
  aim,
  bytes,
  theirs: () => runPipeline(scenario, cipher),
  ours: () => runRelay(scenario),
});

const BYTES = 1024 ** 3;

export const raw: Part = {
  name: 'raw',
  unavailable: sshdUnavailableReason,
  async open({ bytes, report }) {
    const size = bytes ?? BYTES;
    const { scenario, close } = await openRaw(size, report);
    return { contests: CIPHERS.map((one) => againstPipeline('Relay, raw bytes', scenario, size, one)), close };
  },
};

/** The relay's own connections against the same relay on connections of the system's ssh. */
export const carrier: Part = {
  name: 'carrier',
  unavailable: sshdUnavailableReason,
  async open({ bytes, report }) {
    const size = bytes ?? BYTES;
    const { scenario, close } = await openRaw(size, report);
    const contest: Contest = {
      title: 'Relay, raw bytes',
      against: 'the relay over the system’s ssh',
      aim: null,
      bytes: size,
      theirs: async () => (await runRelay(scenario, { system: true })).seconds,
      ours: () => runRelay(scenario),
    };
    return { contests: [contest], close };
  },
};
