import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

/** Programs the lab runs on this machine, and the Debian package of each. */
const PROGRAMS: Record<string, string> = {
  'qemu-system-x86_64': 'qemu-system-x86',
  'qemu-img': 'qemu-utils',
  debootstrap: 'debootstrap',
  'zfs-fuse': 'zfs-fuse',
  sshd: 'openssh-server',
  ssh: 'openssh-client',
  sudo: 'sudo',
  mke2fs: 'e2fsprogs',
  openssl: 'openssl',
  setpriv: 'util-linux',
  xz: 'xz-utils',
  // A Kerberos realm for logins by ticket.
  krb5kdc: 'krb5-kdc',
  'kadmin.local': 'krb5-admin-server',
  kinit: 'krb5-user',
  // Login shells of users on the zfs-fuse host.
  tcsh: 'tcsh',
  fish: 'fish',
};
/** What is no program. */
const FILES: Record<string, string> = {
  // Debian's signing keys, which debootstrap checks; Ubuntu has them in a package of this name too.
  '/usr/share/keyrings/debian-archive-keyring.gpg': 'debian-archive-keyring',
  // One-time codes as a second question of PAM's.
  '/usr/lib/x86_64-linux-gnu/security/pam_oath.so': 'libpam-oath',
};
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const POLICY = '/usr/sbin/policy-rc.d';

/** @returns in one line why this machine cannot run the lab, or null when it can. */
export function labUnavailableReason(): string | null {
  if (process.platform !== 'linux') return `the lab needs Linux (this is ${process.platform})`;
  if (process.arch !== 'x64') return `the lab needs an x86-64 machine (this is ${process.arch})`;
  if (process.getuid?.() !== 0) return 'the lab needs root (for debootstrap, mounts and zfs-fuse)';
  if (!/^ID(_LIKE)?=.*\bdebian\b/m.test(readIfThere('/etc/os-release'))) return 'the lab needs Debian or Ubuntu';
  if (!existsSync('/dev/fuse')) return 'the lab needs /dev/fuse (for zfs-fuse)';
  const namespaces = spawnSync('unshare', ['--mount', '--pid', '--uts', '--fork', '--mount-proc', 'true'], {
    encoding: 'utf8',
  });
  if (namespaces.status !== 0)
    return `the lab needs mount namespaces: ${namespaces.stderr?.trim() || namespaces.error?.message}`;
  if (missingPackages().includes('zfs-fuse') && installed('zfsutils-linux')) {
    return 'zfsutils-linux is installed here, and zfs-fuse cannot be installed beside it';
  }
  return null;
}

/**
 * Installs what is missing from the distribution's packages. No service is started by that, and nothing is removed.
 * @throws Error with apt's own message.
 */
export function installRequirements(): void {
  const missing = missingPackages();
  if (missing.length === 0) return;
  // What Debian asks before it starts a service; 101 is "no".
  const ownPolicy = !existsSync(POLICY);
  if (ownPolicy) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    execFileSync('apt-get', ['-q', 'update'], { env: environment, stdio: 'pipe' });
    const arguments_ = ['-q', '-y', '--no-install-recommends', '--no-remove', 'install', ...missing];
    execFileSync('apt-get', arguments_, { env: environment, stdio: 'pipe' });
  } finally {
    if (ownPolicy) rmSync(POLICY);
  }
}

function missingPackages(): string[] {
  const isThere = (program: string) => PATH.split(':').some((folder) => existsSync(`${folder}/${program}`));
  const programs = Object.entries(PROGRAMS).filter(([program]) => !isThere(program));
  const files = Object.entries(FILES).filter(([file]) => !existsSync(file));
  return [...programs, ...files].map(([, name]) => name);
}

function installed(name: string): boolean {
  const query = spawnSync('dpkg', ['-s', name], { encoding: 'utf8' });
  return query.stdout?.includes('Status: install ok installed') ?? false;
}

function readIfThere(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
