/** What the lab does inside a host, as scripts for `sh -s`; both kinds of hosts keep the same paths. */

/** Pools' files; an import after a power cut and a reset find them here. */
export const POOL_DIRECTORY = '/run/lab/pools';
/** Where a zfs-fuse pool is mounted: nowhere in the machine's own tree. */
export const FUSE_MOUNT_DIRECTORY = '/run/lab/mnt';

/**
 * Shell function: destroys the pool $1, trying again for five seconds, as zfs-fuse says `pool is busy` for a moment after the
 * last use.
 */
const DESTROY = `
destroy() {
  for try in 1 2 3 4 5 6 7 8 9 10; do
    problem=$(zpool destroy -f "$1" 2>&1) && return
    sleep 0.5
  done
  echo "$problem" >&2
  return 1
}
`;

/** $1 pool, $2 MiB, the rest goes to `zpool create`. */
export const MAKE_POOL = `${DESTROY}
set -e
pool=$1 file=${POOL_DIRECTORY}/$1.img size=$2
shift 2
if zpool list -H -o name "$pool" >/dev/null 2>&1; then destroy "$pool"; fi
rm -f "$file"
truncate -s "\${size}M" "$file"
zpool create -f "$@" "$pool" "$file"
`;

/**
 * $1: "sessions" to end the server's open sessions too. Each child of the listener leads a process group, in which OpenSSH
 * 9.8 and later keep a second process that holds the connection; one that has just ended is no fault.
 */
export const RESTART_SSHD = `
set -e
listener=$(cat /run/sshd_lab.pid)
if [ "$1" = sessions ]; then
  for group in $(pgrep -P "$listener"); do pkill -KILL -g "$group" || true; done
fi
kill "$listener"
tries=0
until [ -s /run/sshd_lab.pid ] && [ "$(cat /run/sshd_lab.pid)" != "$listener" ]; do
  tries=$((tries + 1))
  [ $tries -lt 300 ] || exit 1
  sleep 0.1
done
`;

/** Back to an empty host. Processes of zfs go first, or a receive keeps its pool busy. */
export const CLEAR_HOST = `${DESTROY}
pkill -KILL -x 'zfs|mbuffer'
set -e
for pool in $(zpool list -H -o name); do destroy "$pool"; done
find ${POOL_DIRECTORY} -mindepth 1 -delete
for account in root sluice-sudoer sluice-delegate sluice-nobody; do
  rm -rf "$(getent passwd "$account" | cut -d: -f6)/.ssh"
done
`;
