/** The engine on a state folder of its own, with somebody who answers what logins ask. */
import { createEngine, type Engine } from '../../electron/engine.ts';
import type { Check, HostReport } from '../../shared/api/hosts.ts';
import type { Prompt } from '../../shared/model/prompt.ts';

export interface AttendedEngine {
  readonly engine: Engine;
  /** What was asked so far. */
  readonly asked: Prompt[];
  close(): Promise<void>;
}

/** @param answer null: the question is cancelled */
export async function openAttendedEngine(
  stateDir: string,
  answer: (prompt: Prompt) => readonly string[] | null,
): Promise<AttendedEngine> {
  const engine = await createEngine({ stateDir, practice: false, shell: 'browser' });
  const asked: Prompt[] = [];
  const stop = new AbortController();
  const answering = (async () => {
    for await (const event of engine.prompts.watch(stop.signal)) {
      if (event.event !== 'asked') continue;
      asked.push(event.prompt);
      const given = answer(event.prompt);
      if (given === null) engine.prompts.cancel(event.prompt.id);
      else engine.prompts.answer(event.prompt.id, given);
    }
  })();
  return {
    engine,
    asked,
    close: async () => {
      stop.abort();
      await answering;
      await engine.close();
    },
  };
}

/** @throws Error with the whole report if it has no such line */
export function lineOf(report: HostReport, code: string): Check {
  const found = report.checks.find((check) => check.code === code);
  if (found === undefined) throw new Error(`no line ${code} in ${JSON.stringify(report.checks, null, 1)}`);
  return found;
}
