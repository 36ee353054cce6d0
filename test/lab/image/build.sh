#!/bin/bash
# Builds the OpenZFS guest: vmlinuz, initrd and root.ext4.
#
#   build.sh CACHE_DIR KEY
#
# The result is CACHE_DIR/KEY, put there by one rename, so a half-built image never has that name. A lock (released by the
# kernel when the holder dies) keeps two builds apart; whoever waited finds the image made and has nothing to do.
# SLUICE_LAB_MIRROR overrides debootstrap's own mirror. Needs root and debootstrap.
set -euo pipefail
umask 022

readonly SUITE=trixie
readonly CACHE=$1 KEY=$2
readonly RECIPE=$(cd "$(dirname "$0")" && pwd)
readonly WORK="$CACHE/.building.$KEY"
readonly ROOT="$WORK/root"

if [ -z "${SLUICE_LAB_PRIVATE_MOUNTS:-}" ]; then
  mkdir -p "$CACHE"
  exec 9>"$CACHE/.lock"
  flock 9
  [ -e "$CACHE/$KEY/root.ext4" ] && exit 0
  # All mounts of the build live in a namespace that dies with it: nothing that is deleted later, by this build or by the
  # next one after a crash, can ever have the machine's own /dev or /proc below it.
  SLUICE_LAB_PRIVATE_MOUNTS=1 exec unshare --mount --propagation private bash "$0" "$@"
fi

step() { printf '%(%H:%M:%S)T  %s\n' -1 "$*"; }
in_root() { chroot "$ROOT" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C DEBIAN_FRONTEND=noninteractive "$@"; }
install() { in_root apt-get -q -y -o APT::Install-Recommends=false install "$@"; }
forget() { rm -rf --one-file-system "$1"; }

# Mounts first: --one-file-system leaves alone what is still mounted, and then the directory under it stays too.
unmount_all() {
  local below
  for below in dev/pts dev sys proc; do
    if mountpoint -q "$ROOT/$below"; then umount -l "$ROOT/$below"; fi
  done
}
clean_up() {
  unmount_all
  forget "$WORK"
}
forget "$WORK"
mkdir -p "$ROOT"
trap clean_up EXIT

step "base system ($SUITE)"
debootstrap --variant=minbase --components=main,contrib "$SUITE" "$ROOT" ${SLUICE_LAB_MIRROR:+"$SLUICE_LAB_MIRROR"}
mountpoint -q "$ROOT/proc" || mount -t proc proc "$ROOT/proc"
mkdir -p "$ROOT/etc/dpkg/dpkg.cfg.d"
cat >"$ROOT/etc/dpkg/dpkg.cfg.d/lab" <<'CFG'
force-unsafe-io
force-confold
path-exclude=/usr/share/doc/*
path-exclude=/usr/share/man/*
path-exclude=/usr/share/locale/*
CFG
# No daemon is started in the chroot, and no initramfs is made: the guest has its own (below).
printf '#!/bin/sh\nexit 101\n' >"$ROOT/usr/sbin/policy-rc.d"
chmod 755 "$ROOT/usr/sbin/policy-rc.d"
mkdir -p "$ROOT/etc/initramfs-tools"
echo 'update_initramfs=no' >"$ROOT/etc/initramfs-tools/update-initramfs.conf"

step "packages"
in_root apt-get -q update
install linux-image-cloud-amd64 linux-headers-cloud-amd64 \
  openssh-server openssh-client sudo opendoas csh mbuffer pv zstd lz4 lzop gzip bzip2 \
  busybox-static iproute2 kmod udev procps netcat-openbsd perl sanoid

KVER=$(ls "$ROOT/lib/modules")
readonly KVER
step "zfs module for $KVER"
install zfs-dkms zfsutils-linux
if ! in_root modinfo -k "$KVER" zfs >/dev/null 2>&1; then
  in_root dkms autoinstall -k "$KVER"
fi
readonly MODULES="$ROOT/lib/modules/$KVER"
mkdir "$WORK/modules"
for module in spl zfs; do
  cp "$(in_root modinfo -k "$KVER" -n "$module" | sed "s|^|$ROOT|")" "$WORK/modules/"
done

step "removing the compiler"
in_root apt-get -q -y purge zfs-dkms dkms linux-headers-cloud-amd64
in_root apt-get -q -y -o APT::AutoRemove::RecommendsImportant=false autoremove --purge
# Kept uncompressed: unpacking xz under emulation would add seconds to every boot.
rm -rf "$MODULES/updates"
mkdir -p "$MODULES/updates"
mv "$WORK"/modules/* "$MODULES/updates/"
find "$MODULES/updates" -name '*.xz' -exec xz -d {} +
in_root depmod "$KVER"
in_root modinfo -k "$KVER" zfs | sed -n 's/^version: */zfs module /p'
in_root apt-get clean
rm -rf "$ROOT"/var/lib/apt/lists/* "$ROOT"/usr/share/{doc,man,locale}/* "$ROOT"/etc/ssh/ssh_host_* "$ROOT"/usr/sbin/policy-rc.d

step "guest files"
cp -R "$RECIPE/guest/." "$ROOT/"
chmod 755 "$ROOT/usr/local/sbin/lab-init"
chmod 440 "$ROOT/etc/sudoers.d/sluice-lab"
for user in sluice-sudoer sluice-delegate sluice-nobody; do
  in_root useradd --create-home --shell /bin/bash "$user"
done
in_root visudo -cq
echo sluice-lab >"$ROOT/etc/hostname"

step "initrd"
readonly INITRD="$WORK/initrd"
mkdir -p "$INITRD"/{bin,dev,proc,sys,root,modules}
cp "$ROOT/bin/busybox" "$INITRD/bin/"
cp "$RECIPE/initrd-init" "$INITRD/init"
chmod 755 "$INITRD/init"
: >"$INITRD/modules/order"
for module in virtio_pci virtio_blk crc32c_generic ext4; do
  # "builtin NAME" lines are in the kernel already; "insmod PATH" lines come in loading order.
  in_root modprobe -S "$KVER" --show-depends "$module" | sed -n 's/^insmod \([^ ]*\).*/\1/p' | while read -r path; do
    name=$(basename "${path%.xz}")
    grep -qx "$name" "$INITRD/modules/order" && continue
    case $path in
      *.xz) xz -dc "$ROOT$path" >"$INITRD/modules/$name" ;;
      *) cp "$ROOT$path" "$INITRD/modules/$name" ;;
    esac
    echo "$name" >>"$INITRD/modules/order"
  done
done
cat "$INITRD/modules/order"

step "image"
unmount_all
mkdir "$WORK/done"
(cd "$INITRD" && find . | ../root/bin/busybox cpio -o -H newc) >"$WORK/done/initrd"
cp "$ROOT/boot/vmlinuz-$KVER" "$WORK/done/vmlinuz"
rm -f "$ROOT"/boot/*
# Sparse: room for the pools, which are files in the guest.
mke2fs -q -t ext4 -L sluice-lab -m 0 -E lazy_itable_init=1,lazy_journal_init=1 -d "$ROOT" "$WORK/done/root.ext4" 12G

mv -T "$WORK/done" "$CACHE/$KEY"
step "done: $CACHE/$KEY"
