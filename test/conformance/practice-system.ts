/** A practice host under test, without SSH in between. */
import { addPool, edit } from '../../electron/practice/model/datasets.ts';
import { mountIfWanted } from '../../electron/practice/model/mounts.ts';
import { ROOT, type System, type User } from '../../electron/practice/shell/process.ts';
import { run, testSystem } from '../../electron/practice/testing/host.ts';
import type { PracticeDialect } from '../../shared/model/practice.ts';
import type { ConformanceSystem, Question } from './play.ts';
import type { Answer } from './verdict.ts';

const POOLS = { source: 'src', destination: 'dst' };
const MIB = 1024 * 1024;
/** Has what `zfs allow` gives, and nothing else. */
const DELEGATE: User = { name: 'backup', root: false, sudo: 'nothing' };
const DAMAGE = 'DAMAGED!';

/** How a practice host answers; a test may change that. */
export type Runner = typeof run;

class PracticePlayer {
  readonly #system: System;
  readonly #run: Runner;
  #files = 0;

  constructor(runner: Runner, dialect: PracticeDialect) {
    this.#system = testSystem('conformance', undefined, dialect);
    this.#run = runner;
    for (const name of Object.values(POOLS))
      mountIfWanted(this.#system.machine, addPool(this.#system.machine, name, 256 * MIB));
  }

  async answer({ command, user }: Question): Promise<Answer> {
    const writing = /^write (\S+) (\d+)$/.exec(command);
    if (writing !== null) return this.#write(writing[1] ?? '', Number(writing[2]) * 1024);
    return this.#run(this.#system, await this.#filled(command), undefined, user === 'root' ? ROOT : DELEGATE);
  }

  #write(name: string, length: number): Answer {
    const dataset = this.#system.machine.dataset(name);
    if (dataset?.mounted !== true) return { status: 1, stdout: '', stderr: '' };
    this.#files += 1;
    edit(this.#system.machine, dataset, (editor) => {
      const id = editor.newId();
      editor.shape(id, `file${this.#files}`, length);
      editor.write(id, { offset: 0, length, seed: this.#files, start: 0 });
    });
    return { status: 0, stdout: '', stderr: '' };
  }

  async #filled(command: string): Promise<string> {
    const damage = `{ head -c $1; printf ${DAMAGE}; head -c ${DAMAGE.length} >/dev/null; cat; }`;
    const text = command.replaceAll(/\{damage (\d+)\}/g, damage).replaceAll('{user}', DELEGATE.name);
    const asked = /\{token ([^}]+)\}/.exec(text);
    if (asked === null) return text;
    const { stdout } = await this.#run(this.#system, `zfs get -H -o value receive_resume_token ${asked[1]}`);
    return text.replaceAll(asked[0], stdout.trim());
  }
}

/** @param runner runs a command line; replaced by tests that change the simulation */
export function practiceSystem(
  runner: Runner = run,
  dialect: 'openzfs-2.3' | 'legacy' = 'openzfs-2.3',
): ConformanceSystem {
  return {
    name: dialect === 'legacy' ? 'practice host, legacy' : 'practice host',
    dialect: dialect === 'legacy' ? 'legacy' : 'openzfs',
    pools: POOLS,
    async play(scenarios) {
      const player = new PracticePlayer(runner, dialect);
      const answers: Answer[][] = [];
      for (const questions of scenarios) {
        const own: Answer[] = [];
        for (const question of questions) own.push(await player.answer(question));
        answers.push(own);
      }
      return answers;
    },
  };
}
