/** Runs between the two practice hosts, as tests ask for them and follow them. */
import type { DatasetName } from '../../../shared/model/names.ts';
import { defaultOptions, plainSource, type ReplicationRequest } from '../../../shared/model/request.ts';
import type { RunEvent } from '../../../shared/model/run.ts';
import type { Engine } from '../../engine.ts';

export const practiceRequest = (
  source: string,
  destination: string,
  options: Partial<ReplicationRequest> = {},
): ReplicationRequest => ({
  ...defaultOptions,
  source: { ...plainSource, host: 'laptop', dataset: source as DatasetName, snapshot: null },
  destination: { host: 'backupbox', dataset: destination as DatasetName, naming: 'exact' },
  ...options,
});

/** Gathers a run's events. `bytes` are those that have come by now; `ended` resolves with the last event. */
export function gather(engine: Engine, run: string) {
  const events: RunEvent[] = [];
  const ended = (async () => {
    for await (const event of engine.runs.watch(run)) events.push(event);
    return events.at(-1);
  })();
  const bytes = () =>
    events.reduce((most, event) => (event.event === 'progress' ? Math.max(most, event.bytes) : most), 0);
  return { events, ended, bytes };
}
