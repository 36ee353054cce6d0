/** Checks hosts, remembers what was offered to make a check pass, and does it when told to. */
import type { HostReport } from '../../shared/api/hosts.ts';
import { SluiceError } from '../../shared/model/failure.ts';
import type { Host } from '../../shared/model/host.ts';
import type { Inventory } from '../../shared/model/inventory.ts';
import { showZfs } from '../../shared/zfs/capabilities.ts';
import type { Shell } from '../ssh/index.ts';
import { checkHost } from './check.ts';
import type { Hosts } from './hosts.ts';
import type { HostTools } from './probe.ts';

export interface DoctorParts {
  readonly hosts: Hosts;
  /** Opens the control connection, whatever the host may have to ask. */
  readonly connect: (name: string) => Promise<Shell>;
  readonly probe: (shell: Shell, host: Host) => Promise<HostTools>;
  readonly read: (shell: Shell, host: Host, tools: HostTools) => Promise<Inventory>;
}

const GRAVITY = ['ok', 'notes', 'warns', 'blocks'] as const;

export class Doctor {
  readonly #parts: DoctorParts;

  constructor(parts: DoctorParts) {
    this.#parts = parts;
  }

  /** @throws SluiceError `host-unknown`; what is wrong with the host is in the report */
  async check(name: string): Promise<HostReport> {
    const { hosts, connect, probe, read } = this.#parts;
    const host = hosts.get(name);
    const report = await checkHost(host, {
      connect: () => connect(name),
      probe: (shell) => probe(shell, hosts.get(name)),
      read: (shell, tools) => read(shell, host, tools),
    });
    const [worst] = report.checks.toSorted((a, b) => GRAVITY.indexOf(b.state) - GRAVITY.indexOf(a.state));
    hosts.noteCheck(name, {
      at: report.at,
      state: worst?.state ?? 'ok',
      title: worst === undefined || worst.state === 'ok' ? '' : worst.title,
      zfs: report.zfs === null ? null : showZfs(report.zfs),
    });
    return report;
  }

  /** @throws SluiceError `fix-unknown` */
  async fix(name: string, fix: string): Promise<HostReport> {
    throw new SluiceError({
      code: 'fix-unknown',
      message: `The last check of ${this.#parts.hosts.get(name).name} offered no fix “${fix}”.`,
      next: 'Check the host again, and choose one of the fixes it offers now.',
      evidence: { fix },
    });
  }
}
