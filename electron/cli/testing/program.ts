/** The command line as a process of its own, on the practice hosts and a state folder of one test. */
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach } from 'vitest';

const program = fileURLToPath(new URL('../main.ts', import.meta.url));

/** Before each test of the file a new state folder; after it that is gone, and what still runs is ended. */
export function programOnPractice() {
  let stateDir = '';
  let started: ChildProcess[] = [];
  beforeEach(() => {
    stateDir = mkdtempSync(join(tmpdir(), 'sluice-cli-'));
  });
  afterEach(() => {
    for (const child of started) child.kill('SIGKILL');
    started = [];
    rmSync(stateDir, { recursive: true, force: true });
  });
  return {
    stateDir: () => stateDir,
    /** @param spawned starts it, with the stdio that the test wants */
    start<C extends ChildProcess>(args: readonly string[], spawned: (node: string, argv: string[]) => C): C {
      const child = spawned(process.execPath, [program, ...args, '--practice', '--state-dir', stateDir]);
      started.push(child);
      return child;
    },
  };
}
