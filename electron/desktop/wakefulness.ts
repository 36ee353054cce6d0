/** The computer stays awake while bytes go through it, and a run says it when it slept all the same: a lid closed, a battery empty. */
import type { PowerMonitor, PowerSaveBlocker } from 'electron';
import type { Backend } from '../backend.ts';

const MINUTE = 60_000;

/** @param now ms */
export function stayAwake(
  { blocker, monitor }: { readonly blocker: PowerSaveBlocker; readonly monitor: PowerMonitor },
  backend: Pick<Backend, 'watchRuns' | 'remark'>,
  now: () => number = Date.now,
): void {
  let block: number | null = null;
  backend.watchRuns((underWay) => {
    if (underWay > 0) block ??= blocker.start('prevent-app-suspension');
    else if (block !== null) {
      blocker.stop(block);
      block = null;
    }
  });
  let sleptAt: number | null = null;
  monitor.on('suspend', () => {
    sleptAt = now();
  });
  monitor.on('resume', () => {
    if (sleptAt === null) return;
    const minutes = Math.max(1, Math.round((now() - sleptAt) / MINUTE));
    sleptAt = null;
    backend.remark(
      `This computer slept for ${minutes} min. Lost connections are made again, and the streams resume from what has arrived.`,
    );
  });
}
