/** The relay and the pipeline with a far-away source: a proxy of our own in a process of its own holds every byte back. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { sshdUnavailableReason } from '../sshd/sshd.ts';
import type { Part } from './contest.ts';
import { againstPipeline, openRaw } from './raw.ts';

/** Round trips, ms, and what is aimed at. */
const DELAYS = [
  { ms: 20, aim: null },
  { ms: 50, aim: null },
  { ms: 100, aim: 4 },
] as const;
const BYTES = 512 * 1024 ** 2;
const PROXY = fileURLToPath(new URL('./delay-proxy.ts', import.meta.url));

async function openProxy(port: number, roundTripMs: number): Promise<{ readonly port: number; close(): void }> {
  const proxy = spawn(process.execPath, [PROXY, String(port), String(roundTripMs / 2)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await once(proxy.stdout, 'data');
  return { port: Number(String(said)), close: () => proxy.kill() };
}

export const delay: Part = {
  name: 'delay',
  unavailable: sshdUnavailableReason,
  async open({ bytes, report }) {
    const size = bytes ?? BYTES;
    const { scenario, close } = await openRaw(size, report);
    const proxies = await Promise.all(DELAYS.map(({ ms }) => openProxy(scenario.source.port, ms)));
    const contests = DELAYS.map(({ ms, aim }, at) => {
      const source = { ...scenario.source, port: proxies[at]?.port ?? 0 };
      return againstPipeline(`Relay, source ${ms} ms away`, { ...scenario, source }, size, { cipher: null, aim });
    });
    return {
      contests,
      close: async () => {
        for (const proxy of proxies) proxy.close();
        await close();
      },
    };
  },
};
