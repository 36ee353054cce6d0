import type { ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ACCELERATOR_ARGUMENTS, type Accelerator } from './accelerator.ts';
import type { GuestImage } from './image.ts';
import { HOST_LOG, tail } from './log-tail.ts';
import { execute, killAndWait, spawnTied } from './process.ts';
import { powerCycle } from './qmp.ts';
import { waitForSsh } from './readiness.ts';
import type { Seed } from './run-keys.ts';

const QMP_SOCKET = 'qmp';
/** Ten times what an emulated boot takes on two quiet cores. */
const BOOT_TIMEOUT_MS = { kvm: 60_000, tcg: 240_000 };

export interface GuestSettings {
  name: string;
  image: GuestImage;
  accelerator: Accelerator;
  seed: Seed;
  /** Taken for the guest's disk, console log and control socket. */
  directory: string;
  /** Ports of 127.0.0.1 that lead to the guest's two SSH servers. */
  port: number;
  controlPort: number;
}

/** One OpenZFS guest: a QEMU process with a disk of its own on top of the shared image. */
export class Guest {
  readonly #settings: GuestSettings;
  readonly #console: string;
  readonly #qmp: string;
  readonly #qemu: ChildProcess;

  private constructor(settings: GuestSettings, qemu: ChildProcess) {
    this.#settings = settings;
    this.#qemu = qemu;
    this.#console = join(settings.directory, HOST_LOG);
    this.#qmp = join(settings.directory, QMP_SOCKET);
  }

  /** Starts QEMU; the guest boots meanwhile: see `ready()`. */
  static async start(settings: GuestSettings): Promise<Guest> {
    const { name, image, accelerator, seed, directory, port, controlPort } = settings;
    mkdirSync(directory, { recursive: true });
    const disk = join(directory, 'disk.qcow2');
    const seedDisk = join(directory, 'seed.tar');
    await execute('qemu-img', ['create', '-q', '-f', 'qcow2', '-F', 'raw', '-b', image.root, disk]);
    await execute('tar', ['-cf', seedDisk, '-C', seed.directory, '.']);
    const forwards = `hostfwd=tcp:127.0.0.1:${port}-:22,hostfwd=tcp:127.0.0.1:${controlPort}-:2022`;
    const argv = [
      ['qemu-system-x86_64', '-name', name, '-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot'],
      ACCELERATOR_ARGUMENTS[accelerator],
      ['-smp', '2', '-m', '1536M', '-kernel', image.kernel, '-initrd', image.initrd],
      ['-append', 'console=ttyS0 net.ifnames=0 quiet panic=1'],
      // What the guest was told is written stays written, as this process outlives the guest's power cuts.
      ['-drive', `file=${disk},format=qcow2,if=virtio,cache=unsafe,discard=unmap`],
      ['-drive', `file=${seedDisk},format=raw,if=virtio,readonly=on`],
      ['-nic', `user,model=virtio-net-pci,${forwards}`],
      ['-device', 'virtio-rng-pci', '-serial', `file:${join(directory, HOST_LOG)}`],
      ['-qmp', `unix:${join(directory, QMP_SOCKET)},server=on,wait=off`],
    ].flat();
    return new Guest(settings, spawnTied(argv, join(directory, 'qemu.log')));
  }

  /**
   * Waits until both SSH servers answer; pools are imported by then.
   * @throws Error with the end of the console when QEMU ended or time is up.
   */
  async ready(): Promise<void> {
    const { port, controlPort, accelerator, name, directory } = this.#settings;
    const ended = () =>
      this.#qemu.exitCode === null && this.#qemu.signalCode === null
        ? null
        : `QEMU ended with ${this.#qemu.exitCode ?? this.#qemu.signalCode}`;
    try {
      await waitForSsh(controlPort, BOOT_TIMEOUT_MS[accelerator], ended);
      await waitForSsh(port, BOOT_TIMEOUT_MS[accelerator], ended);
    } catch (error) {
      const logs = `QEMU said:\n${tail(join(directory, 'qemu.log'))}\nthe console's end:\n${tail(this.#console)}`;
      throw new Error(`guest ${name} (${accelerator}) did not come up: ${String(error)}\n${logs}`);
    }
  }

  /** Power cut and boot. */
  async powerCut(): Promise<void> {
    await powerCycle(this.#qmp, () => this.ready());
  }

  stop(): Promise<void> {
    return killAndWait(this.#qemu);
  }
}
