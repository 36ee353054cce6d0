/** What was really copied: GUIDs and content of both sides, by the hosts' own tools and not by Sluice's. */
import type { LabHost } from './types.ts';

export async function guidOf(host: LabHost, snapshot: string): Promise<string> {
  return (await host.run(['zfs', 'get', '-Hp', '-o', 'value', 'guid', snapshot])).stdout.trim();
}

/** One digest over names, contents, owners and modes of all files of a snapshot, mounted read-only for the purpose. */
export async function contentOf(host: LabHost, dataset: string, snapshot: string): Promise<string> {
  const digest =
    'find . -type f -print0 | sort -z | xargs -0 -r sha256sum; find . -print0 | sort -z | xargs -0 stat -c "%n %F %U %G %a"';
  // zfs-fuse lets go of a mount a moment after its last user (`dataset is busy`).
  const script =
    host.kind === 'openzfs'
      ? `set -e; d=$(mktemp -d); mount -t zfs "${dataset}@${snapshot}" "$d"; cd "$d"; (${digest}) | sha256sum; cd /; umount "$d"; rmdir "$d"`
      : `set -e; c="${dataset.split('/')[0]}/look-$$"; zfs clone "${dataset}@${snapshot}" "$c"; cd "$(zfs get -H -o value mountpoint "$c")"; (${digest}) | sha256sum; cd /; for i in 1 2 3 4 5 6 7 8 9; do zfs destroy "$c" 2>/dev/null && exit 0; sleep 0.5; done; zfs destroy "$c"`;
  return (await host.run(['sh', '-c', script])).stdout.trim();
}

export async function property(host: LabHost, name: string, dataset: string): Promise<string> {
  return (await host.run(['zfs', 'get', '-Hp', '-o', 'value', name, dataset])).stdout.trim();
}

/** A file of random bytes, which no compression makes small. */
export async function writeRandom(host: LabHost, path: string, megabytes: number): Promise<void> {
  await host.run(['dd', 'if=/dev/urandom', `of=${path}`, 'bs=1M', `count=${megabytes}`]);
}
