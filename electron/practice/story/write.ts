/** Words for telling a host's history: files that appear, grow and go, and snapshots in between. */
import { addDataset, edit, sizeVolume, VOLUME_OBJECT } from '../model/datasets.ts';
import type { Dataset, Machine, Snapshot } from '../model/machine.ts';
import { mountIfWanted } from '../model/mounts.ts';
import { takeSnapshots } from '../model/snapshots.ts';
import type { TreeEditor } from '../model/tree.ts';

export const KIB = 1024;
export const MIB = 1024 * KIB;
export const GIB = 1024 * MIB;
export const DAY = 86_400;

/** Writes the host's history day by day; its clock goes with it. */
export class Storyteller {
  readonly machine: Machine;
  #seed = 1;

  /** @param start seconds since 1970 at which the story begins */
  constructor(machine: Machine, start: number) {
    this.machine = machine;
    this.goTo(start);
  }

  goTo(seconds: number): void {
    this.machine.now = () => seconds;
  }

  filesystem(name: string, properties: Readonly<Record<string, string>> = {}): Dataset {
    return this.#dataset(name, 'filesystem', properties);
  }

  volume(name: string, bytes: number, properties: Readonly<Record<string, string>> = {}): Dataset {
    const dataset = this.#dataset(name, 'volume', properties);
    sizeVolume(dataset, bytes);
    return dataset;
  }

  #dataset(name: string, kind: Dataset['kind'], properties: Readonly<Record<string, string>>): Dataset {
    const pool = this.machine.pools.get(name.split('/')[0] ?? '');
    if (pool === undefined) throw new Error(`The story has no pool for ${name}.`);
    const settings = new Map(Object.entries(properties).map(([key, local]) => [key, { local }]));
    const dataset = addDataset(this.machine, pool, { name, kind, settings });
    mountIfWanted(this.machine, dataset);
    return dataset;
  }

  /** New files, `bytes` in each. */
  write(dataset: Dataset, paths: readonly string[], bytes: number): void {
    edit(this.machine, dataset, (editor) => {
      for (const path of paths) this.#fill(editor, editor.newId(), path, bytes);
    });
  }

  #fill(editor: TreeEditor, id: number, path: string, bytes: number): void {
    editor.shape(id, path, bytes);
    editor.write(id, { offset: 0, length: bytes, seed: this.#nextSeed(), start: 0 });
  }

  #nextSeed(): number {
    this.#seed += 1;
    return this.#seed;
  }

  /** Writes `bytes` over part of a file, or of a volume if no path is given. */
  overwrite(dataset: Dataset, path: string, offset: number, bytes: number): void {
    const id = dataset.kind === 'volume' ? VOLUME_OBJECT : idOf(dataset, path);
    edit(this.machine, dataset, (editor) =>
      editor.write(id, { offset, length: bytes, seed: this.#nextSeed(), start: 0 }),
    );
  }

  remove(dataset: Dataset, path: string): void {
    edit(this.machine, dataset, (editor) => editor.remove(idOf(dataset, path)));
  }

  snapshot(dataset: Dataset, label: string): Snapshot {
    const [made] = takeSnapshots(this.machine, [{ dataset, label }]);
    if (made === undefined) throw new Error(`No snapshot of ${dataset.name} was made.`);
    return made;
  }
}

function idOf(dataset: Dataset, path: string): number {
  for (const object of dataset.head.objects.values()) if (object.path === path) return object.id;
  throw new Error(`${dataset.name} has no file ${path}.`);
}

/** `name-01.ext`, `name-02.ext`, … */
export const numbered = (folder: string, stem: string, extension: string, from: number, count: number): string[] =>
  Array.from(
    { length: count },
    (_, index) => `${folder}/${stem}-${String(from + index).padStart(3, '0')}.${extension}`,
  );
