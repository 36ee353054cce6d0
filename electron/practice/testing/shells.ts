/** Practice hosts in this thread, and Sluice's own shells to them. */
import type { Host } from '../../../shared/model/host.ts';
import { connectSsh, type Shell, targetOf } from '../../ssh/index.ts';
import { type PracticeHost, type Served, servePractice } from '../serve.ts';
import { asHost } from '../start.ts';

export interface Bench {
  readonly served: Served;
  host(name: string): Host;
  /** A new connection; closed by {@link Bench.stop}. */
  connect(name: string): Promise<Shell>;
  stop(): Promise<void>;
}

/** @param rate bytes per second of every `zfs send`; null: as fast as it goes */
export async function startBench(rate: number | null = null): Promise<Bench> {
  const served = await servePractice({ stateDir: null, rate });
  const shells: Shell[] = [];
  const named = (name: string): PracticeHost => {
    const found = served.hosts.find((one) => one.name === name);
    if (found === undefined) throw new Error(`There is no practice host ${name}.`);
    return found;
  };
  return {
    served,
    host: (name) => asHost(named(name)),
    async connect(name) {
      const target = targetOf(asHost(named(name)));
      if (target === null) throw new Error(`${name} is not reached over SSH.`);
      const shell = await connectSsh(target);
      shells.push(shell);
      return shell;
    },
    async stop() {
      await Promise.all(shells.map((shell) => shell.close()));
      await served.stop();
    },
  };
}
