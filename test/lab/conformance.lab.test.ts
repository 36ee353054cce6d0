/**
 * The recordings to which the practice hosts are held, played on OpenZFS itself: they must still be what it says.
 * `SLUICE_RECORD=1` writes what it says now over them.
 */
import { writeFileSync } from 'node:fs';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { recordings } from '../conformance/recordings.ts';
import { type Entry, type Player, play, recorded, showEntry } from '../conformance/transcript.ts';
import { connectLab, type LabHost } from './lab.ts';

const POOL_MB = 256;

function openzfsPlayer(host: LabHost): Player {
  let written = 0;
  return {
    // As the practice hosts' clock and language are.
    run: (command) => host.run(`export LC_ALL=C TZ=UTC; ${command}`, { allowFailure: true }),
    async write(dataset, mebibytes) {
      written += 1;
      const file = `/${dataset}/file${written}`;
      await host.run(`dd if=/dev/urandom of=${file} bs=1M count=${mebibytes} status=none && zpool sync`);
    },
  };
}

beforeEach(() => connectLab().reset());
afterAll(() => connectLab().reset());

describe('what the practice hosts are held to is what OpenZFS says', () => {
  test.each(recordings())('$name', { timeout: 600_000 }, async ({ entries, file, folded }) => {
    const host = connectLab().host('alpha');
    for (const name of ['O', 'P']) await host.pool(name, { sizeMb: POOL_MB });
    const player = openzfsPlayer(host);
    const said: Entry[] = [];
    for (const entry of entries) said.push(recorded(await play(player, entry.command), folded));
    if (process.env.SLUICE_RECORD !== undefined) writeFileSync(file, said.map(showEntry).join(''));
    else expect(said.map(showEntry)).toEqual(entries.map(showEntry));
  });
});
