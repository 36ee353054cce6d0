/** *Break something*: what can go wrong between real hosts, brought about on a practice host. */
import { edit } from './model/datasets.ts';
import type { Dataset, Machine } from './model/machine.ts';
import { availableBytes } from './model/space.ts';
import type { System } from './shell/process.ts';
import { makeKey } from './ssh/keys.ts';
import type { SshServer } from './ssh/server.ts';

export type Breakage = 'cut-line' | 'fill-pool' | 'modify-destination' | 'change-host-key' | 'take-permission';

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

function fillPools(machine: Machine): void {
  for (const root of machine.roots()) {
    const room = availableBytes(machine, root) - LEFT;
    if (room > 0) addFile(machine, root, 'something-large.bin', room);
  }
}

/** Datasets that hold a snapshot of another host: copies. */
function copies(machine: Machine, others: readonly Machine[]): Dataset[] {
  const elsewhere = new Set(
    others.flatMap((one) => one.all()).flatMap(({ snapshots }) => snapshots.map(({ guid }) => guid)),
  );
  return machine
    .all()
    .filter((one) => one.kind === 'filesystem' && one.snapshots.some(({ guid }) => elsewhere.has(guid)));
}

/** @param others the other practice hosts, to tell what is a copy of theirs */
export function breakSomething(what: Breakage, system: System, server: SshServer, others: readonly Machine[]): void {
  switch (what) {
    case 'cut-line':
      server.cut();
      return;
    case 'fill-pool':
      fillPools(system.machine);
      return;
    case 'modify-destination':
      for (const dataset of copies(system.machine, others))
        addFile(system.machine, dataset, 'written-by-somebody.txt', MIB);
      return;
    case 'change-host-key':
      server.setHostKey(makeKey(system.machine.name));
      server.cut();
      return;
    case 'take-permission':
      system.demoted = true;
      // Whoever is logged in had the rights when the connection was made.
      server.cut();
      return;
  }
}
