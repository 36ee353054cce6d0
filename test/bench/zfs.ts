import { labUnavailableReason, startLab } from '../lab/lab.ts';
import type { LabHost } from '../lab/types.ts';
import type { Bench, BenchHost, Scenario } from './scenario.ts';

const SOURCE = 'bench-source';
const COPY = 'bench-copy';
const FILE_BYTES = 8 * 1024 ** 2;

/** Real streams of zfs-fuse: once thrown away at the other end, once received there. */
export const zfs: Bench = {
  name: 'zfs',
  bytes: 512 * 1024 ** 2,
  ciphers: ['aes128-gcm@openssh.com'],
  unavailable: labUnavailableReason,
  async open({ bytes, report }) {
    const lab = await startLab({ hosts: ['fuse'], report });
    try {
      const fuse = lab.host('fuse');
      const sizeMb = Math.ceil((bytes / 1024 ** 2) * 1.5) + 256;
      await makeSource(fuse, bytes, sizeMb);
      return { scenarios: scenariosOf(fuse, sizeMb), close: () => lab.stop() };
    } catch (error) {
      await lab.stop();
      throw error;
    }
  },
};

/** A dataset of files of random bytes, with a snapshot. */
async function makeSource(fuse: LabHost, bytes: number, sizeMb: number): Promise<void> {
  await fuse.pool(SOURCE, { sizeMb });
  await fuse.run(['zfs', 'create', `${SOURCE}/data`]);
  const folder = (await fuse.run(['zfs', 'get', '-H', '-o', 'value', 'mountpoint', `${SOURCE}/data`])).stdout.trim();
  const files = Math.max(1, Math.round(bytes / FILE_BYTES));
  const script = 'for n in $(seq "$2"); do head -c "$3" /dev/urandom > "$1/$n"; done';
  await fuse.run(['sh', '-c', script, 'sh', folder, String(files), String(FILE_BYTES)], { timeoutMs: 600_000 });
  await fuse.run(['zfs', 'snapshot', `${SOURCE}/data@bench`]);
}

function scenariosOf(fuse: LabHost, sizeMb: number): Scenario[] {
  const host: BenchHost = {
    port: fuse.port,
    user: 'root',
    identityFile: fuse.identityFile,
    hostKey: fuse.hostKeyFingerprint,
  };
  const both = { source: host, destination: host, send: ['zfs', 'send', `${SOURCE}/data@bench`] };
  return [
    { ...both, title: 'zfs send, thrown away', receive: ['sh', '-c', 'cat > /dev/null'] },
    {
      ...both,
      title: 'zfs send | zfs receive',
      receive: ['zfs', 'receive', `${COPY}/data`],
      // A new pool each time: zfs-fuse now and then calls a dataset busy that it has just received.
      prepare: () => fuse.pool(COPY, { sizeMb }),
    },
  ];
}
