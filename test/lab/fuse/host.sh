#!/bin/bash
# First process of the zfs-fuse host: zfs-fuse and two sshd on this machine, in mount, process and host-name namespaces of
# their own (`unshare --mount --pid --uts --fork --kill-child --mount-proc`).
#
#   host.sh DIRECTORY PORT CONTROL_PORT
#
# What a server would have in /run, /etc/passwd, /etc/zfs and so on is laid over the machine's own here and nowhere else, so
# no account, file or mount is ever made on the machine, and nothing is left when this process dies, however it dies.
# DIRECTORY/seed holds keys, password hashes and the name; DIRECTORY/disk stays across a power cut.
set -euo pipefail
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
readonly DIRECTORY=$1 PORT=$2 CONTROL_PORT=$3
readonly DISK="$DIRECTORY/disk"
readonly GUEST=$(cd "$(dirname "$0")/../image/guest" && pwd)
say() { echo "sluice-lab: $*"; }

mkdir -p "$DISK"/{etc-zfs,var-lib-zfs,pools,homes,sudoers.d}
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/lock /run/sshd /run/zfs /run/lab/pools /run/lab/mnt
cp "$DIRECTORY"/seed/* /run/lab/
chmod 600 /run/lab/ssh_host_ed25519_key
hostname "$(cat /run/lab/hostname)"

mount --bind "$DISK/pools" /run/lab/pools
# Debian's zfsrc lets the kernel believe what it read for an hour, which shows old files after a rollback or a receive.
sed '/^fuse-.*-timeout/d' /etc/zfs/zfsrc >"$DISK/etc-zfs/zfsrc"
mount --bind "$DISK/etc-zfs" /etc/zfs
mount --bind "$DISK/var-lib-zfs" /var/lib/zfs

# Accounts, root with another home included: its ~/.ssh is not the machine's.
password_of() { sed -n "s|^$1:||p" /run/lab/passwords; }
awk -F: -v OFS=: -v home="$DISK/homes/root" '$1 == "root" { $6 = home; $7 = "/bin/bash" } { print }' /etc/passwd >/run/lab/passwd
awk -F: -v OFS=: -v hash="$(password_of root)" '$1 == "root" { $2 = hash } { print }' /etc/shadow >/run/lab/shadow
cp /etc/group /run/lab/group
chmod 640 /run/lab/shadow
mkdir -p "$DISK/homes/root"
uid=64200
for user in sluice-sudoer sluice-delegate sluice-nobody; do
  uid=$((uid + 1))
  echo "$user:x:$uid:$uid::$DISK/homes/$user:/bin/bash" >>/run/lab/passwd
  echo "$user:$(password_of "$user"):20000:0:99999:7:::" >>/run/lab/shadow
  echo "$user:x:$uid:" >>/run/lab/group
  mkdir -p "$DISK/homes/$user"
  chown "$uid:$uid" "$DISK/homes/$user"
done
{ cat /etc/hosts && echo "127.0.0.1 $(hostname)"; } >/run/lab/hosts
for file in passwd shadow group hosts; do mount --bind "/run/lab/$file" "/etc/$file"; done
cp "$GUEST/etc/sudoers.d/sluice-lab" "$DISK/sudoers.d/"
chmod 440 "$DISK/sudoers.d/sluice-lab"
mount --bind "$DISK/sudoers.d" /etc/sudoers.d

zfs-fuse --no-daemon --no-kstat-mount &
until [ -S /run/zfs/zfs_socket ]; do
  kill -0 $! 2>/dev/null || { say "zfs-fuse did not start"; exit 1; }
  sleep 0.1
done

keep() {
  while :; do
    "$@" || say "$1 ended with $?"
    sleep 0.2
  done
}
keep /usr/sbin/sshd -D -e -f "$GUEST/etc/ssh/sshd_lab_control" -p "$CONTROL_PORT" -o ListenAddress=127.0.0.1 &
keep /usr/sbin/sshd -D -e -f "$GUEST/etc/ssh/sshd_lab" -p "$PORT" -o ListenAddress=127.0.0.1 &
say ready
while :; do sleep 86400; done
