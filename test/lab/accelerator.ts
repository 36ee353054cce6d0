import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory, type GuestImage } from './image.ts';

export type Accelerator = 'kvm' | 'tcg';

const PROBE_TIMEOUT_MS = 20_000;

/** QEMU's arguments for each. `-cx16`: QEMU 7.2's emulated cmpxchg16b corrupts flags, and newer kernels panic at random. */
export const ACCELERATOR_ARGUMENTS: Record<Accelerator, readonly string[]> = {
  kvm: ['-accel', 'kvm', '-cpu', 'host'],
  tcg: ['-accel', 'tcg,thread=multi', '-cpu', 'Nehalem,-cx16'],
};

/**
 * Finds out by a real boot of the guest's kernel whether KVM is of use. /dev/kvm proves nothing: on some rented machines a
 * virtual machine can be made, and dies with "KVM internal error. Suberror: 1" (an instruction it cannot emulate) within a
 * second. The verdict is kept until the machine is booted again.
 */
export async function chooseAccelerator(image: GuestImage): Promise<Accelerator> {
  if (!existsSync('/dev/kvm')) return 'tcg';
  const remembered = verdictFile(image);
  if (existsSync(remembered)) return readFileSync(remembered, 'utf8') === 'kvm' ? 'kvm' : 'tcg';
  const verdict = (await kernelBootsUnderKvm(image)) ? 'kvm' : 'tcg';
  writeFileSync(remembered, verdict);
  return verdict;
}

/** Keeps a guest that did not come up under KVM from being tried there again. */
export function rememberKvmFailed(image: GuestImage): void {
  writeFileSync(verdictFile(image), 'tcg');
}

function verdictFile(image: GuestImage): string {
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return join(cacheDirectory(), image.key, `accelerator-${boot}`);
}

function kernelBootsUnderKvm(image: GuestImage): Promise<boolean> {
  const machine = [
    '-nodefaults',
    '-no-user-config',
    '-display',
    'none',
    '-no-reboot',
    '-m',
    '512M',
    '-serial',
    'stdio',
  ];
  const boot = ['-kernel', image.kernel, '-initrd', image.initrd, '-append', 'console=ttyS0 panic=-1 lab.probe'];
  const qemu = spawn('qemu-system-x86_64', [...machine, ...ACCELERATOR_ARGUMENTS.kvm, ...boot], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const timer = setTimeout(() => qemu.kill('SIGKILL'), PROBE_TIMEOUT_MS);
  const listen = (chunk: Buffer) => {
    output += chunk.toString('latin1');
    if (output.includes('KVM internal error')) qemu.kill('SIGKILL');
  };
  qemu.stdout.on('data', listen);
  qemu.stderr.on('data', listen);
  return new Promise((resolve) => {
    qemu.once('error', () => resolve(false));
    qemu.once('close', () => {
      clearTimeout(timer);
      resolve(output.includes('sluice-lab: probe ok') && qemu.exitCode === 0);
    });
  });
}
