/** What the lab does inside a host, as scripts for `sh -s`; both kinds of hosts keep the same paths. */

/** Pools' files; an import after a power cut and a reset find them here. */
export const POOL_DIRECTORY = '/run/lab/pools';
/** Where a zfs-fuse pool is mounted: nowhere in the machine's own tree. */
export const FUSE_MOUNT_DIRECTORY = '/run/lab/mnt';

/** $1 pool, $2 MiB, the rest goes to `zpool create`. */
export const MAKE_POOL = `
set -e
pool=$1 file=${POOL_DIRECTORY}/$1.img size=$2
shift 2
if zpool list -H -o name "$pool" >/dev/null 2>&1; then zpool destroy -f "$pool"; fi
rm -f "$file"
truncate -s "\${size}M" "$file"
zpool create -f "$@" "$pool" "$file"
`;

/** $1: "sessions" to end the server's open sessions too. */
export const RESTART_SSHD = `
set -e
listener=$(cat /run/sshd_lab.pid)
[ "$1" = sessions ] && pkill -KILL -P "$listener" || :
kill "$listener"
tries=0
until [ -s /run/sshd_lab.pid ] && [ "$(cat /run/sshd_lab.pid)" != "$listener" ]; do
  tries=$((tries + 1))
  [ $tries -lt 300 ] || exit 1
  sleep 0.1
done
`;

/**
 * Back to an empty host. Processes of zfs go first, or a receive keeps its pool busy; a pool may need a second try, as
 * unmounting waits for what they left behind.
 */
export const CLEAR_HOST = `
pkill -KILL -x 'zfs|mbuffer'
for try in 1 2 3 4 5; do
  pools=$(zpool list -H -o name) || exit 1
  [ -z "$pools" ] && break
  [ $try -gt 1 ] && sleep 1
  for pool in $pools; do problem=$(zpool destroy -f "$pool" 2>&1); done
done
[ -z "$(zpool list -H -o name)" ] || { echo "pools left: $pools: $problem" >&2; exit 1; }
set -e
find ${POOL_DIRECTORY} -mindepth 1 -delete
for account in root sluice-sudoer sluice-delegate sluice-nobody; do
  rm -rf "$(getent passwd "$account" | cut -d: -f6)/.ssh"
done
`;
