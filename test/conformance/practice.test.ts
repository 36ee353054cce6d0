import { describe, expect, it } from 'vitest';
import { addPool, edit } from '../../electron/practice/model/datasets.ts';
import { mountIfWanted } from '../../electron/practice/model/mounts.ts';
import { run, testSystem } from '../../electron/practice/testing/host.ts';
import { recordings } from './recordings.ts';
import { type Player, play, recorded, showEntry } from './transcript.ts';

const MIB = 1024 * 1024;

function practicePlayer(): Player {
  const system = testSystem('conformance');
  const { machine } = system;
  for (const name of ['O', 'P']) mountIfWanted(machine, addPool(machine, name, 240 * MIB));
  let written = 0;
  return {
    run: (command) => run(system, command),
    write(name, mebibytes) {
      const dataset = machine.dataset(name);
      if (dataset === null) throw new Error(`There is no ${name} to write to.`);
      written += 1;
      const length = mebibytes * MIB;
      edit(machine, dataset, (editor) => {
        const id = editor.newId();
        editor.shape(id, `file${written}`, length);
        editor.write(id, { offset: 0, length, seed: written, start: 0 });
      });
      return Promise.resolve();
    },
  };
}

describe('the practice hosts say and do what OpenZFS 2.3.9 said and did', () => {
  it.each(recordings())('$name', async ({ entries, folded }) => {
    expect(entries.length).toBeGreaterThan(0);
    const player = practicePlayer();
    for (const entry of entries) {
      const said = recorded(await play(player, entry.command), folded);
      expect(showEntry(said)).toBe(showEntry(entry));
    }
  });
});
