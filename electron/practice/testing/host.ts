/** A host for tests, without SSH: text in, text out. */
import type { PracticeDialect } from '../../../shared/model/practice.ts';
import { collectingSink, emptySource, type Source } from '../io.ts';
import { guidsFrom } from '../model/ids.ts';
import { Machine } from '../model/machine.ts';
import { runCommandLine } from '../shell/login.ts';
import { ProcessTable, ROOT, type System, type User } from '../shell/process.ts';
import { findProgram } from '../shell/programs.ts';
import { dialectNamed } from '../zfs/dialect.ts';

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** @param now seconds since 1970, the same for ever unless a test changes it */
export function testSystem(name: string, now = 1_795_309_200, dialect: PracticeDialect = 'openzfs-2.3'): System {
  const machine = new Machine({ name, newGuid: guidsFrom(name), now: () => now });
  return {
    machine,
    processes: new ProcessTable(),
    rate: null,
    demoted: false,
    dialect: dialectNamed(dialect),
    find: findProgram,
  };
}

/** Runs a command line with the ZFS tools on PATH. */
export async function run(
  system: System,
  command: string,
  stdin: Source = emptySource,
  user: User = ROOT,
): Promise<Outcome> {
  const stdout = collectingSink();
  const stderr = collectingSink();
  const text = `PATH=$PATH:/usr/sbin; export PATH; ${command}`;
  const ending = await runCommandLine(system, text, { stdin, stdout, stderr }, user).ending;
  return { status: 'status' in ending ? ending.status : null, stdout: stdout.text(), stderr: stderr.text() };
}
