import { labUnavailableReason, startLab } from '../lab/lab.ts';
import type { LabHost } from '../lab/types.ts';
import type { Contest, Part } from './contest.ts';
import { againstPipeline, CIPHERS } from './raw.ts';
import type { BenchHost } from './scenario.ts';

const SOURCE = 'bench-source';
const COPY = 'bench-copy';
const BYTES = 512 * 1024 ** 2;
const FILE_BYTES = 8 * 1024 ** 2;

/** Real streams of zfs-fuse: once thrown away at the other end, once received there. */
export const zfs: Part = {
  name: 'zfs',
  unavailable: labUnavailableReason,
  async open({ bytes: asked, report }) {
    const bytes = asked ?? BYTES;
    const lab = await startLab({ hosts: ['fuse'], report });
    try {
      const fuse = lab.host('fuse');
      const sizeMb = Math.ceil((bytes / 1024 ** 2) * 1.5) + 256;
      await makeSource(fuse, bytes, sizeMb);
      return { contests: contestsOf(fuse, bytes, sizeMb), close: () => lab.stop() };
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

function contestsOf(fuse: LabHost, bytes: number, sizeMb: number): Contest[] {
  const host: BenchHost = {
    port: fuse.port,
    user: 'root',
    identityFile: fuse.identityFile,
    hostKey: fuse.hostKeyFingerprint,
  };
  const ends = { source: host, destination: host, send: ['zfs', 'send', `${SOURCE}/data@bench`] };
  const thrown = { ...ends, receive: ['sh', '-c', 'cat > /dev/null'] };
  const received = { ...ends, receive: ['zfs', 'receive', `${COPY}/data`] };
  // A new pool each time: zfs-fuse now and then calls a dataset busy that it has just received.
  const prepare = () => fuse.pool(COPY, { sizeMb });
  return CIPHERS.flatMap((cipher) => [
    againstPipeline('Relay, zfs-fuse’s send, thrown away', thrown, bytes, cipher),
    { ...againstPipeline('Relay, zfs-fuse’s send and receive', received, bytes, cipher), prepare },
  ]);
}
