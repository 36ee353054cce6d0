/** *Break something*: what can go wrong between real hosts, brought about on a practice host. */
import type { Breakage } from '../../shared/model/practice.ts';
import { edit } from './model/datasets.ts';
import type { Dataset, Machine } from './model/machine.ts';
import { availableBytes } from './model/space.ts';
import type { System } from './shell/process.ts';
import { makeKey } from './ssh/keys.ts';
import type { SshServer } from './ssh/server.ts';

const MIB = 1024 * 1024;
/** What a filled pool has left: less than any stream, enough to look at it. */
const LEFT = MIB;
const SEED = 4_000_000;

/** A file that nobody's story knows. */
function addFile(machine: Machine, dataset: Dataset, path: string, length: number): void {
  edit(machine, dataset, (editor) => {
    const id = editor.newId();
    editor.shape(id, path, length);
    editor.write(id, { offset: 0, length, seed: SEED, start: 0 });
  });
}

/** @returns the pools that had room */
function fillPools(machine: Machine): string[] {
  return machine.roots().flatMap((root) => {
    const room = availableBytes(machine, root) - LEFT;
    if (room <= 0) return [];
    addFile(machine, root, 'something-large.bin', room);
    return [root.name];
  });
}

/** Datasets that hold a snapshot of another host, taken before they were made: copies, not what was copied. */
function copies(machine: Machine, others: readonly Machine[]): Dataset[] {
  const elsewhere = new Set(
    others.flatMap((one) => one.all()).flatMap(({ snapshots }) => snapshots.map(({ guid }) => guid)),
  );
  return machine
    .all()
    .filter(
      (one) =>
        one.kind === 'filesystem' &&
        one.snapshots.some(({ guid, creation }) => elsewhere.has(guid) && creation < one.creation),
    );
}

/**
 * @param others the other practice hosts, to tell what is a copy of theirs
 * @returns the pools that were filled or the datasets that were written to; of the others nothing
 */
export function breakSomething(
  what: Breakage,
  system: System,
  server: SshServer,
  others: readonly Machine[],
): readonly string[] {
  switch (what) {
    case 'cut-line':
      server.cut();
      return [];
    case 'fill-pool':
      return fillPools(system.machine);
    case 'modify-destination':
      return copies(system.machine, others).map((dataset) => {
        addFile(system.machine, dataset, 'written-by-somebody.txt', MIB);
        return dataset.name;
      });
    case 'change-host-key':
      server.setHostKey(makeKey(system.machine.name));
      server.cut();
      return [];
    case 'take-permission':
      system.demoted = true;
      // Whoever is logged in had the rights when the connection was made.
      server.cut();
      return [];
  }
}
